"""What must be true of any page that somebody sees: accessible, finished, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
ASSETS = {"assets": ["media"]}  # not the style sheets: only rules that we leave out want them loaded again
WIDTHS = (1280, 390)
THEMES = {"light": EVERYTHING, "dark": COLOURS}  # themes differ by light-dark(), which takes colours alone


def faults_of(page: Page) -> list[str]:
    """All that is wrong with the page as it stands, at both widths and in both themes. It keeps its size."""
    page.locator("h1").first.wait_for()  # Swagger draws its page after it is loaded
    size = page.viewport_size
    faults = list(faults_found(page))
    if size:
        page.set_viewport_size(size)
    return faults


def faults_found(page: Page) -> Iterator[str]:
    if "<c-" in page.content():
        yield "a component was not rendered"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} px wide on {width}"
        for theme, rules in THEMES.items():
            wear(page, theme)
            yield from (f"{width} {theme}: {violation}" for violation in violations(page, rules))


def wear(page: Page, theme: str) -> None:
    """Put a theme on, without motion, and wait until the page has been painted in it."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two
    page.wait_for_function("theme => matchMedia(`(prefers-color-scheme: ${theme})`).matches", arg=theme)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def violations(page: Page, rules: object) -> Iterator[str]:
    """What axe finds, with the first element it names."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": ASSETS}
    for violation in page.evaluate("options => axe.run(options).then(result => result.violations)", options):
        first = violation["nodes"][0]
        yield f"{violation['id']}: {first['target']} {first['html'][:160]}"
