"""The budget pod: balanced by a resident on a phone with live totals, marked by the programme director."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

POD, MILESTONE = "Balance a cardiology service line", "Budget a service line"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
PLAN = {
    "inpatient_income": 10000, "lab_income": 7100, "clinic_income": 3300, "rehab_income": 500,
    "consultants": 4800, "ward_nurses": 4150, "lab_nurses": 1600, "agency": 400, "technicians": 1200,
    "devices": 4210, "drugs": 1150, "rehab": 540, "heart_failure": 420, "maintenance": 580,
}  # fmt: skip
REASON = (
    "We agreed 12 of these with the ward in May: vacant posts are filled, and patients on the list are seen."
)
SUMMARY = "We ask you to approve this plan. The margin is 100 thousand; patients wait four days."
SignIn = Callable[[dict[str, str]], Page]


def test_a_budget_is_balanced_marked_and_stamped(site: Site, sign_in: SignIn) -> None:
    resident = site.persona("Emerging leader, resident")
    page = sign_in(resident)
    page.set_viewport_size(PHONE)
    begin(page)
    balance(page)
    answer_the_finance_officer(page)
    sum_up_and_finish(page)
    attempt = page.url.removeprefix(site.address)
    page = sign_in(site.persona("Programme director"))
    page.set_viewport_size(DESK)
    mark(page, attempt)
    page = sign_in(resident)
    find_the_mark(page)


def to_pods(page: Page) -> None:
    page.get_by_role("link", name="Passport").first.click()
    page.locator("#next").get_by_role("link", name="Skill pods").click()
    assert faults_of(page) == []


def begin(page: Page) -> None:
    to_pods(page)
    card = page.locator("section.card", has=page.get_by_role("heading", name=POD))
    card.get_by_role("link", name="Read and begin").first.click()
    expect(page.get_by_role("heading", name=POD, level=1)).to_be_visible()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator(".errors").first).to_be_visible()  # how confident one is has to be said
    for asked in page.locator("main form fieldset").all():
        asked.get_by_role("radio").nth(2).check(force=True)
    page.get_by_role("button", name="Begin", exact=True).click()


def balance(page: Page) -> None:
    margin = page.locator("[data-bound=balanced]")
    expect(margin).to_contain_text("−690")
    for line, amount in PLAN.items():
        page.locator(f"[name='plan.{line}']").fill(str(amount))
    expect(margin).to_contain_text("220")  # reckoned while typing
    expect(margin.get_by_text("met", exact=True)).to_be_visible()
    expect(margin.get_by_text("not met")).to_be_hidden()
    assert faults_of(page) == []
    page.locator("[name='plan.agency']").fill("9")
    page.get_by_label("Go on with these figures.").check(force=True)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("Agency staff can go from 100 to 1,200.")
    expect(page.locator("[name='plan.lab_income']")).to_have_value("7100")  # nothing is lost
    page.locator("[name='plan.agency']").fill("400")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Say why")).to_be_visible()
    give_reasons(page)


def give_reasons(page: Page) -> None:
    for reason in page.locator("main textarea").all():
        reason.fill(REASON)
    assert faults_of(page) == []
    page.get_by_role("button", name="Go on").click()


def answer_the_finance_officer(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("Questions, round 1")
    for _ in range(3):
        page.wait_for_load_state()  # what count() finds is what is there by now
        if not page.get_by_label("Go on with these figures.").count():
            break
        page.get_by_label("Go on with these figures.").check(force=True)
        give_reasons(page)
    expect(page.get_by_role("timer")).to_be_visible()


def sum_up_and_finish(page: Page) -> None:
    page.locator("[name=summary]").fill(SUMMARY)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Looking back")).to_be_visible()
    expect(page.locator("main")).to_contain_text("The summary says what the board is asked for.")
    for asked in page.locator("main form fieldset").all():
        asked.get_by_role("radio").nth(3).check(force=True)
    assert faults_of(page) == []
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Finished.").first).to_be_visible()


def mark(page: Page, attempt: str) -> None:
    page.locator(f"main a[href='{attempt}']").first.click()  # on the page of today
    expect(page.locator("main")).to_contain_text(SUMMARY)
    for criterion in page.locator("main form fieldset").all():
        criterion.get_by_role("radio").nth(3).check(force=True)
    for seen in page.locator("main form textarea").all():
        seen.fill("Tied each change to a figure, and said what is uncertain.")
    assert faults_of(page) == []
    page.get_by_role("button", name="Mark").click()
    expect(page.get_by_text("Marked; the person is told.")).to_be_visible()


def find_the_mark(page: Page) -> None:
    page.set_viewport_size(PHONE)
    to_pods(page)
    page.locator("main a[href*='/attempts/']").first.click()
    expect(page.locator("main")).to_contain_text("Level 4")
    page.get_by_role("link", name="Passport").first.click()
    expect(page.locator("main")).to_contain_text(MILESTONE)
    assert faults_of(page) == []
