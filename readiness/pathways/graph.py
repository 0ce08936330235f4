"""Roles, what each asks for, and the ways between them: plain values, and what may be wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a requirement looks at."""

    STAGE = "stage"  # every required milestone of a stage is stamped
    POINTS = "points"  # stamped points in a dimension
    OFFICE = "office"  # years in one of some kinds of position
    LEADING = "leading"  # years at the head of a unit


class Track(StrEnum):
    ACADEMIC = "academic"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True)
class Requirement:
    """`of`: a stage, a dimension or kinds of position. `amount`: points or years; a stage needs none."""

    kind: Kind
    of: tuple[str, ...] = ()
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """`office`: the kind of position that is this role, where there is one; whoever holds it has arrived."""

    key: str
    track: Track
    requirements: tuple[Requirement, ...]
    up: tuple[str, ...] = ()
    sideways: tuple[str, ...] = ()
    office: str = ""


class Defect(StrEnum):
    TWICE = "twice"
    MISSING = "missing"
    CIRCLE = "circle"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True, slots=True)
class Fault:
    defect: Defect
    role: str


def faults_of(roles: Sequence[Role]) -> list[Fault]:
    """What makes a graph unusable: a role twice, a way to a role that is not there, upward ways in a circle,
    a role that asks for nothing. Sideways ways may go both ways."""
    known = {role.key: role for role in roles}
    faults = [
        Fault(Defect.TWICE, key) for key, count in Counter(role.key for role in roles).items() if count > 1
    ]
    ways = {way for role in roles for way in (*role.up, *role.sideways)}
    faults += [Fault(Defect.MISSING, key) for key in sorted(ways - known.keys())]
    faults += [Fault(Defect.CIRCLE, key) for key in known if key in above(key, known)]
    return faults + [Fault(Defect.NOTHING_ASKED, role.key) for role in roles if not role.requirements]


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
