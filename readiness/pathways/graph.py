"""Roles, what each asks for, and the ways between them: plain values, and what may be wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from people.enums import CareerStage, PositionType
from surveys.enums import Dimension


class Kind(StrEnum):
    """What a requirement looks at."""

    STAGE = "stage"  # every required milestone of a stage is stamped
    POINTS = "points"  # stamped points in a dimension
    OFFICE = "office"  # years in one of some kinds of position
    LEADING = "leading"  # years at the head of a unit
    PODS = "pods"  # skill pods whose latest attempt is marked at the expected level or above
    PUBLICATIONS = "publications"  # publications with a DOI, by which anybody can look
    COMMITTEES = "committees"  # committees led since a skill pod, confirmed by somebody who was there


class Track(StrEnum):
    ACADEMIC = "academic"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True)
class Requirement:
    """`of`: a stage, a dimension or kinds of position. `amount`: points, years or how many; a stage needs
    none."""

    kind: Kind
    of: tuple[str, ...] = ()
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """`office`: the kind of position that is this role, where there is one; whoever holds it has arrived.
    `name`: the organisation's word; a role of the product has one without it (words.py)."""

    key: str
    track: Track
    requirements: tuple[Requirement, ...]
    up: tuple[str, ...] = ()
    sideways: tuple[str, ...] = ()
    office: str = ""
    name: str = ""


KNOWN_OFFICES = frozenset(PositionType.values)
# What a kind of requirement may be of, and how much it may ask for.
OF = {
    Kind.STAGE: frozenset(
        {CareerStage.RESIDENT.value, CareerStage.FELLOW.value, CareerStage.EARLY_ATTENDING.value}
    ),
    Kind.POINTS: frozenset(Dimension.values),
    Kind.OFFICE: KNOWN_OFFICES,
    Kind.LEADING: frozenset[str](),
    Kind.PODS: frozenset[str](),
    Kind.PUBLICATIONS: frozenset[str](),
    Kind.COMMITTEES: frozenset[str](),
}
FEWEST = {kind: 0 if kind == Kind.STAGE else 1 for kind in Kind}
MOST = {
    Kind.STAGE: 0,
    Kind.POINTS: 1000,
    Kind.OFFICE: 30,
    Kind.LEADING: 30,
    Kind.PODS: 20,
    Kind.PUBLICATIONS: 500,
    Kind.COMMITTEES: 20,
}


class Defect(StrEnum):
    TWICE = "twice"
    MISSING = "missing"
    CIRCLE = "circle"
    NOTHING_ASKED = "nothing_asked"
    ITSELF = "itself"
    TWO_WAYS = "two_ways"
    UNKNOWN = "unknown"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Fault:
    defect: Defect
    role: str


def faults_of(roles: Sequence[Role]) -> list[Fault]:
    """What makes a graph unusable: a role twice, a way to a role that is not there, upward ways in a circle,
    a role that asks for nothing, a way to itself, a way both upward and sideways, a requirement of something
    that does not exist or of an amount that nobody reaches. Sideways ways may go both ways."""
    known = {role.key: role for role in roles}
    faults = [
        Fault(Defect.TWICE, key) for key, count in Counter(role.key for role in roles).items() if count > 1
    ]
    ways = {way for role in roles for way in (*role.up, *role.sideways)}
    faults += [Fault(Defect.MISSING, key) for key in sorted(ways - known.keys())]
    faults += [Fault(Defect.CIRCLE, key) for key in known if key in above(key, known)]
    faults += [Fault(Defect.NOTHING_ASKED, role.key) for role in roles if not role.requirements]
    faults += [Fault(Defect.ITSELF, role.key) for role in roles if role.key in role.sideways]
    faults += [
        Fault(Defect.TWO_WAYS, role.key)
        for role in roles
        if set(role.sideways) & (above(role.key, known) - {role.key})
    ]
    return faults + [fault for role in roles for fault in _faults_of_requirements(role)]


def _faults_of_requirements(role: Role) -> list[Fault]:
    offices = {role.office} - {""} - KNOWN_OFFICES
    found = [Fault(Defect.UNKNOWN, role.key)] if offices else []
    for asked in role.requirements:
        if not set(asked.of) <= OF[asked.kind] or bool(asked.of) != bool(OF[asked.kind]):
            found.append(Fault(Defect.UNKNOWN, role.key))
        elif not FEWEST[asked.kind] <= asked.amount <= MOST[asked.kind]:
            found.append(Fault(Defect.AMOUNT, role.key))
    return found


def above(key: str, known: dict[str, Role]) -> set[str]:
    """All roles that upward ways lead to from one; itself only where they go in a circle."""
    found: set[str] = set()
    waiting = list(known[key].up)
    while waiting:
        next_key = waiting.pop()
        if next_key in known and next_key not in found:
            found.add(next_key)
            waiting += known[next_key].up
    return found
