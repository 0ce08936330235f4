"""Who looks after a leader, and the team, by API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from sponsors.models import Goal, TeamSeat
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_person
from tests.factories.sponsors import make_seat
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, *more)


def test_the_chart_says_who_looks_after_a_leader(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    seen = get(api(mercy, mercy.ada), of(mercy))
    assert seen["seat"] == {
        "is_leader": True,
        "is_sponsor": False,
        "is_manager": False,
        "oversees": False,
        "domains": [],
    }
    assert seen["sponsorship"]["sponsor"]["name"] == "Eli Mercy"
    assert [each["name"] for each in seen["managers"]] == ["Mara Mercy"]
    assert [(each["specialist"]["name"], each["need"]) for each in seen["team"]] == [
        ("Colin Mercy", "To read a budget")
    ]


def test_who_oversees_sees_that_it_runs(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    seen = get(api(mercy, mercy.paula), of(mercy))
    assert (seen["sponsorship"]["state"], seen["sponsorship"]["why"], seen["team"]) == ("active", None, [])
    problem(api(mercy, mercy.paula).get(of(mercy, "team")), 403)
    problem(api(mercy, mercy.stella).get(of(mercy)), 404)


def test_a_specialist_reads_the_own_need_alone(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    make_seat(mercy.ada, mercy.stella, by=mercy.eli, domain="coaching", need="To be calm")
    team = get(api(mercy, mercy.colin), of(mercy, "team"))
    assert {each["specialist"]["name"]: each["need"] for each in team} == {
        "Colin Mercy": "To read a budget",
        "Stella Mercy": None,
    }


def test_the_sponsor_convenes_and_releases(mercy: World, fenwick: World, in_mercy: Scope, goal: Goal) -> None:
    today = timezone.localdate()
    call = {"domain": "quality", "need": "To audit.", "since": today.isoformat()}
    eli, url = api(mercy, mercy.eli), of(mercy, "team")
    problem(post(api(mercy, mercy.ada), url, specialist=str(mercy.stella.pk), **call), 403)
    assert faults(post(eli, url, specialist=str(fenwick.stella.pk), **call), 422).keys() == {"/specialist"}
    assert faults(post(eli, url, specialist="x", domain="x"), 400).keys() == {
        *("/specialist", "/domain", "/need", "/since")
    }
    early = {**call, "until": (today - dt.timedelta(days=1)).isoformat()}
    assert faults(post(eli, url, specialist=str(mercy.stella.pk), **early), 422).keys() == {"/until"}
    made = post(eli, url, specialist=str(mercy.stella.pk), **call)
    assert (made.status_code, made.json()["specialist"]["name"]) == (201, "Stella Mercy")
    finance = TeamSeat.objects.get(specialist=mercy.colin)
    problem(post(api(mercy, mercy.mara), of(mercy, "team", finance.pk, "release")), 403)
    assert post(eli, of(mercy, "team", finance.pk, "release")).status_code == 204
    problem(post(eli, of(mercy, "team", finance.pk, "release")), 409)


@pytest.mark.parametrize("more", [2, 20])
def test_a_team_costs_the_same_however_large(mercy: World, in_mercy: Scope, goal: Goal, more: int) -> None:
    for number in range(more):
        make_seat(mercy.ada, make_person(mercy.organization, f"S {number}", mercy.unit), by=mercy.eli)
    ada = api(mercy, mercy.ada)
    assert len(get(ada, of(mercy))["team"]) == more + 1
    assert (queries_of(ada, of(mercy)), queries_of(ada, of(mercy, "team"))) == (9, 7)
