"""Where the engagement gap is shown, to whom, and what stands there when there is none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from surveys.gap_words import gap_card
from surveys.models import PublishedGap, Wave
from surveys.promise import promise
from surveys.queries import upper_gaps
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.surveys import (
    cast,
    make_engagement_instrument,
    make_published_wave,
    make_short_instrument,
    make_wave,
    publish,
    spread_answers,
)
from tests.surveys.compared import Poll, compared_teams
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def mercy(committed_mercy: World) -> World:
    return committed_mercy


@pytest.fixture
def poll(mercy: World) -> Poll:
    """Published: leaders are clearly more engaged."""
    with tenant_transaction(mercy.organization.pk):
        poll = compared_teams(mercy)
        poll.vote()
    publish(poll.wave, by=mercy.stella)
    return poll


def text(client: Client, world: World, name: str, *arguments: object) -> str:
    answer = client.get(reverse(name, args=[world.slug, *arguments]))
    assert answer.status_code == 200
    return str(answer.content.decode("utf-8-sig"))


def report(client: Client, world: World, poll: Poll, name: str = "surveys:report") -> str:
    return text(client, world, name, poll.wave.pk, poll.division.pk)


PART = "Leaders and the led"
GAP_ROWS = [
    [PART, "Engagement of leaders", "18", "4.67", "points", "", "", "on a scale from 1 to 5", ""],
    [PART, "Engagement of the led", "54", "2.89", "points", "", "", "on a scale from 1 to 5", ""],
    [PART, "Engagement gap", "", "1.78", "points", "1.20", "2.36", "clear difference", ""],
]
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FROM_A_FILE = "The answers came from a file, which does not say who leads somebody."


def test_a_report_tells_leaders_and_led_apart(mercy: World, sign_in: SignIn, poll: Poll) -> None:
    page = report(sign_in(mercy.stella), mercy, poll)
    assert "Leaders are clearly more engaged than those they lead." in page
    for words in ("95 % interval 1.20 to 2.36", "n = 18", "n = 54", "No difference 0.00"):
        assert words in page


def test_files_and_the_api_say_the_same(mercy: World, sign_in: SignIn, poll: Poll) -> None:
    client = sign_in(mercy.stella)
    rows = list(csv.reader(io.StringIO(report(client, mercy, poll, "surveys:report_csv"))))
    assert [row for row in rows if row[0] == PART] == GAP_ROWS
    arguments = [mercy.slug, poll.wave.pk, poll.division.pk]
    content = client.get(reverse("surveys:report_xlsx", args=arguments)).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row for row in cells if row[0] == PART] == [
        [float(cell) if NUMBER.fullmatch(cell) else cell for cell in row] for row in GAP_ROWS
    ]
    pdf = pypdf.PdfReader(io.BytesIO(client.get(reverse("surveys:report_pdf", args=arguments)).content))
    assert len(pdf.pages) == 1
    assert "1.20 to 2.36" in pdf.pages[0].extract_text()
    api = client.get(reverse("surveys_api:report", args=arguments)).json()["rows"]
    names = ("part", "what", "n", "figure", "unit", "low", "high", "note", "withheld")
    assert [[row[name] for name in names] for row in api if row["part"] == PART] == GAP_ROWS


def test_a_unit_that_is_too_small_says_what_it_takes(mercy: World, sign_in: SignIn, poll: Poll) -> None:
    client = sign_in(mercy.stella)
    page = text(client, mercy, "surveys:report", poll.wave.pk, poll.teams[0].pk)
    assert "It takes 10 leaders and 10 of those they lead" in page
    assert "Engagement gap" not in page
    rows = csv.reader(io.StringIO(text(client, mercy, "surveys:report_csv", poll.wave.pk, poll.teams[0].pk)))
    (gap,) = [row for row in rows if row[0] == PART]
    assert gap[1:5] == ["Engagement gap", "", "", ""]
    assert gap[-1].startswith("Not shown here.")


def test_the_page_of_a_wave_shows_the_units_with_a_gap(mercy: World, sign_in: SignIn, poll: Poll) -> None:
    page = text(sign_in(mercy.stella), mercy, "surveys:wave", poll.wave.pk)
    assert page.count('data-label="Gap">1.78<') == 2  # the hospital and the division
    assert "it is told for 2, and for none" in page


def test_who_may_not_see_the_report_sees_no_gap(mercy: World, sign_in: SignIn, poll: Poll) -> None:
    colin = sign_in(mercy.colin)
    for name, arguments in (
        ("surveys:wave", [poll.wave.pk]),
        ("surveys:report", [poll.wave.pk, poll.division.pk]),
        ("surveys:report_csv", [poll.wave.pk, poll.division.pk]),
    ):
        assert colin.get(reverse(name, args=[mercy.slug, *arguments])).status_code == 403


def test_a_survey_from_a_file_says_why_there_is_none(mercy: World, sign_in: SignIn) -> None:
    with tenant_transaction(mercy.organization.pk):
        wave = make_wave(make_engagement_instrument(mercy.organization))
        cast(wave, {mercy.unit: spread_answers(30, items=4)})
    publish(wave, by=mercy.stella)
    client = sign_in(mercy.stella)
    assert FROM_A_FILE in text(client, mercy, "surveys:wave", wave.pk)
    assert FROM_A_FILE in text(client, mercy, "surveys:report", wave.pk, mercy.unit.pk)


def test_where_nothing_asks_about_engagement_nothing_is_said(mercy: World, sign_in: SignIn) -> None:
    with tenant_transaction(mercy.organization.pk):
        wave = make_published_wave(mercy)
    client = sign_in(mercy.stella)
    assert PART not in text(client, mercy, "surveys:wave", wave.pk)
    assert PART not in text(client, mercy, "surveys:report", wave.pk, mercy.unit.pk)


@pytest.mark.parametrize(
    ("gap", "low", "high", "verdict", "sentence"),
    [
        (-0.6, -1.0, -0.2, "clear difference", "clearly less engaged"),
        (0.3, -0.1, 0.7, "no clear difference", "do not clearly differ"),
    ],
)
def test_the_verdict_rests_on_the_interval(
    gap: float, low: float, high: float, verdict: str, sentence: str
) -> None:
    figures = {"leaders_n": 10, "led_n": 20, "leaders_mean": 3 + gap, "led_mean": 3.0}
    row = PublishedGap(gap=gap, low=low, high=high, scale_low=1, scale_high=5, organization_id=1, **figures)
    card = gap_card(row, Wave(organization_id=1))
    assert (card.verdict, sentence in card.sentence) == (verdict, True)


def test_the_page_asks_as_many_questions_for_one_gap_as_for_two(
    mercy: World, sign_in: SignIn, poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(mercy.stella)
    address = reverse("surveys:wave", args=[mercy.slug, poll.wave.pk])
    both = queries_of(client, address)
    monkeypatch.setattr("surveys.views.waves.upper_gaps", lambda wave_id, most: upper_gaps(wave_id, most=1))
    page = client.get(address).content.decode()
    assert "The uppermost 1 of 2; the others" in page
    assert queries_of(client, address) == both


def test_whoever_answers_reads_that_leaders_are_compared_with_the_led(
    mercy: World, next_transaction: object
) -> None:
    words = "in groups of at least 10 of each"
    for instrument, count in (
        (make_engagement_instrument(mercy.organization), 1),
        (make_short_instrument(mercy.organization), 0),
    ):
        assert [words in str(clause.words) for clause in promise(make_wave(instrument))].count(True) == count
