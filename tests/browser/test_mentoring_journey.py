"""Mentoring from the matching to a stamp in the Passport, by people of the demo, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

COHORT = "Residents 2024"
WORK_DONE = 90_000  # ms: a worker takes the step, at the latest when the next tick rings
PHONE = {"width": 390, "height": 844}
MILESTONE = "Mentorship contract with deliverables"  # of the stage ahead: nobody of the demo has it yet
SignIn = Callable[[dict[str, str]], Page]


def test_a_pair_is_matched_agreed_on_and_stamped(site: Site, sign_in: SignIn) -> None:
    director, resident = site.persona("Programme director"), site.persona("Emerging leader, resident")
    chair = site.persona("Executive, Chief Medical Officer")
    offer_a_place(sign_in(chair))
    match_and_publish(sign_in(director), resident, chair)
    answer(sign_in(chair), resident, "Accept")
    answer(sign_in(resident), chair, "Confirm")
    agree(sign_in(resident), chair)
    sign(sign_in(chair), resident)
    log_on_the_phone(sign_in(chair), resident)
    report(sign_in(resident), chair)
    attest(sign_in(chair), resident)
    find_the_stamp(sign_in(resident))


def to_mentoring(page: Page) -> None:
    page.get_by_role("link", name="Mentoring").first.click()
    expect(page.get_by_role("heading", name="Mentoring", level=1)).to_be_visible()


def to_mentorship(page: Page, other: dict[str, str]) -> None:
    to_mentoring(page)
    page.locator("main").get_by_role("link", name=other["name"]).first.click()
    assert faults_of(page) == []


def offer_a_place(page: Page) -> None:
    to_mentoring(page)
    page.get_by_role("link", name="My profile as a mentor").click()
    places = page.get_by_label("Chair sponsor")
    places.fill("0")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".errors").first).to_be_visible()  # never fewer than there are mentees
    page.get_by_label("Chair sponsor").fill("5")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".errors")).to_have_count(0)
    assert faults_of(page) == []


def match_and_publish(page: Page, mentee: dict[str, str], mentor: dict[str, str]) -> None:
    to_mentoring(page)
    page.get_by_role("link", name="Match studio").click()
    assert faults_of(page) == []
    page.get_by_role("link", name=COHORT).last.click()
    page.get_by_label("Mentee's e-mail").fill(mentee["email"])
    page.get_by_label("Mentor's e-mail").fill(mentor["email"])
    page.get_by_label("Tier").select_option(label="Chair sponsor")
    page.get_by_label("Reason").fill("Both asked for it.")
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text(f"{mentee['name']} and {mentor['name']}").first).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("link", name="Match studio").click()
    page.get_by_role("link", name="New matching").first.click()
    page.get_by_label("Cohort").select_option(label=COHORT)
    page.get_by_label("Interests, %").fill("90")
    page.get_by_role("button", name="Match", exact=True).click()
    expect(page.locator(".errors").first).to_be_visible()  # the weights sum to 100 %
    page.get_by_label("Interests, %").fill("50")
    page.get_by_role("button", name="Match", exact=True).click()
    page.get_by_role("link", name="See the result").click(timeout=WORK_DONE)
    expect(page.get_by_text("Proven best").first).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish all").click()
    expect(page.get_by_text("published it on")).to_be_visible()
    assert faults_of(page) == []


def answer(page: Page, other: dict[str, str], word: str) -> None:
    to_mentoring(page)
    page.locator("main").get_by_role("link", name=other["name"]).last.click()
    page.get_by_role("button", name=word, exact=True).click()
    expect(page.get_by_role("button", name=word, exact=True)).to_have_count(0)
    assert faults_of(page) == []


def agree(page: Page, other: dict[str, str]) -> None:
    to_mentorship(page, other)
    page.get_by_role("link", name="Agree on a contract").click()
    page.get_by_role("button", name="Draft our contract").click()
    page.get_by_label("Milestone it serves").first.select_option(label=MILESTONE)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(MILESTONE).first).to_be_visible()
    sign_open_page(page)


def sign(page: Page, other: dict[str, str]) -> None:
    to_mentorship(page, other)
    page.get_by_role("link", name="Open", exact=True).click()
    sign_open_page(page)
    expect(page.get_by_text("in force").first).to_be_visible()


def sign_open_page(page: Page) -> None:
    assert faults_of(page) == []
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("button", name="Sign", exact=True)).to_have_count(0)


def log_on_the_phone(page: Page, other: dict[str, str]) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    to_mentoring(page)
    page.get_by_role("link", name="Exposure log").click()
    expect(page.get_by_role("heading", name="Exposure log", level=1)).to_be_visible()
    page.wait_for_load_state()  # what .all() finds is what is there by now
    assert faults_of(page) == []
    for each in page.locator("[name=mentorships]").all():
        each.uncheck()
    page.get_by_label(other["name"]).check()
    page.get_by_role("button", name="Shadowed a chair meeting").click()
    expect(page.locator("main table").last).to_contain_text(other["name"])
    page.set_viewport_size({"width": 1280, "height": 900})


def report(page: Page, other: dict[str, str]) -> None:
    to_mentorship(page, other)
    page.get_by_text("Report it as done").first.click()
    page.get_by_label("What did you do?").first.fill("I sat in on the budget meeting and wrote half a page.")
    page.get_by_role("button", name="Report", exact=True).first.click()
    expect(page.get_by_text("wrote half a page")).to_be_visible()
    assert faults_of(page) == []


def attest(page: Page, other: dict[str, str]) -> None:
    to_mentorship(page, other)
    page.get_by_role("button", name="I saw it: attest").click()
    expect(page.get_by_text("attested by").first).to_be_visible()
    assert faults_of(page) == []


def find_the_stamp(page: Page) -> None:
    page.get_by_role("link", name="Passport").first.click()
    expect(page.locator("main")).to_contain_text(MILESTONE)
    page.get_by_role("link", name=MILESTONE).first.click()
    expect(page.locator("main")).to_contain_text("wrote half a page")
    assert faults_of(page) == []
