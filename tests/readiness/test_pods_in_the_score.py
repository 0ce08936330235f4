"""Marked pods and verified capstones as evidence of the score, and how its page opens them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport.models import Pod
from passport.permissions import Subject
from passport.pod_services import Mark, case_of, mark_attempt
from people.models import Person
from people.queries import member_for
from readiness.evidence import breakdown_of
from readiness.models import Snapshot
from readiness.services import score_quarter
from tenancy.jobs.periods import end_of
from tenancy.scope import Scope, tenant_scope
from tests.factories.passport import (
    DECIDED,
    find_milestone,
    make_attempt,
    make_holder,
    make_marked,
    make_pod,
    make_presets,
    make_verified_capstone,
)
from tests.factories.readiness import LAST_DAY, QUARTER, make_pulse
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def world(mercy: World, in_mercy: Scope) -> World:
    make_presets(mercy.organization)
    return mercy


def pod_for(world: World, title: str, key: str = "budget", **fields: object) -> Pod:
    return make_pod(world.organization, key, milestone=find_milestone(world.organization, title), **fields)


def newest(world: World) -> Snapshot:
    return Snapshot.objects.select_related("weights").filter(person=world.ada).latest("revision")


def test_a_marked_pod_moves_the_score(world: World) -> None:
    pod = pod_for(world, "Budget a service line", expected_level=4)
    attempt = make_attempt(world.ada, pod)
    make_pulse(world.ada, [50, 60, 70, 80, 90])
    score_quarter(QUARTER)
    assert (newest(world).financial_acumen, newest(world).known) == (60.0, 0)
    director = member_for(world.mara.pk, on=timezone.localdate())
    assert director is not None
    rubric = {each.key: Mark(3, "Seen.") for each in case_of(pod.content).rubric}
    mark_attempt(attempt, rubric, subject=Subject(world.ada.pk, frozenset({world.cohort.pk})), by=director)
    assert score_quarter(QUARTER).snapshots == 1
    snapshot = newest(world)
    assert snapshot.pods == [None, 75.0, None, None, None]
    assert snapshot.financial_acumen == pytest.approx(0.3 * 60 + 0.7 * 75)
    assert (snapshot.revision, snapshot.known, snapshot.known_count) == (2, 0b00010, 1)


def test_of_each_pod_the_latest_marked_attempt_counts_whatever_its_version(world: World) -> None:
    first = pod_for(world, "Budget a service line", state="retired")
    second = pod_for(world, "Budget a service line", version=2)
    other = pod_for(world, "Budget a service line", key="forecast")
    make_marked(world.ada, first, [4, 4], world.mara)
    make_marked(world.ada, second, [1, 2], world.mara, finished_at=DECIDED + dt.timedelta(days=1))
    make_attempt(world.ada, second, finished_at=DECIDED + dt.timedelta(days=2))  # not marked yet
    make_marked(world.ada, other, [4], world.mara)
    score_quarter(QUARTER)
    assert newest(world).pods == [None, (37.5 + 100) / 2, None, None, None]


@pytest.mark.parametrize(("moment", "counts"), [(dt.timedelta(seconds=-1), True), (dt.timedelta(0), False)])
def test_an_attempt_counts_from_the_day_it_was_finished(
    world: World, moment: dt.timedelta, counts: bool
) -> None:
    pod = pod_for(world, "Budget a service line")
    at = end_of(LAST_DAY) + moment
    make_marked(world.ada, pod, [4], world.mara, finished_at=at, marked_at=at + dt.timedelta(days=3))
    score_quarter(QUARTER)
    assert (newest(world).pods is not None) is counts


def test_a_pod_without_a_milestone_is_in_no_dimension(world: World) -> None:
    make_marked(world.ada, make_pod(world.organization), [4], world.mara)
    score_quarter(QUARTER)
    assert (newest(world).pods, newest(world).known) == (None, 0)


def test_a_verified_capstone_counts_where_its_milestone_is(world: World) -> None:
    note = find_milestone(world.organization, "Write a strategy note")
    own = pod_for(world, "Budget a service line", capstone_milestone=note)
    make_verified_capstone(world.ada, own, world.mara)
    make_verified_capstone(world.ada, pod_for(world, "Budget a service line", key="forecast"), world.mara)
    late = pod_for(world, "Negotiate for resources", key="late")
    make_verified_capstone(world.ada, late, world.mara, submitted_on=LAST_DAY + dt.timedelta(days=1))
    score_quarter(QUARTER)
    snapshot = newest(world)
    assert snapshot.capstones == [1, 1, None, None, None]
    assert snapshot.points == [100.0, 100.0, None, None, None]
    assert [each.known for each in breakdown_of(snapshot).dimensions] == [True, True, False, False, False]


def test_the_page_opens_every_level_and_project(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    pod = pod_for(mercy, "Budget a service line")
    attempt = make_marked(mercy.ada, pod, [3, 4, 3], mercy.mara)
    capstone = make_verified_capstone(mercy.ada, pod, mercy.mara)
    with tenant_scope(mercy.organization.pk):
        score_quarter(QUARTER)
    ada = sign_in(mercy.ada)
    address = reverse("readiness:score", args=[mercy.slug, mercy.ada.pk, QUARTER])
    shown = " ".join(ada.get(address).content.decode().split())
    assert "levels 3, 4, 3: 83.33" in shown
    assert reverse("passport:pod_attempt", args=[mercy.slug, attempt.pk]) in shown
    assert reverse("passport:capstone", args=[mercy.slug, capstone.pk]) in shown
    assert "A verified project counts in full." in shown
    assert "has changed since" not in shown
    again = {"finished_at": DECIDED + dt.timedelta(days=1)}
    make_marked(mercy.ada, pod, [4, 4, 4], mercy.mara, **again)
    assert "has changed since" in ada.get(address).content.decode()
