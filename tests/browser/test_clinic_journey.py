"""The clinic from choosing a sponsor to a stamp in the Passport, by people of the demo."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of
from tests.browser.test_steps import WORK_DONE, upload

pytestmark = pytest.mark.browser

ACTION = "Chair the morning meeting for a month"
WISH = "I would like to see how the board decides."
SEES = "Hears what is not said, and waits too long to speak."
OUTCOME = "Eight meetings chaired: they end in time, and everybody has spoken."
MILESTONE = "Lead a team through a change"  # of the next stage: nobody claimed it yet
REVIEW = re.compile("Next review|Waits for the second signature")
SignIn = Callable[[dict[str, str]], Page]


def test_from_a_chosen_sponsor_to_a_stamp(site: Site, sign_in: SignIn) -> None:
    """A leader picks a sponsor, former leaders say what they see, the team diagnoses, a plan is made, read,
    questioned, reviewed by two and adjusted, and what came of it is in the Passport."""
    resident, manager = site.persona("Emerging leader, resident"), site.persona("Department chair")
    sponsor, specialist = site.persona("Executive, Chief Medical"), site.persona("Leader of a unit")
    former = [specialist, site.persona("Programme director")]
    ask(sign_in(resident), sponsor)
    accept(sign_in(sponsor), resident)
    ask_former_leaders(sign_in(sponsor), resident, former)
    for person in former:
        say_what_one_sees(sign_in(person), resident)
    read_themes(sign_in(sponsor), resident, former)
    convene(sign_in(sponsor), resident, specialist)
    call_conference(sign_in(sponsor), resident)
    bring_records(sign_in(resident))
    diagnose(sign_in(specialist), resident)
    ask_about_it(sign_in(resident))
    answer(sign_in(specialist), resident)
    conclude(sign_in(sponsor), resident)
    plan(sign_in(sponsor), resident)
    regimen = read_and_propose(sign_in(resident))
    adjust(sign_in(manager), regimen)
    see_the_difference(sign_in(resident), manager)
    review(sign_in(sponsor), resident)
    review(sign_in(manager), resident)
    tell_what_came_of_it(sign_in(resident), regimen)
    attest(sign_in(manager), regimen)
    stamp(sign_in(resident), regimen)


def test_a_new_appointment_calls_a_review(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    """HR brings it in a file; the leader reads what called the review."""
    leader = site.persona("Emerging leader, fellow")
    page = sign_in(site.persona("HR admin"))
    page.get_by_placeholder("Search people, units, positions").fill(leader["name"])
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name=leader["name"]).first.click()
    fact = page.locator("dt", has_text="Staff number")
    number = fact.locator("xpath=following-sibling::dd[1]").inner_text()
    # Yesterday: where the hospital is, today may not have begun.
    since = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    posts, appointed = tmp_path / "posts.csv", tmp_path / "appointed.csv"
    posts.write_text("Position ID,Title,Unit ID\necho-lab,Head of the echo lab,SB-U001\n")
    appointed.write_text(f"Position ID,Person ID,Start date\necho-lab,{number.strip()},{since}\n")
    for file, kind in ((posts, "positions"), (appointed, "appointments")):
        upload(page, file, kind)
        page.get_by_role("button", name="Check the file").click()
        page.get_by_role("button", name="Apply").click(timeout=WORK_DONE)
        expect(page.get_by_role("link", name="Undo this import")).to_be_visible(timeout=WORK_DONE)
    page = sign_in(leader)
    to_own_chart(page)
    expect(page.get_by_text("a new role")).to_be_visible()
    page.get_by_role("link", name=REVIEW).click()
    expect(page.get_by_text("Head of the echo lab")).to_be_visible()
    expect(page.get_by_text("called by the appointment")).to_be_visible()
    assert faults_of(page) == []


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
    expect(page).to_have_url(re.compile("/sponsors/"))
    page.wait_for_load_state()  # what count() finds is what is there by now
    card = page.locator("main").get_by_role("link", name=sponsor["name"])
    while not card.count():
        before = page.url
        page.get_by_role("link", name="Next").click()
        expect(page).not_to_have_url(before)
        page.wait_for_load_state()
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


def to_own_chart(page: Page) -> None:
    to_clinic(page)
    page.get_by_role("link", name="My clinic").click()
    expect(page.get_by_role("heading", name="My clinic", level=1)).to_be_visible()


def ask_former_leaders(page: Page, leader: dict[str, str], former: list[dict[str, str]]) -> None:
    to_chart(page, leader)
    page.get_by_role("link", name="Ask others").click()
    for person in former:
        # Proposed from the role history, with the day until when they led.
        label = page.locator("label", has_text=person["name"]).filter(has_text="until")
        label.click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("A round is open")).to_be_visible()


def say_what_one_sees(page: Page, leader: dict[str, str]) -> None:
    page.get_by_role("link", name=f"What do you see in {leader['name']}?").click()
    page.locator("[name=opportunity_1_competency]").select_option(index=1)
    page.locator("[name=opportunity_1_words]").fill("Others come to her before they come to me.")
    page.locator("[name=development_1_competency]").select_option(index=2)
    page.locator("[name=development_1_words]").fill(SEES)
    page.get_by_label("My name may stand beside what I write").check()
    assert faults_of(page) == []
    page.get_by_role("button", name="Send, once").click()


def read_themes(page: Page, leader: dict[str, str], former: list[dict[str, str]]) -> None:
    to_chart(page, leader)
    page.get_by_role("link", name="The intake").click()
    expect(page.get_by_text(SEES)).to_have_count(0)  # nothing before the round is closed
    page.get_by_role("button", name="Close the round now").click()
    for heading in ("Opportunities", "Areas for development"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    for person in former:
        expect(page.locator("p", has_text=SEES).filter(has_text=person["name"])).to_be_visible()
    assert faults_of(page) == []


def call_conference(page: Page, leader: dict[str, str]) -> None:
    to_chart(page, leader)
    page.get_by_role("link", name="Call a conference").click()
    page.get_by_label("Question").fill("What keeps her from being heard?")
    assert faults_of(page) == []
    page.get_by_role("button", name="Call the team").click()
    expect(page.get_by_role("heading", name="What keeps her from being heard?")).to_be_visible()
    page.get_by_role("link", name="From the records").click()
    page.get_by_role("button", name="Take: Intake of").first.click()
    expect(page.get_by_text("Taken, as it stands today.")).to_be_visible()
    assert faults_of(page) == []


def to_conference(page: Page, leader: dict[str, str] | None = None) -> None:
    to_chart(page, leader) if leader else to_own_chart(page)
    page.get_by_role("link", name="What keeps her from being heard?").click()


def bring_records(page: Page) -> None:
    """The leader's own: the sponsor may not open the Passport."""
    to_conference(page)
    page.get_by_role("link", name="From the records").click()
    page.get_by_role("button", name="Take: Readiness Score").click()
    page.get_by_role("link", name="Back to the conference").click()
    expect(page.get_by_text("Readiness Score of")).to_be_visible()
    assert faults_of(page) == []


def diagnose(page: Page, leader: dict[str, str]) -> None:
    to_conference(page, leader)
    page.get_by_role("link", name="Write a diagnosis").click()
    page.get_by_label("An area for development").check()
    page.get_by_label("What you see").fill(SEES)
    page.get_by_label("What you recommend").fill("Chair something every week.")
    page.get_by_role("button", name="Keep the draft").click()
    page.get_by_role("button", name="Release to").click()
    expect(page.get_by_text("Not acknowledged yet.")).to_be_visible()
    assert faults_of(page) == []


def ask_about_it(page: Page) -> None:
    to_conference(page)
    page.get_by_role("button", name="I have read it").click()
    page.get_by_text("Ask about it").click()
    page.get_by_label("What I would like to know").fill("When did you see it last?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Not answered yet.")).to_be_visible()
    assert faults_of(page) == []


def answer(page: Page, leader: dict[str, str]) -> None:
    to_conference(page, leader)
    page.get_by_label("Answer", exact=True).fill("On Tuesday, when the theatre list changed.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("On Tuesday, when the theatre list changed.")).to_be_visible()


def conclude(page: Page, leader: dict[str, str]) -> None:
    to_conference(page, leader)
    page.get_by_label("What the team recommends").fill("Real meetings, with somebody beside her.")
    ahead = timezone.localdate() + dt.timedelta(days=60)
    page.get_by_label("The team looks again on").fill(ahead.isoformat())
    page.get_by_role("button", name="Conclude", exact=True).click()
    expect(page.get_by_role("heading", name="Prescription", exact=True)).to_be_visible()
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
    to_own_chart(page)
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
    to_own_chart(page)
    page.get_by_role("link", name="The whole regimen").click()
    page.get_by_role("link", name="What changed").click()
    expect(page.locator("main del")).to_contain_text("8")
    expect(page.locator("main ins")).to_contain_text("24")
    expect(page.get_by_text(f"{manager['name']}: A month is four meetings")).to_be_visible()
    assert faults_of(page) == []
    with page.expect_download() as paper:
        page.get_by_role("link", name="PDF").click()
    assert paper.value.suggested_filename.endswith("-version-2.pdf")


def review(page: Page, leader: dict[str, str]) -> None:
    """The first who signs writes it, the second reads it; both sign."""
    to_clinic(page)
    page.get_by_role("link", name="My leaders").click()
    page.locator("main").get_by_role("link", name=leader["name"]).first.click()
    page.get_by_role("link", name=REVIEW).click()
    if page.get_by_label(ACTION).input_value() == "":
        page.get_by_label(ACTION).fill("Half of the meetings are held.")
        page.get_by_label("Adjust: something in it is to change").check()
        page.get_by_label("Why", exact=True).fill("She needs more of them, not less.")
        page.get_by_role("button", name="Save", exact=True).click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text(re.compile("You have signed|Signed by both")).first).to_be_visible()


def tell_what_came_of_it(page: Page, regimen: str) -> None:
    page.goto(regimen)
    page.get_by_role("link", name=ACTION, exact=True).click()
    page.get_by_label("How far it is").select_option(label="Done")
    page.get_by_label("What came of it").fill(OUTCOME)
    page.get_by_label("Which milestone of the Passport does it serve?").select_option(label=MILESTONE)
    assert faults_of(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"Came of it: {OUTCOME}")).to_be_visible()


def attest(page: Page, regimen: str) -> None:
    page.goto(regimen)
    page.get_by_role("link", name=ACTION, exact=True).click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Attest it").click()
    expect(page.get_by_text("Attested by")).to_be_visible()
    assert faults_of(page) == []


def stamp(page: Page, regimen: str) -> None:
    page.goto(regimen)
    page.get_by_role("link", name=ACTION, exact=True).click()
    page.get_by_role("button", name="Put it into my Passport").click()
    expect(page.get_by_text(f"{MILESTONE}: verified")).to_be_visible()
    page.get_by_role("link", name="The Passport").click()
    expect(page.get_by_text(OUTCOME)).to_be_visible()
    assert faults_of(page) == []
