"""The clinic from choosing a sponsor to a plan that is adjusted, by people of the demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

ACTION = "Chair the morning meeting for a month"
WISH = "I would like to see how the board decides."
SignIn = Callable[[dict[str, str]], Page]


def test_a_sponsor_is_chosen_and_a_plan_is_adjusted(site: Site, sign_in: SignIn) -> None:
    resident, manager = site.persona("Emerging leader, resident"), site.persona("Department chair")
    sponsor, specialist = site.persona("Executive, Chief Medical"), site.persona("Leader of a unit")
    ask(sign_in(resident), sponsor)
    accept(sign_in(sponsor), resident)
    convene(sign_in(sponsor), resident, specialist)
    plan(sign_in(sponsor), resident)
    regimen = read_and_propose(sign_in(resident))
    adjust(sign_in(manager), regimen)
    see_the_difference(sign_in(resident), manager)


def to_clinic(page: Page) -> None:
    page.get_by_role("link", name="Clinic", exact=True).first.click()
    expect(page.get_by_role("heading", name="Clinic", level=1)).to_be_visible()


def to_chart(page: Page, leader: dict[str, str]) -> None:
    to_clinic(page)
    page.locator("main").get_by_role("link", name=leader["name"]).first.click()
    expect(page.get_by_role("heading", name=leader["name"], level=1)).to_be_visible()


def ask(page: Page, sponsor: dict[str, str]) -> None:
    to_clinic(page)
    page.get_by_role("link", name="Choose a sponsor").click()
    card = page.locator("main").get_by_role("link", name=sponsor["name"])
    while not card.count():
        page.get_by_role("link", name="Next").click()
    card.first.click()
    page.get_by_label("Why I ask you").fill("You asked the question that nobody dared to ask.")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("has not answered yet")).to_be_visible()
    assert faults_of(page) == []


def accept(page: Page, leader: dict[str, str]) -> None:
    to_clinic(page)
    page.get_by_role("link", name=f"Will you sponsor {leader['name']}?").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("you are the primary sponsor")).to_be_visible()
    assert faults_of(page) == []


def convene(page: Page, leader: dict[str, str], specialist: dict[str, str]) -> None:
    to_chart(page, leader)
    page.get_by_role("link", name="Convene the team").click()
    page.get_by_label("Specialist, by e-mail address").fill("nobody@example.org")
    page.get_by_label("Looks after").select_option(label="Quality and safety")
    page.get_by_label("What the leader needs them for").fill("To lead an improvement")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.locator(".errors").first).to_be_visible()  # nobody of this address works here
    page.get_by_label("Specialist, by e-mail address").fill(specialist["email"])
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_text(f"{specialist['name']} is called into the team.")).to_be_visible()
    assert faults_of(page) == []


def plan(page: Page, leader: dict[str, str]) -> None:
    to_chart(page, leader)
    page.get_by_role("link", name="Open the regimen").click()
    page.get_by_role("link", name="Add a goal").first.click()
    page.get_by_label("Goal").fill("Be heard in the department")
    page.get_by_label("Align: get people behind a direction").check()
    page.get_by_label("Why").fill("It is what you asked for.")
    assert faults_of(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add an action").click()
    page.get_by_label("Action").fill(ACTION)
    page.get_by_label("Kind").select_option(label="Experience")
    page.get_by_label("Whose need does it serve").fill("To be heard without raising the voice")
    page.get_by_label("Owner, by e-mail address").fill(leader["email"])
    today = timezone.localdate()
    page.get_by_label("Start", exact=True).fill(today.isoformat())
    page.get_by_label("Due", exact=True).fill((today + dt.timedelta(days=60)).isoformat())
    page.get_by_label("Why", exact=True).fill("Nothing teaches it like doing it.")
    assert faults_of(page) == []
    page.get_by_role("button", name="Save").click()
    publish(page, "The first plan we agreed on.")


def publish(page: Page, why: str) -> None:
    page.get_by_label("Why this version").fill(why)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is in force. The leader is told.")).to_be_visible()
    assert faults_of(page) == []


def read_and_propose(page: Page) -> str:
    to_clinic(page)
    page.get_by_role("link", name="My clinic").click()
    assert faults_of(page) == []
    page.get_by_role("link", name="The whole regimen").click()
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_role("button", name="I have read it")).to_have_count(0)
    page.get_by_label("What I would like").fill(WISH)
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Waits for an answer")).to_be_visible()
    assert faults_of(page) == []
    return page.url


def adjust(page: Page, regimen: str) -> None:
    page.goto(regimen)
    page.get_by_label("Taken up").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("taken up", exact=True)).to_be_visible()
    page.get_by_role("link", name=f"Change {ACTION}").click()
    page.get_by_label("Dose, in hours").fill("24")
    page.get_by_label("Why", exact=True).fill("A month is four meetings of six hours.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("ins").first).to_contain_text("24")
    publish(page, "More time for the meetings.")


def see_the_difference(page: Page, manager: dict[str, str]) -> None:
    to_clinic(page)
    page.get_by_role("link", name="My clinic").click()
    page.get_by_role("link", name="The whole regimen").click()
    page.get_by_role("link", name="What changed").click()
    expect(page.locator("main del")).to_contain_text("8")
    expect(page.locator("main ins")).to_contain_text("24")
    expect(page.get_by_text(f"{manager['name']}: A month is four meetings")).to_be_visible()
    assert faults_of(page) == []
    with page.expect_download() as paper:
        page.get_by_role("link", name="PDF").click()
    assert paper.value.suggested_filename.endswith("-version-2.pdf")
