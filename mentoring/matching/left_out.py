"""Why somebody has nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import BoolArray, IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.result import Match
from mentoring.matching.scoring import Scores

NO_MENTOR = "no_mentor"  # nobody offers this tier
NO_PLACES = "no_places"  # all who offer it have no place now
NOBODY_ELIGIBLE = "nobody_eligible"  # no rule or list leaves anybody: see `kept_apart`
BELOW_FLOOR = "below_floor"  # all who may score below the floor
ELIGIBLE_WITHOUT_PLACES = "eligible_without_places"  # all who may have no place now
ALL_FULL = "all_full"  # all who may are full


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A mentee (a row) without a mentor. `kept_apart`: how many mentors each rule or list keeps away; a
    mentor may be kept away by several."""

    mentee: int
    cause: str
    kept_apart: tuple[tuple[str, int], ...]


def left_out(match: Match) -> tuple[LeftOut, ...]:
    """Each mentee without a mentor, with the cause, in the order of the rows."""
    problem = match.problem
    rows = np.flatnonzero(match.mentor_of < 0)
    causes = _causes(problem, rows)
    counts: dict[str, IntArray] = {}
    for rule in problem.rules:
        of_class = np.bincount(rule.mentor_class, minlength=rule.allowed.shape[1])
        counts[rule.name] = (~rule.allowed @ of_class)[rule.mentee_class[rows]]
    for one in problem.forbidden:
        listed = np.bincount(one.pairs[:, 0], minlength=problem.shape[0])[rows]
        counts[one.name] = counts.get(one.name, 0) + listed
    return tuple(
        LeftOut(int(row), cause, tuple((name, int(of[k])) for name, of in counts.items() if of[k]))
        for k, (row, cause) in enumerate(zip(rows, causes, strict=True))
    )


def _causes(problem: Problem, rows: IntArray) -> list[str]:
    if not problem.shape[1]:
        return [NO_MENTOR] * len(rows)
    offering = problem.mentors.capacity > 0
    if not offering.any():
        return [NO_PLACES] * len(rows)
    with_floor = _some_are_left(problem, rows, offering)
    without = problem.without_floor()
    anybody = _some_are_left(without, rows, np.ones_like(offering))
    with_places = _some_are_left(without, rows, offering)
    named = [NOBODY_ELIGIBLE, ELIGIBLE_WITHOUT_PLACES, BELOW_FLOOR]
    causes = np.select([~anybody, ~with_places, ~with_floor], named, ALL_FULL)
    return [str(cause) for cause in causes]


def _some_are_left(problem: Problem, rows: IntArray, mentors: BoolArray) -> BoolArray:
    """Whether each mentee in `rows` may have any of the mentors."""
    parts = [(units[:, mentors] >= 0).any(axis=1) for _, units in Scores(problem).blocks(rows)]
    return np.concatenate([np.zeros(0, dtype=np.bool_), *parts])
