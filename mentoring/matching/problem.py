"""The matching of one tier as arrays: who seeks, who offers, what may not be, what runs already.

Rows are people; keys name them. No field holds a name, a date of birth or any other demographic.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from mentoring.matching.arrays import (
    NO_PAIRS,
    FloatArray,
    IntArray,
    TextArray,
    distinct_keys,
    finite_numbers,
    pairs_within,
    whole_numbers,
)
from mentoring.matching.rules import Forbidden, Rule
from mentoring.matching.weights import BEST_SATISFACTION, Weights

LARGEST_PRODUCT = 2**20  # of two rows of tags: float32 then adds it up exactly, rules included
MOST_RULES = 14
MOST_PEOPLE = 100_000  # a side; prices stay within 64 bits (worth.py)


@dataclass(frozen=True, eq=False)
class Mentees:
    """`keys` (m,): distinct texts that stay the same from run to run. `tags` (m, t): weight of each tag of
    the taxonomy, whole numbers, 0 for none; a row of zeros is somebody who stated no interest."""

    keys: TextArray
    tags: IntArray

    def __post_init__(self) -> None:
        keys = distinct_keys(self.keys, "Keys of mentees")
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "tags", whole_numbers(self.tags, (len(keys), None), "Tags of mentees"))


@dataclass(frozen=True, eq=False)
class Mentors:
    """Mentors of one tier.

    `keys` (n,), `tags` (n, t): as for mentees; a key names the same person on both sides and in every tier.
    `capacity` (n,): mentees at a time in this tier, those of running pairs included; 0: none now.
    `free_slots` (n,): free slots of the next eight weeks.
    `satisfaction_sum`, `satisfaction_count` (n,): answers from 1 to 5 of earlier mentees; 0 and 0: none yet.
    """

    keys: TextArray
    tags: IntArray
    capacity: IntArray
    free_slots: IntArray
    satisfaction_sum: FloatArray
    satisfaction_count: IntArray

    def __post_init__(self) -> None:
        keys = distinct_keys(self.keys, "Keys of mentors")
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "tags", whole_numbers(self.tags, (len(keys), None), "Tags of mentors"))
        for name in ("capacity", "free_slots", "satisfaction_count"):
            what = f"{name.replace('_', ' ').capitalize()} of mentors"
            object.__setattr__(self, name, whole_numbers(getattr(self, name), (len(keys),), what))
        total = finite_numbers(self.satisfaction_sum, (len(keys),), "Satisfaction sum of mentors")
        object.__setattr__(self, "satisfaction_sum", total)
        count = self.satisfaction_count
        if ((total < count) | (total > BEST_SATISFACTION * count)).any():
            raise ValueError(
                "Satisfaction of mentors: answers are from 1 to 5; a sum does not fit its count."
            )
        if self.capacity.size and self.capacity.max() >= MOST_PEOPLE:
            raise ValueError(f"Capacity of mentors must be below {MOST_PEOPLE}.")


@dataclass(frozen=True, eq=False)
class Problem:
    """All that the matching of one tier depends on. Raises ValueError for what does not fit together.

    `tier`, `cycle`: texts; the cycle (such as "2027-Q1") turns the lots that decide between equals. `rules`,
    `forbidden`: what a pair must keep, and single pairs that may not be. `locks` (k, 2): rows of pairs that
    the director holds fast: taken before anything else. `running` (k, 2): rows of pairs that run in this
    tier, at most one for each mentee: they get the stickiness.
    """

    tier: str
    cycle: str
    weights: Weights
    mentees: Mentees
    mentors: Mentors
    rules: tuple[Rule, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    locks: IntArray = field(default_factory=lambda: NO_PAIRS)
    running: IntArray = field(default_factory=lambda: NO_PAIRS)

    def __post_init__(self) -> None:
        m, n = self.shape
        if max(m, n) > MOST_PEOPLE:
            raise ValueError(f"More than {MOST_PEOPLE} mentees or mentors are not matched in one run.")
        _check_tags(self.mentees.tags, self.mentors.tags)
        _check_rules(self.rules, m, n)
        forbidden = tuple(
            Forbidden(one.name, pairs_within(one.pairs, m, n, f"Forbidden pairs ({one.name})"))
            for one in self.forbidden
        )
        object.__setattr__(self, "rules", tuple(self.rules))
        object.__setattr__(self, "forbidden", forbidden)
        for name in ("locks", "running"):
            pairs = pairs_within(getattr(self, name), m, n, name.capitalize())
            if len(np.unique(pairs[:, 0])) != len(pairs):
                raise ValueError(f"{name.capitalize()} name a mentee twice.")
            object.__setattr__(self, name, pairs)

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of mentees and of mentors."""
        return len(self.mentees.keys), len(self.mentors.keys)

    @property
    def forbidden_pairs(self) -> IntArray:
        """All single pairs that may not be, (k, 2), sorted."""
        lists = [one.pairs for one in self.forbidden]
        return np.unique(np.concatenate([NO_PAIRS, *lists]), axis=0)

    def without_pairs(self, name: str, pairs: IntArray) -> Problem:
        """The same with more pairs forbidden, for the reason `name`."""
        return replace(self, forbidden=(*self.forbidden, Forbidden(name, pairs)))

    def without_floor(self) -> Problem:
        """The same without a floor on scores: it does not bind locks."""
        return replace(self, weights=replace(self.weights, floor=0.0)) if self.weights.floor else self

    def in_order(self, mentees: IntArray, mentors: IntArray) -> Problem:
        """The same with the rows in another order: row k is what was row `mentees[k]` or `mentors[k]`."""
        places = np.argsort(mentees), np.argsort(mentors)

        def moved(pairs: IntArray) -> IntArray:
            return np.column_stack([places[0][pairs[:, 0]], places[1][pairs[:, 1]]])

        side = self.mentors
        return Problem(
            self.tier,
            self.cycle,
            self.weights,
            Mentees(self.mentees.keys[mentees], self.mentees.tags[mentees]),
            Mentors(
                side.keys[mentors],
                side.tags[mentors],
                side.capacity[mentors],
                side.free_slots[mentors],
                side.satisfaction_sum[mentors],
                side.satisfaction_count[mentors],
            ),
            tuple(
                Rule(rule.name, rule.mentee_class[mentees], rule.mentor_class[mentors], rule.allowed)
                for rule in self.rules
            ),
            tuple(Forbidden(one.name, moved(one.pairs)) for one in self.forbidden),
            moved(self.locks),
            moved(self.running),
        )


def broken_rules(problem: Problem, mentee: int, mentor: int) -> tuple[str, ...]:
    """Names of the rules and lists that keep the pair apart; empty if it may be."""
    by_class = [
        rule.name
        for rule in problem.rules
        if not rule.allowed[rule.mentee_class[mentee], rule.mentor_class[mentor]]
    ]
    listed = [one.name for one in problem.forbidden if ((one.pairs == (mentee, mentor)).all(axis=1)).any()]
    return (*by_class, *listed)


@dataclass(frozen=True, slots=True)
class LockConflict:
    """A lock that cannot be kept: rows of the pair, and why (names of rules, or "capacity")."""

    mentee: int
    mentor: int
    reasons: tuple[str, ...]


def lock_conflicts(problem: Problem) -> tuple[LockConflict, ...]:
    """Locks that break a rule, and those of mentors who have more locks than places. None: all can be
    kept."""
    locks = problem.locks
    locked = np.bincount(locks[:, 1], minlength=problem.shape[1])
    conflicts = []
    for mentee, mentor in locks.tolist():
        reasons = broken_rules(problem, mentee, mentor)
        if locked[mentor] > problem.mentors.capacity[mentor]:
            reasons = (*reasons, "capacity")
        if reasons:
            conflicts.append(LockConflict(mentee, mentor, reasons))
    return tuple(conflicts)


def _check_tags(of_mentees: IntArray, of_mentors: IntArray) -> None:
    if len(of_mentees) and len(of_mentors) and of_mentees.shape[1] != of_mentors.shape[1]:
        raise ValueError(
            f"Mentees have {of_mentees.shape[1]} tags and mentors {of_mentors.shape[1]}: not one taxonomy."
        )
    squares = [
        float((side.astype(np.float64) ** 2).sum(axis=1).max(initial=0)) for side in (of_mentees, of_mentors)
    ]
    if max(squares) >= LARGEST_PRODUCT:
        raise ValueError(
            f"Tag weights are too large: the sum of their squares must be below {LARGEST_PRODUCT}."
        )


def _check_rules(rules: tuple[Rule, ...], mentees: int, mentors: int) -> None:
    if len(rules) > MOST_RULES:
        raise ValueError(f"No more than {MOST_RULES} rules.")
    for rule in rules:
        if (len(rule.mentee_class), len(rule.mentor_class)) != (mentees, mentors):
            raise ValueError(f"Rule {rule.name} must have a class for each mentee and each mentor.")
