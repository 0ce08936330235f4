"""Hard rules between kinds of mentees and kinds of mentors, and single pairs that may not be.

A rule sorts mentees and mentors into a few classes and says which classes go together. So eligibility of all
pairs is a product of narrow matrices (`scoring`) and needs no memory for each pair.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mentoring.matching.arrays import BoolArray, IntArray, frozen, whole_numbers


@dataclass(frozen=True, eq=False)
class Rule:
    """A pair (i, j) keeps the rule where `allowed[mentee_class[i], mentor_class[j]]`.

    `name`: a short code that pages translate. `mentee_class` (m,), `mentor_class` (n,): whole numbers from 0.
    `allowed` (classes of mentees, classes of mentors): true or false. Raises ValueError for a class outside.
    """

    name: str
    mentee_class: IntArray
    mentor_class: IntArray
    allowed: BoolArray

    def __post_init__(self) -> None:
        allowed = np.array(self.allowed, dtype=np.bool_)
        if allowed.ndim != 2:
            raise ValueError(f"Rule {self.name}: what is allowed must be a table.")
        frozen(allowed)
        object.__setattr__(self, "allowed", allowed)
        for field, classes in zip(("mentee_class", "mentor_class"), allowed.shape, strict=True):
            numbers = whole_numbers(getattr(self, field), (None,), f"Rule {self.name}: {field}")
            if numbers.size and numbers.max() >= classes:
                raise ValueError(f"Rule {self.name}: {field} {numbers.max()} is not in the table.")
            object.__setattr__(self, field, numbers)


@dataclass(frozen=True, eq=False)
class Forbidden:
    """Single pairs that may not be. `name`: the reason as a short code (oneself, line_manager, evaluator,
    declined, excluded, other_tier ...). `pairs` (k, 2): rows of mentee and mentor."""

    name: str
    pairs: IntArray


def levels_ahead(name: str, mentee_levels: ArrayLike, mentor_levels: ArrayLike, ahead: int) -> Rule:
    """The mentor is at least `ahead` levels (whole numbers, e.g. training years) above the mentee; 0: not
    below."""
    mentees = whole_numbers(mentee_levels, (None,), "Levels of mentees")
    mentors = whole_numbers(mentor_levels, (None,), "Levels of mentors")
    below, mentee_class = np.unique(mentees, return_inverse=True)
    above, mentor_class = np.unique(mentors, return_inverse=True)
    return Rule(name, mentee_class, mentor_class, above[np.newaxis, :] >= below[:, np.newaxis] + ahead)


def levels_between(name: str, mentor_levels: ArrayLike, mentees: int, least: int, most: int) -> Rule:
    """The mentor's level is from `least` to `most`, whoever the mentee is (playbook: peer is PGY-2 or
    PGY-3)."""
    levels = whole_numbers(mentor_levels, (None,), "Levels of mentors")
    within = (levels >= least) & (levels <= most)
    return Rule(name, np.zeros(mentees, dtype=np.int64), within.astype(np.int64), np.array([[False, True]]))


def something_in_common(
    name: str, of_mentees: Sequence[frozenset[Hashable]], of_mentors: Sequence[frozenset[Hashable]]
) -> Rule:
    """Mentee and mentor share at least one thing, such as a language; who names nothing goes with
    everybody."""
    kinds = list(dict.fromkeys(of_mentees)), list(dict.fromkeys(of_mentors))
    places = [{kind: place for place, kind in enumerate(of_side)} for of_side in kinds]
    allowed = [[not one or not other or bool(one & other) for other in kinds[1]] for one in kinds[0]]
    return Rule(
        name,
        np.array([places[0][kind] for kind in of_mentees], dtype=np.int64),
        np.array([places[1][kind] for kind in of_mentors], dtype=np.int64),
        np.array(allowed, dtype=np.bool_).reshape(len(kinds[0]), len(kinds[1])),
    )
