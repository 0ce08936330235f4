"""A survey from its launch to its results, by the people of the demo, at a desk and on a phone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

TITLE = "Commitment before winter"
WORK_DONE = 90_000  # ms: a worker takes the step, at the latest when the next tick rings
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ANSWERS = ("Strongly agree", "Agree", "Neither", "Agree", "Strongly agree", "Agree", "Disagree")
SignIn = Callable[[dict[str, str]], Page]


def organization_of(site: Site) -> list[dict[str, str]]:
    """The steward's organisation: everybody of it who can sign in."""
    slug = site.persona("Survey steward")["slug"]
    return [persona for persona in site.personas if persona["slug"] == slug]


def test_a_survey_is_launched_answered_closed_published_and_read(site: Site, sign_in: SignIn) -> None:
    launch(sign_in(site.persona("Survey steward")))
    people = organization_of(site)[: len(ANSWERS)]
    for number, (persona, answer) in enumerate(zip(people, ANSWERS, strict=True)):
        answer_it(sign_in(persona), answer, PHONE if number % 2 else DESK)
    close_and_publish(sign_in(site.persona("Survey steward")))
    read_it(sign_in(site.persona("HR admin")), answered=len(people))


def launch(page: Page) -> None:
    page.get_by_role("link", name="Surveys").first.click()
    page.get_by_role("link", name="New survey").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Save and see whom it asks").click()
    expect(page.get_by_text("This field is required").first).to_be_visible()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=instrument]").select_option(label="Commitment pulse")
    today = dt.datetime.now(tz=dt.UTC).date()
    page.locator("[name=opens_on]").fill(today.isoformat())
    page.locator("[name=closes_on]").fill((today + dt.timedelta(days=14)).isoformat())
    page.locator("[name=threshold]").fill("4")
    page.get_by_role("button", name="Save and see whom it asks").click()
    expect(page.locator(".errors").first).to_be_visible()  # never fewer than five
    page.locator("[name=threshold]").fill("5")
    page.get_by_role("button", name="Save and see whom it asks").click()
    expect(page.get_by_text("People asked")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("link", name="Open it now").click()
    expect(page.get_by_text("Nobody reads your answers", exact=True)).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("button", name="Open it and ask").click()
    expect(page.get_by_text(re.compile("fewer than (10|ten)"))).to_be_visible()
    assert faults_of(page) == []


def answer_it(page: Page, choice: str, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]  # width and height
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text("What we promise you")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("questions have no answer")).to_be_visible()
    for question in page.locator("fieldset").all():
        question.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Your answers are in")).to_be_visible()
    assert faults_of(page) == []
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def close_and_publish(page: Page) -> None:
    page.get_by_role("link", name="Surveys").first.click()
    page.get_by_role("link", name=TITLE).last.click()
    page.get_by_role("link", name="Close now").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Close it for good").click()
    page.get_by_role("button", name="Check and publish").click()
    expect(page.get_by_text("Checked and published")).to_be_visible(timeout=WORK_DONE)
    assert faults_of(page) == []


def read_it(page: Page, *, answered: int) -> None:
    page.get_by_role("link", name="Surveys").first.click()
    page.get_by_role("link", name=TITLE).last.click()
    expect(page.locator("main")).to_contain_text(f"n = {answered}")
    assert faults_of(page) == []
