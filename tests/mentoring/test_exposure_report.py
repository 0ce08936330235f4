"""Who was given which looks at leadership, and who none."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.enums import ExposureKind
from mentoring.exposure.report import (
    begin_of,
    chair_words,
    may_tell,
    mentees_of,
    report_for,
    summary_of,
    with_looks,
)
from people.enums import Role
from people.models import Person
from people.queries import member_for
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.exposure import make_exposure, make_mentorship
from tests.factories.people import make_cohort, make_cohort_membership, make_grant, make_person, make_user
from tests.world import World

SignIn = Callable[[Person], Client]
ON = dt.date(2026, 11, 22)


def newcomers(world: World, count: int) -> list[Person]:
    people = [make_person(world.organization, f"New{number}", world.unit) for number in range(count)]
    for person in people:
        make_cohort_membership(world.cohort, person, start_date=dt.date(2026, 9, 1))
    return people


def url(world: World, name: str = "exposure_report") -> str:
    return reverse(f"mentoring:{name}", args=[world.slug])


@pytest.mark.parametrize(
    ("first", "on", "words"),
    [
        (dt.date(2026, 7, 1), ON, "within six months"),
        (dt.date(2026, 7, 3), ON, "within six months"),
        (dt.date(2026, 7, 4), ON, "later"),
        (None, dt.date(2026, 7, 3), "still time"),
        (None, dt.date(2026, 7, 4), "missing"),
    ],
)
def test_chair_level_exposure_is_wanted_within_six_months(
    first: dt.date | None, on: dt.date, words: str
) -> None:
    assert chair_words(dt.date(2026, 1, 1), first, on=on) == words


@pytest.mark.parametrize(
    ("period", "begin"),
    [("quarter", dt.date(2026, 10, 1)), ("year", dt.date(2025, 11, 22)), ("all", dt.date.min)],
)
def test_a_period_begins(period: str, begin: dt.date) -> None:
    assert begin_of(period, ON) == begin
    assert begin_of("year", dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)


def test_looks_are_counted_by_kind_and_tier(mercy: World, in_mercy: Scope) -> None:
    newcomers(mercy, 2)
    senior = make_mentorship(mercy.mara, mercy.ada)
    chair = make_mentorship(mercy.colin, mercy.ada, tier="chair")
    make_exposure(senior, dt.date(2026, 11, 1), kind=ExposureKind.CHAIR_MEETING)
    make_exposure(senior, dt.date(2026, 11, 2))
    make_exposure(chair, dt.date(2024, 2, 1), kind=ExposureKind.PRESENTED)
    paula = member_for(mercy.paula.pk, on=ON)
    assert paula is not None
    report = report_for(paula, since=dt.date(2026, 1, 1), on=ON)
    ada = with_looks(mentees_of(report), report).get(pk=mercy.ada.pk)
    counts = ("total", "chair_meeting_count", "led_meeting_count", "presented_count", "senior_count")
    assert [getattr(ada, name) for name in (*counts, "chair_count")] == [2, 1, 1, 0, 2, 0]
    assert (ada.entered, ada.first_chair) == (dt.date(2024, 1, 1), dt.date(2024, 2, 1))  # type: ignore[attr-defined]
    summary = summary_of(report)
    assert (summary.people, summary.none, summary.in_time, summary.due) == (3, 2, 1, 1)
    assert summary.looks == [2, 0, 1, 0, 0]
    assert summary.reached["chair_meeting"] == 1


def test_the_file_is_the_table(mercy: World, sign_in: SignIn) -> None:
    newcomers(mercy, 2)
    make_exposure(make_mentorship(mercy.mara, mercy.ada), kind=ExposureKind.CHAIR_MEETING)
    paula = sign_in(mercy.paula)
    page = paula.get(url(mercy), {"sort": "-total"}).content.decode()
    file = paula.get(url(mercy, "exposure_csv"), {"sort": "-total"}).content.decode("utf-8-sig")
    head, *rows = csv.reader(file.splitlines())
    assert head[:3] == ["Mentee", "All", "Chair meeting"]
    assert [row[:3] for row in rows] == [
        ["Ada Mercy", "1", "1"],
        ["New1 Smith", "0", "0"],
        ["New0 Smith", "0", "0"],
    ]
    assert page.index("Ada Mercy") < page.index("New1 Smith") < page.index("New0 Smith")
    assert rows[0][-1] in page
    assert "33 %" in page


def test_a_director_sees_the_own_cohort_alone(mercy: World, sign_in: SignIn) -> None:
    director = make_person(mercy.organization, "Near", mercy.unit)
    make_user(director)
    make_grant(director, Role.PROGRAMME_DIRECTOR, make_cohort(mercy.programme, "Another"))
    assert "Ada Mercy" in sign_in(mercy.paula).get(url(mercy)).content.decode()
    assert "Ada Mercy" not in sign_in(director).get(url(mercy)).content.decode()
    filtered = sign_in(director).get(url(mercy), {"cohort": str(mercy.cohort.pk)})
    assert "Ada Mercy" not in filtered.content.decode()


def test_the_report_costs_the_same_for_one_and_for_three(mercy: World, sign_in: SignIn) -> None:
    paula, costs = sign_in(mercy.paula), []
    for count in (0, 2):
        newcomers(mercy, count)
        costs.append(queries_of(paula, url(mercy)))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("part", "told"), [(0, True), (4, False), (5, True), (7, True), (8, False), (12, True)]
)
def test_an_executive_is_told_of_five_or_none(part: int, told: bool) -> None:
    assert may_tell(part, 12) is told


def test_an_executive_sees_figures_and_no_persons(mercy: World, sign_in: SignIn) -> None:
    people = newcomers(mercy, 9)
    for number, person in enumerate(people[:6]):
        kind = ExposureKind.CHAIR_MEETING if number else ExposureKind.PRESENTED
        make_exposure(make_mentorship(mercy.mara, person), kind=kind)
    page = sign_in(mercy.eli).get(url(mercy)).content.decode()
    assert "Smith" not in page
    assert 'name="cohort"' not in page
    assert "5 of 10" in page  # shadowed a chair meeting
    assert "1 of 10" not in page  # presented
    assert "not shown: fewer than five" in page
    assert "New0 Smith" in sign_in(mercy.paula).get(url(mercy)).content.decode()
    assert sign_in(mercy.eli).get(url(mercy, "exposure_csv")).status_code == 403
