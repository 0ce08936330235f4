"""Advice from evidence: which roles are nearest, what is missing, what to do next and by which rule.

Declared requirements are counted, nothing is weighed or learned: the same evidence gives the same advice.
It is advice to the person, never a gate.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from readiness.pathways.graph import Kind, Requirement, Role, above

DAYS_A_YEAR = 365.25
# Fewer stamps, and no position held, say nothing about where somebody could go.
FEWEST_STAMPS = 3
NEAREST = 3
ACTIONS = 3
# One act meets these, whichever role asks for it.
WITHOUT_STEPS = frozenset({Kind.OFFICE, Kind.LEADING, Kind.PUBLICATIONS, Kind.COMMITTEES})


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone in force, in the order of the map. `waiting`: claimed, not yet decided."""

    milestone_id: UUID
    title: str
    stage: str
    dimension: str
    points: int
    required: bool
    stamped: bool
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class PodStep:
    """A skill pod that can be begun, or was done. `done`: the latest attempt is marked at the expected level
    or above. `waiting`: finished, not yet marked. `open`: it can be begun now."""

    pod_id: UUID
    title: str
    done: bool
    waiting: bool = False
    open: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """Days in a position: from `start` to before `end`."""

    office: str
    leads_unit: bool
    start: dt.date
    end: dt.date
    current: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the advice knows of somebody. `stamps`: verified ones, of retired milestones, too."""

    steps: tuple[Step, ...]
    terms: tuple[Term, ...]
    stamps: int
    points: Mapping[str, int]  # stamped, by dimension
    pods: tuple[PodStep, ...] = ()
    publications: int = 0  # with a DOI
    committees: int = 0  # confirmed

    @property
    def enough(self) -> bool:
        return self.stamps >= FEWEST_STAMPS or bool(self.terms)


@dataclass(frozen=True, slots=True)
class Check:
    """A requirement against the evidence: milestones, points, years or how many."""

    requirement: Requirement
    have: float
    need: float

    @property
    def met(self) -> bool:
        return self.have >= self.need

    @property
    def missing(self) -> int:
        """How many whole things are missing."""
        return max(0, math.ceil(self.need - self.have))


@dataclass(frozen=True, slots=True)
class Match:
    role: Role
    checks: tuple[Check, ...]

    @property
    def met(self) -> int:
        return sum(check.met for check in self.checks)

    @property
    def total(self) -> int:
        return len(self.checks)

    @property
    def gaps(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.met)

    @property
    def left(self) -> float:
        """How much of what is asked for is missing, each requirement counting as one."""
        return sum(1 - check.have / check.need for check in self.gaps)


@dataclass(frozen=True, slots=True)
class Action:
    """The next thing to do: a milestone to earn, a pod to play, or, without one, what the requirement itself
    says; and for which role and by which requirement."""

    role: Role
    check: Check
    step: Step | PodStep | None


@dataclass(frozen=True, slots=True)
class Advice:
    """`matches`: roles ahead, nearest first. `reached`: keys of roles held now, or below one held now."""

    enough: bool
    matches: tuple[Match, ...] = ()
    reached: frozenset[str] = frozenset()
    actions: tuple[Action, ...] = ()

    @property
    def nearest(self) -> tuple[Match, ...]:
        return self.matches[:NEAREST]


def advise(roles: Sequence[Role], evidence: Evidence) -> Advice:
    """Where somebody could go. Nearest: the fewest requirements missing, then the least of them missing, then
    the order of the graph."""
    if not evidence.enough:
        return Advice(False)
    reached = roles_reached(roles, evidence.terms)
    ahead = [Match(role, _checks(role, evidence)) for role in roles if role.key not in reached]
    # Equal by eye must be equal by machine: sums of fractions differ in their last digits.
    matches = sorted(
        (match for match in ahead if match.checks),
        key=lambda match: (len(match.gaps), round(match.left, 9)),
    )
    return Advice(True, tuple(matches), reached, _first(_actions(matches, evidence)))


def roles_reached(roles: Sequence[Role], terms: Iterable[Term]) -> frozenset[str]:
    """Roles somebody holds now, and those from which upward ways lead there."""
    known = {role.key: role for role in roles}
    offices = {term.office for term in terms if term.current}
    held = {role.key for role in roles if role.office in offices}
    return frozenset(held | {key for key in known if above(key, known) & held})


def years_in(terms: Iterable[Term]) -> float:
    """Years in any of some positions; days in two at once count once."""
    days, covered = 0, dt.date.min
    for term in sorted(terms, key=lambda term: term.start):
        start = max(term.start, covered)
        if term.end > start:
            days += (term.end - start).days
            covered = term.end
    return days / DAYS_A_YEAR


def _checks(role: Role, evidence: Evidence) -> tuple[Check, ...]:
    """What the organisation's map cannot give is not asked for: no more points and pods than it has, and no
    stage without required milestones."""
    made = (_check(requirement, evidence) for requirement in role.requirements)
    return tuple(check for check in made if check.need > 0)


def _check(requirement: Requirement, evidence: Evidence) -> Check:
    match requirement.kind:
        case Kind.STAGE:
            steps = [step for step in evidence.steps if step.required and step.stage in requirement.of]
            return Check(requirement, sum(step.stamped for step in steps), len(steps))
        case Kind.POINTS:
            earned = sum(evidence.points.get(dimension, 0) for dimension in requirement.of)
            left = sum(step.points for step in _unstamped(requirement, evidence))
            return Check(requirement, earned, min(requirement.amount, earned + left))
        case Kind.PODS:
            done = sum(pod.done for pod in evidence.pods)
            left = sum(not pod.done and (pod.open or pod.waiting) for pod in evidence.pods)
            return Check(requirement, done, min(requirement.amount, done + left))
        case Kind.PUBLICATIONS:
            return Check(requirement, evidence.publications, requirement.amount)
        case Kind.COMMITTEES:
            return Check(requirement, evidence.committees, requirement.amount)
        case Kind.OFFICE:
            terms = [term for term in evidence.terms if term.office in requirement.of]
        case Kind.LEADING:
            terms = [term for term in evidence.terms if term.leads_unit]
    return Check(requirement, years_in(terms), requirement.amount)


def _steps(check: Check, evidence: Evidence) -> Sequence[Step | PodStep | None]:
    """What somebody can do for a requirement now; None: what the requirement itself says."""
    requirement = check.requirement
    if requirement.kind in WITHOUT_STEPS:
        return [None]
    if requirement.kind == Kind.PODS:
        return [pod for pod in evidence.pods if pod.open and not (pod.done or pod.waiting)][: check.missing]
    return [step for step in _unstamped(requirement, evidence) if not step.waiting]


def _unstamped(requirement: Requirement, evidence: Evidence) -> list[Step]:
    """The milestones that would meet a requirement, in the order of the map."""
    if requirement.kind == Kind.STAGE:
        return [
            step
            for step in evidence.steps
            if step.required and step.stage in requirement.of and not step.stamped
        ]
    if requirement.kind == Kind.POINTS:
        return [step for step in evidence.steps if step.dimension in requirement.of and not step.stamped]
    return []


def _actions(matches: Iterable[Match], evidence: Evidence) -> Iterator[Action]:
    """What would bring somebody nearer, the nearest role first. A claim that waits is not theirs to do."""
    for match in matches:
        for check in match.gaps:
            for step in _steps(check, evidence):
                yield Action(match.role, check, step)


def _first(actions: Iterator[Action]) -> tuple[Action, ...]:
    chosen: dict[object, Action] = {}
    for action in actions:
        if len(chosen) == ACTIONS:
            break
        chosen.setdefault(action.step or action.check.requirement.kind, action)
    return tuple(chosen.values())
