"""The key figures: what is told, to whom, and what is held back: page, files and API alike."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.enums import Profession
from people.models import CohortMembership, Person
from readiness.differences import Estimate, difference_of
from readiness.disclosure import SMALLEST_GROUP, shown_parts, spans_of
from readiness.indicators import Career
from readiness.key_figures import KeyFigure, Measure, figures_by_year, figures_of
from surveys.distributions import wilson_interval
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_appointment, make_cohort_membership, make_person, make_position
from tests.world import World

SignIn = Callable[[Person], Client]
PAGE, API = "readiness:key_figures", "readiness_api:key_figures"
HERE = timezone.localdate()
TODAY = dt.date(2026, 1, 1)


def years_ago(years: int, day: dt.date = HERE) -> dt.date:
    return day - dt.timedelta(days=round(365.25 * years))


# What is told.


def test_a_difference_holds_newcombes_interval() -> None:
    """56 of 70 less 48 of 80, the worked example (a) of Newcombe's paper, method 10: 0.0524 to 0.3339."""
    shares = [
        Estimate(k / n, float(found.low), float(found.high))
        for k, n in ((56, 70), (48, 80))
        for found in [wilson_interval(np.array(k), np.array(n))]
    ]
    found = difference_of(*shares)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def lines_of(lines: list[KeyFigure], measure: Measure) -> list[tuple[str, ...]]:
    return [(each.about, each.n, each.value, each.note) for each in lines if each.measure == measure]


def test_participants_stand_beside_others_and_the_difference() -> None:
    entry = dt.date(2022, 1, 1)
    gone = Career(entry, dt.date(2022, 7, 1))
    lines = figures_of({Career(entry): 9, gone: 1}, {Career(entry): 8, gone: 8}, today=TODAY)
    assert lines_of(lines, Measure.RETENTION_12) == [
        ("Participants", "10", "90", ""),
        ("Others", "16", "50", ""),
        ("Difference, percentage points", "", "+40", ""),
    ]
    assert [each.compared for each in lines[:3]] == [False, True, True]
    assert "Others: people of the same professions" in lines[1].definition


def test_a_few_others_are_not_compared_with() -> None:
    entry = dt.date(2022, 1, 1)
    lines = figures_of({Career(entry): 9}, {Career(entry): 4}, today=TODAY)
    assert [line[1:3] for line in lines_of(lines, Measure.RETENTION_24)] == [("9", "100"), ("", ""), ("", "")]


def test_years_with_few_are_taken_together() -> None:
    careers = {Career(dt.date(year, 1, 1)): n for year, n in ((2019, 3), (2020, 4), (2021, 6), (2022, 2))}
    lines = figures_by_year(careers, today=TODAY)
    assert [line[:2] for line in lines_of(lines, Measure.VELOCITY)] == [
        ("Entered 2019–2020", "7"),
        ("Entered 2021–2022", "8"),
    ]


def test_the_few_of_one_year_are_not_what_all_less_the_other_would_tell() -> None:
    """Of 2024 four are known after 12 months, of 2021 six: six alone would give the four away."""
    careers = {
        Career(dt.date(2021, 1, 1)): 6,
        Career(dt.date(2024, 12, 1)): 4,
        Career(dt.date(2024, 12, 31)): 2,
        Career(dt.date(2025, 12, 1)): 1,
    }
    lines = lines_of(figures_by_year(careers, today=dt.date(2025, 12, 15)), Measure.RETENTION_12)
    assert [(about, n) for about, n, *_rest in lines] == [("Entered 2021", ""), ("Entered 2024–2025", "")]


@given(st.lists(st.integers(0, 12), max_size=8))
def test_what_is_left_out_of_the_parts_is_nobody_or_no_small_group(parts: list[int]) -> None:
    shown = shown_parts(parts)
    left_out = sum(part for part, show in zip(parts, shown, strict=True) if not show)
    assert all(part >= SMALLEST_GROUP for part, show in zip(parts, shown, strict=True) if show)
    assert left_out == 0 or left_out >= SMALLEST_GROUP or sum(parts) < SMALLEST_GROUP


@given(st.dictionaries(st.integers(2000, 2030), st.integers(1, 12)))
def test_spans_of_years_cover_everybody_and_hold_five_each(people: dict[int, int]) -> None:
    spans = spans_of(people)
    held = [sum(n for year, n in people.items() if first <= year <= last) for first, last in spans]
    assert all(n >= SMALLEST_GROUP for n in held)
    assert sum(held) == (sum(people.values()) if sum(people.values()) >= SMALLEST_GROUP else 0)


# To whom.


def enrol(world: World, count: int, *, years: int = 4) -> list[Person]:
    """So many nurses in the cohort, the first of whom has left after half a year."""
    day = years_ago(years)
    people = [
        make_person(
            world.organization, f"Nurse{number}", world.unit, start_date=day, profession=Profession.NURSE
        )
        for number in range(count)
    ]
    for person in people:
        make_cohort_membership(world.cohort, person, start_date=day)
    return people


def leave(world: World, person: Person, day: dt.date) -> None:
    with tenant_transaction(world.organization.pk):
        Person.objects.filter(pk=person.pk).update(end_date=day)


@pytest.fixture
def empty(mercy: World) -> World:
    with tenant_transaction(mercy.organization.pk):
        CohortMembership.objects.all().delete()
    return mercy


def everywhere(client: Client, world: World, **query: object) -> list[list[tuple[str, str, str]]]:
    """What the page, the file and the API tell: (figure, whom, value) of each line that has one."""
    answers = [client.get(reverse(name, args=[world.slug]), query) for name in (PAGE, f"{PAGE}_csv", API)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    page, file, api = answers
    sections: list[Any] = page.context["sections"]
    on_page = [line for part in ("now", "over_time") for each in sections for line in getattr(each, part)]
    in_file = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    labels = dict(Measure.choices)
    return [
        sorted(
            (str(each.measure.label), each.about, each.value.replace("−", "-").lstrip("+"))
            for each in on_page
            if each.value
        ),
        sorted((row["Figure"], row["Whom"], row["Value"].lstrip("+")) for row in in_file if row["Value"]),
        sorted(
            (str(labels[row["measure"]]), row["about"], row["words"].replace("−", "-").lstrip("+"))
            for row in api.json()
            if row["words"]
        ),
    ]


def test_page_file_and_api_tell_the_same(empty: World, sign_in: SignIn) -> None:
    people = enrol(empty, 6)
    leave(empty, people[0], years_ago(4) + dt.timedelta(days=100))
    for person in people[1:5]:
        make_appointment(make_position(empty.unit), person, start_date=years_ago(2))
    page, file, api = everywhere(sign_in(empty.eli), empty)
    assert ("Still employed after 12 months, %", "Participants", "83") in page
    assert ("Median years from entry to the first titled role", "Participants", "2.0") in page
    assert file == page
    assert api == page


@pytest.mark.parametrize("name", ["paula", "henry", "eli"])
def test_four_are_too_few_everywhere(empty: World, sign_in: SignIn, name: str) -> None:
    people = enrol(empty, 4)
    client = sign_in(empty.people[name])
    assert everywhere(client, empty) == [[], [], []]
    assert "not shown: fewer than 5 people" in client.get(reverse(PAGE, args=[empty.slug])).content.decode()
    make_cohort_membership(empty.cohort, empty.colin, start_date=people[0].start_date)
    assert all(everywhere(client, empty))  # five are enough


def test_others_are_told_of_over_everybody_alone(empty: World, sign_in: SignIn) -> None:
    enrol(empty, 6)
    for number in range(5):
        make_person(
            empty.organization, f"O{number}", empty.unit, start_date=years_ago(4), profession=Profession.NURSE
        )
    paula = sign_in(empty.paula)
    others = ("Still employed after 36 months, %", "Others", "100")
    assert [others in told for told in everywhere(paula, empty)] == [True, True, True]
    told = everywhere(paula, empty, cohort=empty.cohort.pk)
    assert not any("Others" in line or "Difference" in line[1] for each in told for line in each)


def test_files_define_each_figure(empty: World, sign_in: SignIn) -> None:
    enrol(empty, 6)
    client = sign_in(empty.eli)
    text = client.get(reverse(f"{PAGE}_csv", args=[empty.slug])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert all("Kaplan-Meier" in row["Definition"] or "The same from" in row["Definition"] for row in rows)
    page = client.get(reverse(PAGE, args=[empty.slug])).content.decode()
    assert "Kaplan-Meier with log-log interval" in page
    assert "the day of the change of stage to attending" in page
    workbook = client.get(reverse(f"{PAGE}_xlsx", args=[empty.slug]))
    assert workbook.content[:2] == b"PK"


def test_the_page_costs_the_same_for_six_and_for_eighteen(empty: World, sign_in: SignIn) -> None:
    client, url = sign_in(empty.henry), reverse(PAGE, args=[empty.slug])
    enrol(empty, 6)
    few = queries_of(client, url)
    enrol(empty, 12, years=2)
    assert queries_of(client, url) == few


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [("1.2", "3.4", "1.2 to 3.4"), ("1.2", "", "1.2 or more"), ("", "3.4", "3.4 or less"), ("", "", "")],
)
def test_an_end_of_an_interval_that_is_not_reached_is_open(low: str, high: str, words: str) -> None:
    assert KeyFigure(Measure.VELOCITY, "2024", "12", "", low, high).interval == words
