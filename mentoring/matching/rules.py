"""Hard rules between kinds of mentees and kinds of mentors, and single pairs that may not be.

A rule sorts mentees and mentors into a few classes and says which classes go together. So eligibility of all
pairs is a product of narrow matrices (`scoring`) and needs no memory for each pair.
"""

from __future__ import annotations

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
