"""Pages that no link leads to: steps of an upload, what follows a form, refusals; looked at as closely."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

WORK_DONE = 90_000  # ms: a worker takes the step, at the latest when the next tick rings
SignIn = Callable[[dict[str, str]], Page]


def upload(page: Page, file: Path, kind: str) -> None:
    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Import").first.click()
    page.locator("[name=kind]").select_option(kind)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("button", name="Check the file")).to_be_visible()


def test_each_step_of_an_import(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(site.persona("HR admin"))
    wrong, right = tmp_path / "wrong.csv", tmp_path / "right.csv"
    wrong.write_text("Unit ID,Name,Kind,Parent\nnew-1,New ward,ward,no-such-unit\n,Nameless,ward,\n")
    right.write_text("Unit ID,Name,Kind,Parent\nnew-1,New ward,department,SB-U001\n")

    upload(page, wrong, "units")
    assert faults_of(page) == []
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("no-such-unit")).to_be_visible(timeout=WORK_DONE)
    assert faults_of(page) == []

    upload(page, right, "units")
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Apply").click(timeout=WORK_DONE)
    expect(page.get_by_role("link", name="Undo this import")).to_be_visible(timeout=WORK_DONE)
    assert faults_of(page) == []
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_role("heading", name="What was undone")).to_be_visible(timeout=WORK_DONE)
    assert faults_of(page) == []


def test_an_empty_file_is_refused_at_its_field(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(site.persona("HR admin"))
    page.goto(f"{page.url.rstrip('/')}/imports/new/")
    empty = tmp_path / "empty.csv"
    empty.touch()
    page.set_input_files("input[type=file]", empty)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("main")).to_contain_text("empty")
    assert faults_of(page) == []


def test_an_invitation_from_the_letter_to_the_form(site: Site, sign_in: SignIn, page: Page) -> None:
    sign_in(site.persona("HR admin"))
    page.goto(f"{page.url.rstrip('/')}/people/?q=Chidi")
    page.locator("table tbody th a").first.click()
    page.get_by_role("link", name="Invite").click()
    page.get_by_role("button", name=re.compile("Invite|Send")).first.click()
    assert faults_of(page) == []
    page.context.clear_cookies()
    page.goto(f"{site.address}/demo/mail/")
    assert faults_of(page) == []
    link = page.locator('a[href*="/invitations/"]')
    for _ in range(20):  # the letter is sent behind the answer
        page.goto(f"{site.address}/demo/mail/")
        page.get_by_role("link", name=re.compile("nvit")).first.click()
        if link.count():
            break
    page.goto(link.first.get_attribute("href") or "")
    assert faults_of(page) == []


def test_finding_somebody_for_a_role(site: Site, sign_in: SignIn) -> None:
    page = sign_in(site.persona("Organisation admin"))
    page.goto(f"{page.url.rstrip('/')}/roles/grant/?q=Chidi")
    assert faults_of(page) == []
    page.locator("table tbody th a").first.click()
    assert faults_of(page) == []


def test_what_cannot_be_opened_says_so(site: Site, sign_in: SignIn) -> None:
    page = sign_in(site.persona("Colleague"))
    home = page.url.rstrip("/")
    for path, status in (("/audit/", 403), ("/nowhere/", 404)):
        answer = page.goto(home + path)
        assert answer is not None
        assert answer.status == status
        assert faults_of(page) == []


def test_a_wrong_password_and_the_way_to_a_new_one(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/accounts/login/")
    page.fill("[name=login]", "nobody@nowhere.example")
    page.fill("[name=password]", "not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert faults_of(page) == []
    page.goto(f"{site.address}/accounts/password/reset/")
    page.fill("[name=email]", "nobody@nowhere.example")
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator("h1")).to_have_text("Look into your mail")
    assert faults_of(page) == []


def test_the_components(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/components/")
    assert faults_of(page) == []
