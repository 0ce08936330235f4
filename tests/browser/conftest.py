"""A started site with the demo organisations, and a real Chromium that looks at it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.launch.running import running

START_SECONDS = 300
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass(frozen=True)
class Site:
    """Where it is, who can be on it, and where its data lies."""

    address: str
    personas: list[dict[str, str]]
    var: Path

    def persona(self, role: str) -> dict[str, str]:
        """The first persona whose role begins so."""
        return next(one for one in self.personas if one["role"].lower().startswith(role.lower()))


@pytest.fixture(scope="session")
def chromium() -> str:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("no Chromium found: apt-get install chromium, or name one in CHROMIUM")
    return program


@pytest.fixture(scope="package")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all browser tests, started as `make run` starts it, with the demo organisations."""
    var: Path = tmp_path_factory.mktemp("site")
    with running(var, seconds=START_SECONDS) as run:  # the demo organisations take their time
        assert run.address is not None
        personas = json.loads(next(var.rglob("demo_personas.json")).read_text())
        yield Site(run.address, personas, var)


@pytest.fixture(scope="package")  # its event loop must not run on under tests of the database
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=FLAGS)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(site: Site, page: Page) -> Callable[[dict[str, str]], Page]:
    """sign_in(persona) clicks the persona on the sign-in page."""

    def sign_in(persona: dict[str, str]) -> Page:
        page.goto("about:blank")  # a late answer to the page before would bring its cookies back
        page.context.clear_cookies()
        page.goto(f"{site.address}/accounts/login/")
        page.locator(f'form:has(input[value="{persona["email"]}"]) button').first.click()
        expect(page).not_to_have_url(re.compile("/login/|/sign-in/"))
        expect(page.locator("h1")).to_be_visible()
        return page

    return sign_in
