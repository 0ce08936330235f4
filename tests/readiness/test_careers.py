"""Careers as the database counts them: participants, and others like them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from people.enums import CareerStage, Profession
from people.models import CohortMembership, Person
from people.queries import member_for
from readiness.careers import careers_of, careers_of_others
from readiness.cohorts import CohortFilter
from readiness.indicators import Career, Careers
from tests.factories.people import (
    START,
    make_appointment,
    make_cohort,
    make_cohort_membership,
    make_person,
    make_position,
)
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_mercy")
TODAY = dt.date(2026, 11, 1)
ENTRY = dt.date(2024, 3, 1)


def appoint(world: World, person: Person, day: dt.date) -> None:
    make_appointment(make_position(world.unit), person, start_date=day)


def participants(world: World) -> Careers:
    paula = member_for(world.paula.pk, on=TODAY)
    assert paula is not None
    return careers_of(CohortFilter("2026Q3"), paula, persons=True, on=TODAY)


def others(world: World) -> Careers:
    henry = member_for(world.henry.pk, on=TODAY)
    assert henry is not None
    return careers_of_others(henry, on=TODAY)


def enrol(world: World, name: str, **fields: Any) -> Person:
    person = make_person(world.organization, name, world.unit, **fields)
    make_cohort_membership(world.cohort, person, start_date=ENTRY)
    return person


@pytest.fixture
def alone(mercy: World) -> World:
    """With nobody in a cohort, and everybody here for long."""
    CohortMembership.objects.all().delete()
    Person.objects.all().update(start_date=dt.date(2019, 1, 1))
    return mercy


def test_roles_count_from_entry_and_from_completion_of_training(alone: World) -> None:
    done = dt.date(2024, 6, 30)
    person = enrol(alone, "Tess", career_stage=CareerStage.ATTENDING, training_completed_on=done)
    for day in (dt.date(2024, 2, 1), dt.date(2024, 5, 1), dt.date(2025, 1, 1)):
        appoint(alone, person, day)
    assert participants(alone) == {Career(ENTRY, None, dt.date(2024, 5, 1), done, dt.date(2025, 1, 1)): 1}


@pytest.mark.parametrize(
    ("stage", "done"),
    [
        (CareerStage.FELLOW, START),  # in training again
        (CareerStage.ATTENDING, START - dt.timedelta(days=366)),  # more than a year before coming here
    ],
)
def test_training_that_was_completed_elsewhere_long_ago_or_not_at_all_is_not_counted(
    alone: World, stage: CareerStage, done: dt.date
) -> None:
    enrol(alone, "Tess", career_stage=stage, training_completed_on=done)
    assert participants(alone) == {Career(ENTRY): 1}


def test_who_is_in_two_cohorts_entered_once(alone: World) -> None:
    person = enrol(alone, "Tess")
    second = make_cohort(alone.programme, "Second")
    make_cohort_membership(second, person, start_date=ENTRY + dt.timedelta(days=400))
    appoint(alone, person, dt.date(2024, 5, 1))
    assert participants(alone) == {Career(ENTRY, None, dt.date(2024, 5, 1)): 1}


def test_others_have_profession_and_start_year_of_a_participant_and_never_took_part(alone: World) -> None:
    nurse = {"profession": Profession.NURSE}
    enrol(alone, "Tess", **nurse)
    assert others(alone) == {}
    make_person(alone.organization, "Same", alone.unit, **nurse)
    late = make_person(alone.organization, "Late", alone.unit, start_date=dt.date(2024, 9, 1), **nurse)
    make_person(alone.organization, "Other", alone.unit, profession=Profession.PHYSICIAN)
    make_person(alone.organization, "Older", alone.unit, start_date=dt.date(2023, 12, 31), **nurse)
    make_person(alone.organization, "Left", alone.unit, end_date=ENTRY - dt.timedelta(days=1), **nurse)
    appoint(alone, late, dt.date(2025, 1, 1))
    assert others(alone) == {
        Career(ENTRY): 1,
        Career(late.start_date, None, dt.date(2025, 1, 1)): 1,
    }
