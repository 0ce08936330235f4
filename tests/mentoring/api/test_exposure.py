"""Logging exposure, the report's summary and missing logs by API."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from mentoring.models import Exposure, ExposureReview
from people.enums import Role
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.exposure import make_exposure, make_exposure_review, make_mentorship
from tests.factories.people import make_cohort, make_cohort_membership, make_grant, make_person, make_user
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


def log(world: World, who: str = "mara", **changes: Any) -> Any:
    body = {"kind": "led_meeting", "day": timezone.localdate().isoformat(), "mentorships": None, **changes}
    return post(api(world, world.people[who]), path(world, "me/exposure-log"), **body)


def test_one_call_logs_for_all_mentees_or_some(mercy: World, in_mercy: Scope) -> None:
    first = make_mentorship(mercy.mara, mercy.ada)
    make_mentorship(mercy.mara, mercy.colin)
    assert log(mercy, mentorships=[str(first.pk)]).json() == {"mentees": 1}
    logged = log(mercy, kind="presented")
    assert (logged.status_code, logged.json()) == (201, {"mentees": 2})
    assert Exposure.objects.filter(mentorship=first).count() == 2


def test_a_log_that_cannot_be_is_refused_at_the_field(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert faults(log(mercy, day=tomorrow.isoformat()), 422).keys() == {"/day"}
    assert faults(log(mercy, kind="other"), 422).keys() == {"/text"}
    assert faults(log(mercy, kind="tea", text="Two\nlines"), 400).keys() == {"/kind", "/text"}
    problem(log(mercy, "eli"), 409)


def test_nobody_logs_for_the_mentees_of_others(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.eli, mercy.colin)
    mine = [make_mentorship(mercy.mara, mercy.ada), make_mentorship(fenwick.mara, fenwick.ada)]
    assert log(mercy, mentorships=[str(each.pk) for each in mine]).json() == {"mentees": 1}
    problem(log(mercy, "eli", mentorships=[str(mine[0].pk)]), 409)


def test_what_was_logged_by_mistake_is_taken_back(mercy: World, in_mercy: Scope) -> None:
    pair = make_mentorship(mercy.mara, mercy.ada)
    fresh, counted = make_exposure(pair), make_exposure(pair, dt.date(2026, 2, 1))
    problem(api(mercy, mercy.ada).delete(path(mercy, "me/exposure-log", fresh.pk)), 404)
    mara = api(mercy, mercy.mara)
    assert mara.delete(path(mercy, "me/exposure-log", fresh.pk)).status_code == 204
    problem(mara.delete(path(mercy, "me/exposure-log", counted.pk)), 409)
    assert list(Exposure.objects.values_list("pk", flat=True)) == [counted.pk]


def test_the_report_is_narrowed_by_period_and_cohort(mercy: World, in_mercy: Scope) -> None:
    make_exposure(make_mentorship(mercy.mara, mercy.ada), dt.date(2026, 2, 1))
    other = make_cohort(mercy.programme, "Another")
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/exposure")
    totals = {
        asked: [row["total"] for row in get(paula, f"{url}?{asked}")["results"]]
        for asked in ("period=year", "period=quarter", f"cohort={mercy.cohort.pk}", f"cohort={other.pk}")
    }
    assert list(totals.values()) == [[1], [0], [1], []]
    assert faults(paula.get(f"{url}?period=never&cohort=x"), 400).keys() == {"/period", "/cohort"}


def test_executives_are_told_of_no_small_group(mercy: World, in_mercy: Scope) -> None:
    mentees = [make_person(mercy.organization, f"Mentee{number}", mercy.unit) for number in range(9)]
    for mentee in mentees:
        make_cohort_membership(mercy.cohort, mentee)
    for mentee in mentees[:5]:
        make_exposure(make_mentorship(mercy.mara, mentee))
    make_exposure(make_mentorship(mercy.mara, mercy.ada), kind="presented")
    url = path(mercy, "mentoring/exposure/summary")
    director, executive = (get(api(mercy, mercy.people[who]), url) for who in ("paula", "eli"))
    assert (director["people"], director["none"], director["reached"]["presented"]) == (10, 4, 1)
    assert (executive["people"], executive["none"], executive["looks"]) == (10, None, None)
    assert (executive["reached"]["presented"], executive["reached"]["led_meeting"]) == (None, 5)
    problem(api(mercy, mercy.mara).get(url), 403)


def test_a_missing_log_is_looked_into_and_closed(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    review = make_exposure_review(mercy.mara, "2026Q2")
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/missing-logs")
    [listed] = get(paula, url)["results"]
    assert (listed["mentor"]["name"], listed["quarter"]) == ("Mara Mercy", "2026Q2")
    detail = get(paula, f"{url}/{review.pk}")
    assert [quarter["owed"] for quarter in detail["history"]] == [True]
    assert faults(post(paula, f"{url}/{review.pk}/close", end="logged"), 400).keys() == {"/end"}
    closed = post(paula, f"{url}/{review.pk}/close", end="away", note="On leave.").json()
    assert (closed["end"], closed["closed_by"]["id"]) == ("away", str(mercy.paula.pk))
    assert get(paula, url)["results"] == []
    problem(post(paula, f"{url}/{review.pk}/close", end="away"), 409)


def test_missing_logs_are_for_those_who_follow_them(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    review = make_exposure_review(mercy.mara, "2026Q2")
    dora = make_person(mercy.organization, "Dora", mercy.unit)
    make_user(dora)
    make_grant(dora, Role.PROGRAMME_DIRECTOR, make_cohort(mercy.programme, "Another"))
    one = path(mercy, "mentoring/missing-logs", review.pk)
    problem(api(mercy, dora).get(one), 404)
    problem(post(api(mercy, dora), f"{one}/close", end="away"), 404)
    for who in ("mara", "eli"):
        problem(api(mercy, mercy.people[who]).get(one), 403)
        problem(post(api(mercy, mercy.people[who]), f"{one}/close", end="away"), 403)
    assert ExposureReview.objects.get().is_open


@pytest.mark.parametrize("what", ["mentoring/missing-logs", "mentoring/exposure"])
def test_lists_cost_the_same_however_many(mercy: World, in_mercy: Scope, what: str) -> None:
    henry, costs = api(mercy, mercy.henry), []
    for count in (2, 18):
        for number in range(count):
            person = make_person(mercy.organization, f"Person{count}{number}", mercy.unit)
            make_cohort_membership(mercy.cohort, person)
            make_exposure_review(person, "2026Q2")
        costs.append(queries_of(henry, path(mercy, what)))
    assert costs[0] == costs[1]
