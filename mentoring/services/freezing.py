"""Freezing what a run is told of its people: two statements, however many they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef

from mentoring.enums import Side
from mentoring.models import MatchProfile, MatchRun, MentorProfile
from mentoring.queries.satisfaction import ratings_for_matcher
from mentoring.tiers import ATTENDINGS, CHAIRS, IN_TRAINING
from mentoring.training import LONGEST, training_level
from people.enums import CareerStage
from people.models import CohortMembership, Person

LEAVING_WEEKS: Final = 8  # who leaves sooner is not proposed: free hours are counted as far ahead

_SQL = Path(__file__).resolve().parent.parent / "sql"
FREEZE_MENTORS: Final = (_SQL / "freeze_mentors.sql").read_text()
FREEZE_MENTEES: Final = (_SQL / "freeze_mentees.sql").read_text()


def freeze_profiles(run: MatchRun, *, on: dt.date) -> dict[Side, int]:
    """Write what the matcher is told of each side, as it is on a day; returns how many people are on each.

    A second call writes the same anew: what a run was told is never a mixture of two days.
    """
    MatchProfile.objects.filter(run=run).delete()
    levels, ratings = _levels(run), ratings_for_matcher(on=on)
    parameters: dict[str, Any] = {
        "run": run.pk,
        "today": on,
        "leaving": on + dt.timedelta(weeks=LEAVING_WEEKS),
        "in_training": sorted(IN_TRAINING),
        "attendings": sorted(ATTENDINGS),
        "chairs": sorted(CHAIRS),
        "rated": [mentor for mentor, _total, _number in ratings],
        "totals": [total for _mentor, total, _number in ratings],
        "numbers": [number for _mentor, _total, number in ratings],
        "stages": [stage for stage, _grade, _level in levels],
        "grades": [grade for _stage, grade, _level in levels],
        "levels": [level for _stage, _grade, level in levels],
        "longest": LONGEST,
    }
    with connection.cursor() as cursor:
        # The planner knows nothing of what the steps yield and would compare everybody with everybody.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(FREEZE_MENTORS, parameters)
        cursor.execute(FREEZE_MENTEES, parameters)
        cursor.execute("SET LOCAL enable_nestloop = on")
    return {
        side: MatchProfile.objects.filter(run=run, side=side).values("person").distinct().count()
        for side in Side
    }


def _levels(run: MatchRun) -> list[tuple[str, str, int]]:
    """(stage, grade, training level) for every combination among those who may take part."""
    in_cohort = CohortMembership.objects.filter(cohort=run.cohort_id, person=OuterRef("pk"))
    mentors = MentorProfile.objects.filter(person=OuterRef("pk"))
    combinations = (
        Person.objects.filter(Exists(in_cohort) | Exists(mentors))
        .values_list("career_stage", "training_grade")
        .distinct()
        .order_by("career_stage", "training_grade")
    )
    return [(stage, grade, training_level(CareerStage(stage), grade)) for stage, grade in combinations]
