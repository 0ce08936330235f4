"""A regimen as plain values: what a version of it keeps, and what two versions are compared by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """What the leader wants to reach. `outcome`: align, execute or renew (R33)."""

    id: str
    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One step. `need`: the leader's need that it serves; `hours`: its dose; `owner`: the id of whoever sees
    to it, empty for nobody; `domain`: empty for what belongs to no specialist; `diagnosis`: the id of the one
    that it answers, empty for none."""

    id: str
    goal: str
    title: str
    kind: str
    need: str
    domain: str
    owner: str
    hours: Decimal
    start_on: dt.date
    due_on: dt.date
    evidence: str
    private: bool
    diagnosis: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Goals and actions, each in the order in which people read them."""

    goals: tuple[PlannedGoal, ...] = ()
    actions: tuple[PlannedAction, ...] = ()

    def without_private(self) -> Plan:
        """As the team reads it: what stays between leader and sponsor is left out."""
        return Plan(self.goals, tuple(each for each in self.actions if not each.private))

    def of_domains(self, domains: frozenset[str]) -> Plan:
        """As a specialist reads it: the goals, and the actions of the own domains."""
        return Plan(self.goals, tuple(each for each in self.actions if each.domain in domains))


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """What JSON can hold, losslessly: days in ISO form, hours as text."""
    return {
        "goals": [asdict(goal) for goal in plan.goals],
        "actions": [
            {
                **asdict(action),
                "hours": str(action.hours),
                "start_on": action.start_on.isoformat(),
                "due_on": action.due_on.isoformat(),
            }
            for action in plan.actions
        ],
    }


def plan_from_json(content: Mapping[str, Any]) -> Plan:
    """The plan that `plan_as_json` wrote. KeyError for anything else."""
    known = {field.name for field in fields(PlannedAction)}
    return Plan(
        tuple(PlannedGoal(**goal) for goal in content["goals"]),
        tuple(
            PlannedAction(
                **{name: value for name, value in action.items() if name in known}
                | {
                    "hours": Decimal(action["hours"]),
                    "start_on": dt.date.fromisoformat(action["start_on"]),
                    "due_on": dt.date.fromisoformat(action["due_on"]),
                }
            )
            for action in content["actions"]
        ),
    )
