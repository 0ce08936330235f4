"""Coaches' places and coaching sessions, by API."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from readiness.enums import CoachingState
from sponsors.models import CoachingSession, Goal
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.readiness import make_snapshot, make_task
from tests.factories.sponsors import make_action, make_coaching, make_seat
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

NOW = timezone.now()
SOON = {"starts_at": (NOW + dt.timedelta(days=3)).isoformat(), "format": "video"}
AGO = {"starts_at": (NOW - dt.timedelta(days=3)).isoformat(), "format": "video"}


@pytest.fixture
def coached(mercy: World, in_mercy: Scope, goal: Goal) -> World:
    """Olga coaches Ada."""
    make_seat(mercy.ada, mercy.olga, by=mercy.eli, domain="coaching")
    return mercy


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "coaching", *more)


def test_a_coach_says_how_many(coached: World) -> None:
    olga, url = api(coached, coached.olga), path(coached, "me/coaching")
    assert get(olga, url) == {"places": 4, "approach": "", "coached": 1}
    assert put(olga, url, places=2, approach="I ask.").json() == {
        "places": 2,
        "approach": "I ask.",
        "coached": 1,
    }
    assert faults(put(olga, url, places=21), 400).keys() == {"/places"}


def test_a_session_from_plan_to_held(coached: World, goal: Goal) -> None:
    action = make_action(goal, kind="coaching", domain="coaching")
    ada, olga = api(coached, coached.ada), api(coached, coached.olga)
    assert faults(post(ada, of(coached), coach=str(coached.mara.pk), **SOON), 422).keys() == {"/coach"}
    assert faults(post(ada, of(coached), **SOON, minutes=5), 400).keys() == {"/minutes"}
    far = {**SOON, "starts_at": (NOW + dt.timedelta(days=400)).isoformat()}
    assert faults(post(olga, of(coached), **far), 422).keys() == {"/starts_at"}
    made = post(olga, of(coached), **AGO, agenda="Saying no", action=str(action.pk))
    assert (made.status_code, made.json()["coach"]["name"]) == (201, "Olga Mercy")
    one = of(coached, made.json()["id"])
    assert get(ada, one)["agenda"] == "Saying no"
    assert put(ada, one, **AGO, agenda="Saying yes").json()["agenda"] == "Saying yes"
    assert post(ada, f"{one}/record", state="held").json()["state"] == "held"
    assert faults(post(ada, f"{one}/record", state="planned"), 400).keys() == {"/state"}
    problem(post(ada, f"{one}/cancel"), 409)


def test_the_team_reads_when_and_not_what_about(coached: World) -> None:
    made = make_coaching(coached.ada, coached.olga, agenda="Between us")
    for who in ("eli", "mara"):
        reader = api(coached, coached.people[who])
        [seen] = get(reader, of(coached))
        assert (seen["id"], seen["agenda"], seen["flag"]) == (str(made.pk), None, None)
        problem(reader.get(of(coached, made.pk)), 404)
        problem(post(reader, of(coached), **SOON), 403)
    problem(api(coached, coached.colin).get(of(coached)), 403)
    problem(api(coached, coached.paula).get(of(coached)), 403)
    problem(api(coached, coached.stella).get(of(coached)), 404)


def test_who_has_the_task_of_a_low_score_plans_for_it(coached: World) -> None:
    task = make_task(make_snapshot(coached.ada), state=CoachingState.ASSIGNED, owner=coached.stella)
    stella = api(coached, coached.stella)
    problem(post(stella, of(coached), **SOON), 404)
    made = post(stella, of(coached), **SOON, flag=str(task.pk))
    assert (made.status_code, made.json()["flag"]) == (201, str(task.pk))
    session = CoachingSession.objects.get()
    assert post(stella, of(coached, session.pk, "cancel")).json()["state"] == "cancelled"


def test_many_sessions_cost_the_same(coached: World) -> None:
    eli = api(coached, coached.eli)
    make_coaching(coached.ada, coached.olga)
    one = queries_of(eli, of(coached))
    for days in (4, 5):
        make_coaching(coached.ada, coached.olga, starts_at=NOW + dt.timedelta(days=days))
    assert queries_of(eli, of(coached)) == one
