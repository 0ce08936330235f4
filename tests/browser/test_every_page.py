"""Follow every link as every persona: accessible, quiet, nothing wider than a phone, one click away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Error, Page, Response

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 390)
THEMES = ("light", "dark")
# What the tours have to reach by links alone; fragments, files and steps of an upload are no stops.
STOPS = {
    "today",
    "search",
    "passport:mine",
    "passport:milestone",
    "passport:inbox",
    "readiness:score",
    "readiness:cohorts",
    "surveys:waves",
    "surveys:wave",
    "surveys:report",
    "surveys:pulse",
    "people:people",
    "people:person",
    "people:units",
    "people:unit",
    "people:positions",
    "people:roles",
    "people:programmes",
    "people:notifications",
    "people:audit_log",
    "people:jobs",
    "people:job",
}


class Tour:
    """Visits each kind of page once, whoever of the personas can see it."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self.visited: set[str] = set()
        self.faults: list[str] = []
        self.messages: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("response", self.look_at)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.messages.append(f"{message.text} {message.location['url']}")

    def look_at(self, answer: Response) -> None:
        """Nothing that a page links to, draws or asks for may be missing or forbidden, for any persona."""
        if answer.status >= 400:
            self.faults.append(f"on {self.page.url}: {answer.status} {answer.url}")

    def walk(self, start: str) -> None:
        """Open each kind of page that links lead to, once for this persona; check those nobody saw before."""
        waiting, opened = [start], set()
        while waiting:
            url = waiting.pop(0)
            name = name_of(url)
            if name is None or name in opened:
                continue
            opened.add(name)
            self.messages.clear()
            answer = self.open(url)
            if answer is None or "text/html" not in answer.headers.get("content-type", ""):
                continue
            if name not in self.visited:
                self.visited.add(name)
                self.check(f"{name} ({urlsplit(url).path})")
            waiting += self.links()

    def open(self, url: str) -> Response | None:
        """The answer, or None for a file: a browser saves it and stays where it is."""
        try:
            return self.page.goto(url)
        except Error as error:
            if "Download is starting" in str(error):
                return None
            raise

    def links(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(
            "a[href]:not([download])", "links => links.map(link => link.href)"
        )
        return [link for link in found if link.startswith(self.site.address) and "logout" not in link]

    def check(self, where: str) -> None:
        self.page.locator("h1").first.wait_for()  # Swagger draws its page after it is loaded
        if "<c-" in self.page.content():
            self.faults.append(f"{where}: a component was not rendered")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.faults.append(f"{where}: {wide} px wide on {width}")
            for theme in THEMES:
                wear(self.page, theme)
                self.faults += [f"{where}, {width} {theme}: {fault}" for fault in violations(self.page)]
        self.faults += [f"{where}: console: {message}" for message in self.messages]


def wear(page: Page, theme: str) -> None:
    """Put a theme on, without motion, and wait until the page has been painted in it."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two
    page.wait_for_function("theme => matchMedia(`(prefers-color-scheme: ${theme})`).matches", arg=theme)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def violations(page: Page) -> Iterator[str]:
    """What axe finds, with the first element it names."""
    result = Axe().run(page, options={"resultTypes": ["violations"], **AXE})
    for violation in result.response["violations"]:
        first = violation["nodes"][0]
        yield f"{violation['id']}: {first['target']} {first['html'][:160]}"


def name_of(url: str) -> str | None:
    """The name of an address; None for what is not ours."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


def test_every_page_is_accessible_quiet_and_one_click_away(
    site: Site, page: Page, sign_in: Callable[[dict[str, str]], Page]
) -> None:
    tour = Tour(page, site)
    tour.walk(f"{site.address}/accounts/login/")
    slug = site.personas[0]["slug"]
    for persona in (each for each in site.personas if each["slug"] == slug):
        sign_in(persona)
        tour.walk(page.url)
    assert tour.faults == []
    assert STOPS - tour.visited == set()
