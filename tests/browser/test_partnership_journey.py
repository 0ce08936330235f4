"""A partnership programme from its first cultural audit to its second, by people of the demo. The first audit
was held a year ago; what dozens answer and code is done by the services that their pages call."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of
from tests.browser.meanwhile import meanwhile
from tests.browser.test_survey_journey import WORK_DONE

pytestmark = pytest.mark.browser

PROGRAMME = "One service, one voice"
FIRST_AUDIT = "Cultural audit before the year"
# Open in the demo: two in five have answered.
SECOND_AUDIT = re.compile(r"^Cultural audit [A-Z][a-z]+ \d{4}$")
CODE, THEME = "Hears it late", "Talking in time"
MISSION = "Patients meet one service. We disagree before others have to."
TODAY = timezone.localdate() - dt.timedelta(days=1)  # where the hospital is, today may not have begun
BEGAN = TODAY - dt.timedelta(days=420)
SignIn = Callable[[dict[str, str]], Page]


def test_a_programme_runs_from_its_first_audit_to_its_second(
    site: Site, sign_in: SignIn, tmp_path: Path
) -> None:
    """Begun by HR, with an executive who takes part; the first audit coded by two and told; a year with
    profiles, away days and coaching; the second audit answered, and what changed between them."""
    hr, sponsor = site.persona("HR admin"), site.persona("Executive, Chief Medical")
    chair, nurse = site.persona("Department chair"), site.persona("Leader of a unit")
    steward, director = site.persona("Survey steward"), site.persona("Programme director")
    meanwhile(site.var, "hold_first_audit", steward["slug"], FIRST_AUDIT, steward["email"])
    page = sign_in(hr)
    programme = begin(page, hr, sponsor)
    attach(page, programme, "At the start", FIRST_AUDIT)
    finish(page, programme, "Cultural audit at the start")
    name_coders(page, programme, steward, director)
    write_codebook(sign_in(steward))
    for coder, given in ((steward, True), (director, False)):
        code_one(sign_in(coder), given=given)
        meanwhile(site.var, "code_comments", coder["slug"], PROGRAMME, coder["email"])
        hand_in(page)
    for coder in (director, steward):
        settle(sign_in(coder))
    page = sign_in(hr)
    release(page, programme)
    for phase, missed in (
        ("Profiling, one by one", chair),
        ("Away day: a common mission", None),
        ("Away day: who does what", None),
    ):
        finish(page, programme, phase, missed=missed)
    name_coach(page, programme, chair, director)
    attach(page, programme, "At the end", SECOND_AUDIT)
    page = sign_in(chair)
    read_findings(page)
    keep_profile(page, programme, tmp_path, shown_to=nurse)
    write_mission(page, programme)
    log_session(page, programme)
    answer(page)
    page = sign_in(nurse)
    read_profile(page, programme, chair)
    answer(page)
    page = sign_in(sponsor)
    log_session(page, programme)
    answer(page)
    close_and_publish(sign_in(steward))
    page = sign_in(hr)
    finish(page, programme, "Cultural audit at the end")
    follow_up(page, programme, chair, director)
    see_to_it(sign_in(director), chair)
    page = sign_in(sponsor)
    read_change(page)
    take_report(page)


def to_partnerships(page: Page) -> None:
    page.get_by_label("Your account").click()
    page.locator("header").get_by_role("link", name="Partnerships").click()
    expect(page.get_by_role("heading", name="Partnerships", level=1)).to_be_visible()


def to_programmes(page: Page) -> None:
    to_partnerships(page)
    page.get_by_role("link", name="Programmes").first.click()


def to_programme(page: Page) -> None:
    to_programmes(page)
    page.locator("main").get_by_role("link", name=PROGRAMME).click()
    expect(page.get_by_role("heading", name=PROGRAMME, level=1)).to_be_visible()


def to_own_part(page: Page, programme: str) -> None:
    page.goto(programme)
    page.get_by_role("link", name="My part").click()
    expect(page.get_by_role("heading", name="My part", level=1)).to_be_visible()


def to_analysis(page: Page) -> None:
    """For a coder from outside, who has no page of the programme."""
    to_partnerships(page)
    page.locator("main").get_by_role("link", name=PROGRAMME).first.click()
    expect(page.get_by_role("heading", name="What was written", level=1)).to_be_visible()


def choose(page: Page, label: str, words: str | re.Pattern[str]) -> None:
    """The option that has these words among others."""
    select = page.get_by_role("combobox", name=label)
    select.select_option(value=select.locator("option", has_text=words).first.get_attribute("value"))


def begin(page: Page, lead: dict[str, str], sponsor: dict[str, str]) -> str:
    to_programmes(page)
    page.get_by_role("link", name="Begin a programme").click()
    page.get_by_label("Name of the programme").fill(PROGRAMME)
    page.get_by_label("What it is for").fill("What used to end with the board is settled between the two.")
    choose(page, "Where", re.compile("St. Brigid"))
    page.get_by_label("First day").fill(BEGAN.isoformat())
    page.get_by_label("Who runs it, by e-mail address").fill(lead["email"])
    page.get_by_label("Executive sponsor, by e-mail address").fill(sponsor["email"])
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("Begun. Bring in its partnerships next.")).to_be_visible()
    choose(page, "Partnership", "Cardiology:")
    page.get_by_role("button", name="Bring in").first.click()
    expect(page.get_by_text("They take part, and are told.")).to_be_visible()
    return page.url


def attach(page: Page, programme: str, which: str, survey: str | re.Pattern[str]) -> None:
    page.goto(programme)
    page.get_by_text("Attach an audit").click()
    page.get_by_label("Which audit").select_option(label=which)
    choose(page, "Survey", survey)
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_text("The audit is attached.")).to_be_visible()


def finish(page: Page, programme: str, phase: str, *, missed: dict[str, str] | None = None) -> None:
    """Note a part of the year; all were there but one."""
    page.goto(programme)
    page.locator("main").get_by_role("link", name=phase, exact=True).click()
    page.get_by_label("It took place on").fill(TODAY.isoformat())
    for box in page.locator("[name=present]").all():
        box.check()
    if missed:
        page.get_by_label(missed["name"]).uncheck()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Took place on")).to_be_visible()


def name_coders(page: Page, programme: str, first: dict[str, str], second: dict[str, str]) -> None:
    page.goto(programme)
    page.get_by_role("link", name="What was written").click()
    page.get_by_label("First coder, by e-mail address").fill(first["email"])
    page.get_by_label("Second coder, by e-mail address").fill(second["email"])
    page.get_by_role("button", name="Ask both").click()
    expect(page.get_by_text("Both are asked.")).to_be_visible()
    assert faults_of(page) == []


def write_codebook(page: Page) -> None:
    to_analysis(page)
    page.get_by_role("link", name="Open the codebook").click()
    page.get_by_text("One more theme").click()
    page.get_by_label("Theme", exact=True).fill(THEME)
    page.get_by_label("What it holds together").fill(
        "Whether both hear of a matter while it can still be changed"
    )
    page.get_by_role("button", name="Add the theme").click()
    page.get_by_label("Code", exact=True).fill(CODE)
    page.get_by_label("When it is given, and when not").fill("Whoever hears of a decision when it is made")
    page.get_by_role("button", name="Add the code").click()
    page.get_by_role("link", name=CODE).click()
    choose(page, "Theme", THEME)
    page.get_by_role("button", name="Put it there").click()
    page.get_by_role("link", name="What was written at the start").click()
    page.get_by_role("button", name="Begin coding").click()
    expect(page.get_by_text("The codebook stands. Both can code now.")).to_be_visible()


def code_one(page: Page, *, given: bool) -> None:
    """The first comment: one gives the code, the other does not."""
    to_analysis(page)
    page.get_by_role("link", name="Begin with the first comment").click()
    page.get_by_label(CODE).set_checked(given)
    page.get_by_role("button", name="Keep, and on to the next").click()
    expect(page.get_by_role("heading", name=re.compile("Comment 2 of"))).to_be_visible()


def hand_in(page: Page) -> None:
    to_analysis(page)
    page.get_by_role("link", name="Look them over, and hand in").click()
    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_text(re.compile("Handed in|Both have finished")).first).to_be_visible()


def settle(page: Page) -> None:
    to_analysis(page)
    expect(page.get_by_text("Kappa").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Settle them|Look them over")).click()
    page.get_by_label("Keep it").first.check()
    page.get_by_role("button", name="Say so").click()
    expect(page.get_by_text("Noted: 1.")).to_be_visible()


def release(page: Page, programme: str) -> None:
    page.goto(programme)
    page.get_by_role("link", name="What was written").click()
    expect(page.get_by_text("1 theme of 5 people or more would be told")).to_be_visible()
    page.get_by_role("button", name="Release the findings").click()
    expect(page.get_by_text("Released. All who take part are told.")).to_be_visible()


def read_findings(page: Page) -> None:
    page.get_by_role("link", name="Today").first.click()
    page.get_by_role("link", name=re.compile("Read what you all wrote in the audit")).first.click()
    expect(page.get_by_role("heading", name=THEME)).to_be_visible()


def keep_profile(page: Page, programme: str, folder: Path, *, shown_to: dict[str, str]) -> None:
    page.goto(programme)
    page.get_by_role("link", name="Profiling, one by one", exact=True).click()
    page.get_by_role("link", name="My profile").click()
    page.get_by_label("Which tool").fill("A questionnaire on traits")
    page.get_by_label("Done on").fill(TODAY.isoformat())
    report = folder / "traits.pdf"
    report.write_bytes(b"%PDF-1.7 traits")
    page.get_by_label("File").set_input_files(report)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept, for you alone.")).to_be_visible()
    page.get_by_role("button", name=re.compile(f"Show it to .*{shown_to['name'].split()[0]}")).click()
    expect(page.get_by_text("Shown. They are told.")).to_be_visible()
    assert faults_of(page) == []


def read_profile(page: Page, programme: str, partner: dict[str, str]) -> None:
    to_own_part(page, programme)
    expect(
        page.get_by_role("heading", name=f"What profiling told {partner['name'].split()[0]}")
    ).to_be_visible()
    with page.expect_download() as report:
        page.get_by_role("link", name="traits.pdf").click(timeout=WORK_DONE)  # once it was checked
    assert report.value.path().read_bytes() == b"%PDF-1.7 traits"


def write_mission(page: Page, programme: str) -> None:
    page.goto(programme)
    page.get_by_text("Write it down").first.click()
    page.get_by_label("In your words").first.fill(MISSION)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Written down.")).to_be_visible()


def name_coach(page: Page, programme: str, whom: dict[str, str], by: dict[str, str]) -> None:
    page.goto(programme)
    page.locator("main").get_by_role("link", name=whom["name"]).click()
    page.get_by_label("Coach, by e-mail address").fill(by["email"])
    page.get_by_role("button", name="Name the coach").click()
    expect(page.get_by_text("They are told.")).to_be_visible()


def log_session(page: Page, programme: str) -> None:
    to_own_part(page, programme)
    page.get_by_label("A session on").fill(TODAY.isoformat())
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("Logged.")).to_be_visible()


def answer(page: Page) -> None:
    page.get_by_role("link", name="Today").first.click()
    page.get_by_role("link", name=re.compile("^Answer: Cultural audit")).click()
    expect(page.get_by_role("button", name="Send my answers")).to_be_visible()
    for question in page.locator("fieldset").all():
        question.get_by_label("Agree", exact=True).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Your answers are in")).to_be_visible()


def close_and_publish(page: Page) -> None:
    page.get_by_role("link", name="Surveys").first.click()
    page.get_by_role("link", name=SECOND_AUDIT).last.click()
    page.get_by_role("link", name="Close now").click()
    page.get_by_role("button", name="Close it for good").click()
    page.get_by_role("button", name="Check and publish").click()
    expect(page.get_by_text("Checked and published")).to_be_visible(timeout=WORK_DONE)


def read_change(page: Page) -> None:
    to_programme(page)
    page.get_by_role("link", name="What changed between them").click()
    figures = page.get_by_role("group", name="Dimensions in both audits")
    expect(figures.get_by_text("clear rise").first).to_be_visible()
    expect(figures.get_by_role("cell", name=re.compile(r"^\d\.\d\d to \d\.\d\d$")).first).to_be_visible()
    assert faults_of(page) == []


def follow_up(page: Page, programme: str, missed: dict[str, str], owner: dict[str, str]) -> None:
    page.goto(programme)
    page.get_by_role("link", name="Exceptions").click()
    page.get_by_label("Who missed what").select_option(
        label=f"{missed['name']} missed “Profiling, one by one”"
    )
    page.get_by_label("Who sees to it, by e-mail address").fill(owner["email"])
    page.get_by_label("What is to be done").fill("An hour next week, with the coach.")
    page.get_by_role("button", name="Follow up").click()
    expect(page.get_by_text("They are told.")).to_be_visible()


def see_to_it(page: Page, missed: dict[str, str]) -> None:
    page.get_by_role("link", name=f"{missed['name']} missed “Profiling, one by one”").first.click()
    page.get_by_text("Say how it ended").click()
    page.get_by_label("How it ended").fill("Made up for it, and kept what it said.")
    page.get_by_role("button", name="Settled").click()
    expect(page.get_by_role("heading", name="Settled")).to_be_visible()


def take_report(page: Page) -> None:
    to_programme(page)
    with page.expect_download() as paper:
        page.get_by_role("link", name="Case report").click()
    assert paper.value.suggested_filename == f"programme-{slugify(PROGRAMME)}.pdf"
    assert paper.value.path().read_bytes().startswith(b"%PDF-")
