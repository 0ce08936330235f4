"""Frozen profiles as the problems of the matcher: from the database with the blind login, or from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connections, transaction

from mentoring.blind.login import ALIAS, COLUMNS, TABLE, ensure_blind
from mentoring.matching.arrays import IntArray, TextArray
from mentoring.matching.problem import Mentees, Mentors, Problem, lock_conflicts
from mentoring.matching.rules import Forbidden, Rule, levels_ahead
from mentoring.matching.weights import Weights

# Fewest places first: a sponsor is harder to find than a peer (mentoring.matching.tiers).
ORDER: Final = ("chair", "senior", "peer")
FIELDS: Final = tuple(sorted(COLUMNS - {"organization_id", "run_id"}))
UNAVAILABLE: Final = "unavailable"

_AS_TEXT: Final = {"key": "key::text"} | {
    name: f"{name}::text[]" for name in ("excluded", "excluded_why", "locked", "running")
}
_PROFILES: Final = (
    f"SELECT {', '.join(_AS_TEXT.get(name, name) for name in FIELDS)} "  # noqa: S608 - names of columns
    f"FROM {TABLE} WHERE run_id = %s ORDER BY tier, side, key"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one person in one tier: the granted columns of a frozen profile."""

    side: str
    tier: str
    key: str
    level: int
    tags: list[int]
    tag_weights: list[int]
    free_slots: int
    rating_sum: int
    rating_count: int
    places: int
    excluded: list[str]
    excluded_why: list[str]
    locked: list[str]
    running: list[str]


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a run depends on. `rule`: fields of Weights, and `years_ahead` of a peer."""

    tiers: tuple[str, ...]
    cycle: str
    rule: dict[str, Any]
    profiles: tuple[Profile, ...]

    @property
    def weights(self) -> Weights:
        return Weights(**{name: value for name, value in self.rule.items() if name != "years_ahead"})

    def as_plain(self) -> dict[str, Any]:
        """As JSON holds it; `from_plain` reads it back."""
        return asdict(self) | {"tiers": list(self.tiers)}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Inputs:
        """Raises KeyError, TypeError or ValueError for what is no such file."""
        profiles = tuple(Profile(**profile) for profile in plain["profiles"])
        return cls(tuple(plain["tiers"]), str(plain["cycle"]), dict(plain["rule"]), profiles)


@dataclass(frozen=True, slots=True)
class UnkeptLock:
    """A lock that cannot be kept, and why: codes of rules, "capacity", "unavailable" where the mentor is none
    of the tier in this run, "other_tier" where the two are locked in another tier as well."""

    tier: str
    mentee: str
    mentor: str
    reasons: tuple[str, ...]


def read_profiles(run_id: UUID) -> tuple[Profile, ...]:
    """The frozen profiles of a run of the organisation in scope, by the login that sees nothing else."""
    ensure_blind()
    try:
        with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
            cursor.execute(_PROFILES, [run_id])
            return tuple(Profile(**dict(zip(FIELDS, row, strict=True))) for row in cursor.fetchall())
    finally:
        connections[ALIAS].close()  # the login is there for this one statement


def problems_of(inputs: Inputs) -> list[Problem]:
    """The problems of the run's tiers, in the order in which they are matched."""
    return [_problem(inputs, tier) for tier in ORDER if tier in inputs.tiers]


def unkept_locks(inputs: Inputs) -> list[UnkeptLock]:
    """Locks that cannot be kept; where there are any, nothing can be matched."""
    mentors = {(one.tier, one.key) for one in inputs.profiles if one.side == "mentor"}
    locks = [
        (one.tier, one.key, key) for one in inputs.profiles if one.side == "mentee" for key in one.locked
    ]
    tiers = Counter((mentee, mentor) for _tier, mentee, mentor in locks)
    found = [UnkeptLock(*lock, (UNAVAILABLE,)) for lock in locks if (lock[0], lock[2]) not in mentors]
    found += [UnkeptLock(*lock, ("other_tier",)) for lock in locks if tiers[lock[1:]] > 1]
    for problem in problems_of(inputs):
        keys = problem.mentees.keys, problem.mentors.keys
        found += [
            UnkeptLock(problem.tier, str(keys[0][one.mentee]), str(keys[1][one.mentor]), one.reasons)
            for one in lock_conflicts(problem)
        ]
    return found


def _problem(inputs: Inputs, tier: str) -> Problem:
    in_tier = [one for one in inputs.profiles if one.tier == tier]
    mentees = [one for one in in_tier if one.side == "mentee"]
    mentors = [one for one in in_tier if one.side == "mentor"]
    rows = {one.key: row for row, one in enumerate(mentors)}
    width = 1 + max((number for one in in_tier for number in one.tags), default=-1)
    return Problem(
        tier=tier,
        cycle=inputs.cycle,
        weights=inputs.weights,
        mentees=Mentees(_keys(mentees), _tags(mentees, width)),
        mentors=_mentors(mentors, width),
        rules=_rules(tier, mentees, mentors, int(inputs.rule["years_ahead"])),
        forbidden=_forbidden(mentees, rows),
        locks=_pairs((row, rows.get(key)) for row, one in enumerate(mentees) for key in one.locked),
        running=_pairs((row, rows.get(key)) for row, one in enumerate(mentees) for key in one.running),
    )


def _mentors(mentors: Sequence[Profile], width: int) -> Mentors:
    return Mentors(
        keys=_keys(mentors),
        tags=_tags(mentors, width),
        capacity=_numbers(one.places for one in mentors),
        free_slots=_numbers(one.free_slots for one in mentors),
        satisfaction_sum=_numbers(one.rating_sum for one in mentors).astype(np.float64),
        satisfaction_count=_numbers(one.rating_count for one in mentors),
    )


def _rules(
    tier: str, mentees: Sequence[Profile], mentors: Sequence[Profile], years_ahead: int
) -> tuple[Rule, ...]:
    """A peer is some training years ahead, an attending is above whoever is in training. Who may be a mentor
    in a tier at all was decided when the profiles were frozen."""
    ahead = {"peer": years_ahead, "senior": 1}.get(tier)
    if ahead is None:
        return ()
    levels = [_numbers(one.level for one in side) for side in (mentees, mentors)]
    return (levels_ahead("level", levels[0], levels[1], ahead),)


def _forbidden(mentees: Sequence[Profile], rows: dict[str, int]) -> tuple[Forbidden, ...]:
    found: dict[str, list[tuple[int, int]]] = {}
    for row, one in enumerate(mentees):
        for key, why in zip(one.excluded, one.excluded_why, strict=True):
            if key in rows:
                found.setdefault(why, []).append((row, rows[key]))
    return tuple(Forbidden(why, np.array(found[why], dtype=np.int64)) for why in sorted(found))


def _keys(side: Sequence[Profile]) -> TextArray:
    return np.array([one.key for one in side], dtype=np.str_)


def _tags(side: Sequence[Profile], width: int) -> IntArray:
    """(people, tags): the weight of each tag a person has, 0 elsewhere."""
    table = np.zeros((len(side), width), dtype=np.int64)
    for row, one in enumerate(side):
        table[row, one.tags] = one.tag_weights
    return table


def _numbers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _pairs(rows: Iterable[tuple[int, int | None]]) -> IntArray:
    """(k, 2); without those of mentors who are not in the tier."""
    return np.array([pair for pair in rows if pair[1] is not None], dtype=np.int64).reshape(-1, 2)
