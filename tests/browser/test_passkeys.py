"""A passkey in a real browser with a virtual device: add it, sign in with it, as second step, remove it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

PASSWORD = "a long sentence about passkeys"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_out(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def reset_password(page: Page, site: Site, email: str) -> None:
    """Personas have no password: one comes by mail, as to everybody."""
    page.goto(f"{site.address}/accounts/password/reset/")
    page.fill("[name=email]", email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator("h1")).to_have_text("Look into your mail")
    link = page.locator('a[href*="/accounts/password/reset/key/"]')
    for _ in range(20):  # the mail is sent behind the answer
        page.goto(f"{site.address}/demo/mail/")
        page.get_by_role("link", name="Choose a new password").first.click()
        if link.count():
            break
    page.goto(link.first.get_attribute("href") or "")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.get_by_role("button", name="Save the new password").click()


def test_a_passkey_signs_in_alone_and_as_second_step(
    site: Site, page: Page, sign_in: Callable[[dict[str, str]], Page]
) -> None:
    persona = site.personas[-1]
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    reset_password(page, site, persona["email"])

    sign_in(persona)
    page.goto(f"{site.address}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".codes li")).to_have_count(10)

    sign_out(page, site)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/o/"))

    sign_out(page, site)
    page.fill("[name=login]", persona["email"])
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page).to_have_url(re.compile("/o/"))

    page.goto(f"{site.address}/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
