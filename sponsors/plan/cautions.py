"""What a regimen should not be: all training, without experience, nobody's, late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from sponsors.plan.items import Plan


class Caution(StrEnum):
    """Training is not the plan (R11, C2): more than half of the hours in it, or nothing done for real."""

    MOSTLY_TRAINING = "mostly_training"
    NO_EXPERIENCE = "no_experience"
    NOBODYS = "nobodys"
    OVERDUE = "overdue"


# What gives real work, or a look at it.
DOING = frozenset({"experience", "exposure", "project"})
TRAINING = "training"


def cautions_of(plan: Plan, *, over: Collection[str] = (), on: dt.date) -> list[Caution]:
    """The cautions for a plan on a day, in the order of their declaration. `over`: the ids of actions that
    are done or dropped; they do not count. A plan without open actions has none."""
    return cautions_among([action for action in plan.actions if action.id not in over], on=on)


class Weighed(Protocol):
    """What cautions look at of an action."""

    @property
    def kind(self) -> str: ...
    @property
    def owner(self) -> object: ...
    @property
    def hours(self) -> Decimal: ...
    @property
    def due_on(self) -> dt.date: ...


def cautions_among(actions: Collection[Weighed], *, on: dt.date) -> list[Caution]:
    """The same for actions that are all open."""
    if not actions:
        return []
    found = {
        Caution.MOSTLY_TRAINING: training_share(actions) > 0.5,
        Caution.NO_EXPERIENCE: not any(action.kind in DOING for action in actions),
        Caution.NOBODYS: any(not action.owner for action in actions),
        Caution.OVERDUE: any(action.due_on < on for action in actions),
    }
    return [caution for caution, holds in found.items() if holds]


def training_share(actions: Collection[Weighed]) -> float:
    """The share of the hours that is training, 0 to 1; of the actions where no hours are planned at all. 0 of
    nothing."""
    hours = sum(action.hours for action in actions)
    if hours:
        return float(sum(action.hours for action in actions if action.kind == TRAINING) / hours)
    return sum(action.kind == TRAINING for action in actions) / len(actions) if actions else 0.0
