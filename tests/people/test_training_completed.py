"""The day on which training was completed: from a file, or from the change of stage."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from people.enums import CareerStage, ImportKind
from people.models import Person
from tests.people.imports.files import bring_in
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_mercy")
JUNE = dt.date(2024, 6, 30)


def its_today() -> dt.date:
    """The day it is where the trigger runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        day: dt.date = cursor.fetchone()[0]
    return day


def move(person: Person, stage: CareerStage) -> dt.date | None:
    Person.objects.filter(pk=person.pk).update(career_stage=stage)
    return Person.objects.get(pk=person.pk).training_completed_on


def test_training_is_completed_on_the_day_of_becoming_an_attending(mercy: World) -> None:
    assert move(mercy.ada, CareerStage.FELLOW) is None
    assert move(mercy.ada, CareerStage.EARLY_ATTENDING) == its_today()


def test_who_was_not_in_training_completed_none(mercy: World) -> None:
    assert move(mercy.colin, CareerStage.ATTENDING) is None


def test_a_day_that_is_known_stays(mercy: World) -> None:
    Person.objects.filter(pk=mercy.ada.pk).update(training_completed_on=JUNE)
    assert move(mercy.ada, CareerStage.ATTENDING) == JUNE


def test_a_file_may_say_the_day_or_the_stage(mercy: World) -> None:
    head = ("Person ID", "Given name", "Family name", "Unit ID", "Start date", "Stage", "Graduation date")
    row = ("N1", "Nora", "Nolan", mercy.unit.external_id, "2020-01-01")
    bring_in(ImportKind.PEOPLE, head, (*row, "Attending", "2024-06-30"))
    assert Person.objects.get(external_id="N1").training_completed_on == JUNE
    later = ("N2", *row[1:])
    bring_in(ImportKind.PEOPLE, head[:-1], (*later, "Fellow"))
    bring_in(ImportKind.PEOPLE, head[:-1], (*later, "Attending"))
    assert Person.objects.get(external_id="N2").training_completed_on == its_today()
