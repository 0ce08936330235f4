"""Simulating vacancies to come, and keeping what came out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Position
from succession.models import Scenario
from succession.permissions import SUCCESSION_IS_WATCHED_BY, watches_succession
from succession.queries.benches import Benches, benches
from succession.queries.intentions import declarations
from succession.vacancies import QUARTERS, RUNS, Outlook, Plan, quarter_of, vacancy_outlook

SEED: Final = 20_260
KEPT: Final = 12  # positions told of: those the question changes most, then the most often unfilled


@dataclass(frozen=True, slots=True)
class Question:
    """What to simulate: how it goes on by itself, or what if whoever holds a position leaves on a day."""

    title: str
    position: Position | None = None
    leaves_on: dt.date | None = None


@transaction.atomic
def simulate(question: Question, *, by: Member) -> Scenario:
    """Eight years in 10,000 runs: about a second for 242 positions. Both outlooks have the same draws."""
    demand(watches_succession(by), SUCCESSION_IS_WATCHED_BY)
    today = timezone.localdate()
    found = benches(on=today)
    if not found.positions:
        raise ValidationError(_("There is no position to simulate."))
    leaving = _leaving(question, found, today)
    declared = declarations(on=today)
    plan = found.plan(declared)
    planned = vacancy_outlook(plan, seed=SEED)
    asked = vacancy_outlook(plan, seed=SEED, leaving=leaving) if leaving else None
    return Scenario.objects.create(
        title=question.title.strip(),
        position=question.position,
        leaves_on=question.leaves_on,
        made_by_id=by.person_id,
        start=today,
        runs=RUNS,
        seed=SEED,
        figures={**_figures(found, plan, planned, asked), "declared": len(declared)},
    )


def _leaving(question: Question, found: Benches, today: dt.date) -> dict[int, int]:
    if question.position is None or question.leaves_on is None:
        return {}
    if question.leaves_on < today:
        raise ValidationError({"leaves_on": _("This day is past.")})
    quarter = quarter_of(question.leaves_on, start=today)
    if quarter >= QUARTERS:
        raise ValidationError({"leaves_on": _("Expected a day within eight years.")})
    place = found.place_of[question.position.pk]
    if found.positions[place].incumbent_id is None:
        raise ValidationError({"position": _("Nobody holds it: there is nobody who could leave.")})
    return {place: quarter}


def _figures(found: Benches, plan: Plan, planned: Outlook, asked: Outlook | None) -> dict[str, Any]:
    chance = planned.unfilled_chance
    then = chance if asked is None else asked.unfilled_chance
    order = np.lexsort((-then, chance - then))[:KEPT]
    return {
        "positions": len(found.positions),
        "candidacies": len(plan.candidate_position),
        "planned": _told(planned),
        "asked": _told(asked) if asked else None,
        "often": [
            [
                str(found.positions[place].position_id),
                float(chance[place]),
                float(then[place]) if asked else None,
            ]
            for place in order.tolist()
            if then[place] > 0
        ],
    }


def _told(outlook: Outlook) -> dict[str, list[list[int]]]:
    """Quantiles 5, 50 and 95 % by quarter."""
    return {"vacancies": outlook.vacancies.tolist(), "unfilled": outlook.unfilled.tolist()}
