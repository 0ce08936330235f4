"""Choosing people on the cohort dashboard by profession and by the mentor they had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from readiness.cohorts import CohortFilter, scores_of
from tenancy.scope import Scope
from tests.factories.mentoring import make_mentorship
from tests.factories.readiness import QUARTER, make_snapshot
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]


def names_of(world: World, **filters: str) -> set[str]:
    chosen = CohortFilter(QUARTER, **filters)  # type: ignore[arg-type]  # strings all
    scores = scores_of(chosen, member_of(world.paula), persons=True, on=timezone.localdate())
    return {each.person.given_name for each in scores.select_related("person")}


def test_people_are_chosen_by_profession(mercy: World, in_mercy: Scope) -> None:
    Person.objects.filter(pk=mercy.ada.pk).update(profession="nurse")
    Person.objects.filter(pk=mercy.colin.pk).update(profession="physician")
    for person in (mercy.ada, mercy.colin):
        make_snapshot(person)
    assert names_of(mercy, profession="nurse") == {"Ada"}
    assert names_of(mercy, profession="physician") == {"Colin"}


def test_people_are_chosen_by_a_mentor_they_had_that_quarter(mercy: World, in_mercy: Scope) -> None:
    for person in (mercy.ada, mercy.colin):
        make_snapshot(person)
    begun = dt.date(2026, 8, 1)
    make_mentorship(mercy.mara, mercy.ada, started_on=begun, accepted_on=begun, offered_on=begun)
    late = dt.date(2026, 10, 1)  # after the quarter
    make_mentorship(mercy.mara, mercy.colin, started_on=late, accepted_on=late, offered_on=late)
    assert names_of(mercy, tier="peer") == {"Ada"}
    assert names_of(mercy, tier="chair") == set()


def test_the_filter_of_a_part_is_a_part(mercy: World) -> None:
    assert CohortFilter(QUARTER).is_everybody
    assert CohortFilter(QUARTER, state="flagged").is_everybody
    for part in ({"profession": "nurse"}, {"tier": "peer"}, {"specialty": "Cardiology"}):
        assert not CohortFilter(QUARTER, **part).is_everybody  # type: ignore[arg-type]


def test_a_filter_that_makes_no_sense_chooses_everybody(mercy: World, sign_in: SignIn) -> None:
    place = reverse("readiness:cohorts", args=[mercy.slug])
    assert sign_in(mercy.paula).get(f"{place}?profession=astronaut&tier=guru").status_code == 200
