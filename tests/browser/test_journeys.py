"""What the product is for, done by people in a browser."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

SURVEY = Path(__file__).resolve().parent.parent / "data" / "lq2002"
WORK_DONE = 90_000  # ms: a worker takes the step, at the latest when the next tick rings
SignIn = Callable[[dict[str, str]], Page]


def test_a_real_survey_goes_in_and_its_unit_shows_the_reference_values(site: Site, sign_in: SignIn) -> None:
    page = sign_in(site.persona("Survey steward"))
    page.get_by_role("link", name="Surveys").first.click()
    page.get_by_role("link", name="Import a past survey").click()
    page.set_input_files("input[type=file]", SURVEY / "responses.csv")
    page.locator("[name=title]").fill("Climate survey 2002")
    page.locator("[name=opens_on]").fill("2002-01-01")
    page.locator("[name=closes_on]").fill("2002-01-31")
    page.locator("[name=units_under]").select_option(index=1)
    page.get_by_role("button", name="Upload and look at the columns").click()

    assert faults_of(page) == []
    page.locator("[name=instrument_title]").fill("Leadership climate")
    page.get_by_label("What unit holds").select_option("unit")
    page.get_by_label("What respondent holds").select_option("")
    for number in range(1, 12):
        describe(page, f"lead{number:02}", "index", "leadership", (1, 5))
    for number in range(1, 4):
        page.get_by_label(f"What tsig{number:02} holds").select_option("")
    for number in range(1, 6):
        describe(page, f"hostil{number:02}", "outcome", "hostility", (0, 4))
    page.get_by_role("button", name="Check the file").click()

    expect(page.get_by_text("2,042").first).to_be_visible(timeout=WORK_DONE)
    assert faults_of(page) == []
    page.get_by_role("button", name="Import and publish").click()
    assert faults_of(page) == []
    page.get_by_role("link", name="results").or_(
        page.get_by_role("link", name="Climate survey 2002")
    ).first.click(timeout=WORK_DONE)
    with (SURVEY / "reference.csv").open() as file:
        reference = {row["unit"]: row for row in csv.DictReader(file)}
    page.get_by_role("link", name="Unit 2", exact=True).first.click()
    body = page.locator("main")
    expect(body).to_contain_text(f"{float(reference['2']['mean']):.1f}")
    expect(body).to_contain_text(reference["2"]["n"])
    expect(body).to_contain_text(f"{float(reference['2']['rwg_j']):.2f}")


def describe(page: Page, column: str, use: str, group: str, scale: tuple[int, int]) -> None:
    page.get_by_label(f"What {column} holds").select_option(use)
    page.get_by_label(f"Group of {column}").fill(group)
    page.get_by_label(f"Lowest answer of {column}").fill(str(scale[0]))
    page.get_by_label(f"Highest answer of {column}").fill(str(scale[1]))


def test_a_resident_hands_in_evidence_and_the_leader_makes_it_a_stamp(site: Site, sign_in: SignIn) -> None:
    page = sign_in(site.persona("Emerging leader, fellow"))
    page.get_by_role("link", name="Passport").first.click()
    milestone = page.locator("li", has=page.get_by_text("open", exact=True)).locator("a").first
    title = milestone.inner_text()
    milestone.click()
    page.locator("[name=earned_on]").fill(
        (dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=3)).isoformat()
    )
    page.locator("[name=statement]").fill("Led the change of the handover; minutes are with the department.")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("main")).to_contain_text("to be verified")

    page = sign_in(site.persona("Department chair"))
    page.goto(f"{page.url.rstrip('/')}/passport/to-verify/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="Verify").first.click()
    expect(page.get_by_text(f"Stamped: {title}.")).to_be_visible()

    page = sign_in(site.persona("Emerging leader, fellow"))
    page.get_by_role("link", name="Passport").first.click()
    stamp = page.locator(".stamps li", has_text=title)
    expect(stamp).to_contain_text("verified by Robert Hoffman")


def test_a_file_is_read_once_it_was_checked(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(site.persona("Emerging leader, resident"))
    page.get_by_role("link", name="Passport").first.click()
    page.locator("li", has=page.get_by_text("open", exact=True)).locator("a").first.click()
    notes = tmp_path / "notes.pdf"
    notes.write_bytes(b"%PDF-1.7 notes")
    page.set_input_files("input[type=file]", notes)
    page.get_by_role("button", name="Submit").click()
    with page.expect_download() as download:  # the page looks again by itself
        page.get_by_role("link", name="notes.pdf").click(timeout=WORK_DONE)
    assert Path(download.value.path()).read_bytes() == notes.read_bytes()


def test_a_passport_on_paper_is_what_others_attested(site: Site, sign_in: SignIn) -> None:
    page = sign_in(site.persona("Emerging leader, resident"))
    page.get_by_role("link", name="Passport").first.click()
    expect(page.locator(".stamps")).to_be_visible()
    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(each.extract_text() for each in pages)
    assert len(pages) <= 5
    for shown in ("Printed on", "Leadership stage", "verified by", "Department chair"):
        assert shown in text
    for hidden in ("Who looked", "Where could I go?", "What is next", "Choose a sponsor", "Search people"):
        assert hidden not in text


def test_a_director_filters_the_cohort_and_the_file_equals_the_screen(site: Site, sign_in: SignIn) -> None:
    page = sign_in(site.persona("Programme director"))
    page.get_by_role("link", name="Cohorts").first.click()
    page.wait_for_url("**/readiness/")  # before that, the page that is left has a link of this name too
    page.get_by_role("navigation", name="Numbers or people").get_by_role("link", name="People").click()
    expect(page).to_have_url(re.compile("readiness/people/"))
    page.locator("[name=state]").select_option("flagged")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("state=flagged"))
    expect(page.locator("table tbody th a").first).to_be_visible()
    shown = page.locator("table tbody th a").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert all(name in text for name in shown)


def test_figures_wear_the_colours_of_the_theme_where_motion_is_reduced(site: Site, sign_in: SignIn) -> None:
    page = sign_in(site.persona("Programme director"))
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("link", name="Cohorts").first.click()
    line = page.locator(".plotly-figure .ygrid").first
    line.wait_for(state="attached")
    assert line.evaluate("line => line.style.stroke") == page.evaluate(
        """() => { const probe = document.body.appendChild(document.createElement("hr"));
        return getComputedStyle(probe).borderBlockStartColor }"""
    )
