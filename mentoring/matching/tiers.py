"""Several tiers of one cohort, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from mentoring.matching.arrays import IntArray
from mentoring.matching.matcher import Progress, match, no_progress
from mentoring.matching.problem import Problem
from mentoring.matching.result import Match

OTHER_TIER = "other_tier"


def match_tiers(problems: Sequence[Problem], progress: Progress = no_progress) -> tuple[Match, ...]:
    """The tiers in the order given (chair sponsor, senior attending, peer: the fewest places first); no
    mentor serves a mentee in two tiers.

    A pair that is taken in a tier is forbidden in those after it (as `other_tier` in the problems of the
    result). A pair that is locked in another tier is left to that tier, and so is one that runs there, unless
    it is locked or runs here as well. Each tier's assignment is proven to be the best given the tiers before
    it; nothing is claimed about all tiers together, since a lower tier never takes a mentor from a higher
    one. Raises ValueError for locks that cannot be kept, a pair locked in two tiers among them, or one tier
    twice.
    """
    if len({problem.tier for problem in problems}) != len(problems):
        raise ValueError("Each tier is matched once in a run.")
    matches: list[Match] = []
    for place, problem in enumerate(problems):
        others = (*problems[:place], *problems[place + 1 :])
        runs = _all_keys((other, other.running) for other in others)
        claimed = _all_keys((problem, pairs) for pairs in (problem.locks, problem.running))
        locked = _all_keys((other, other.locks) for other in others)
        taken = _all_keys((one.problem, one.pairs) for one in matches)
        apart = rows_of(problem, taken | locked | (runs - claimed))
        matches.append(match(problem.without_pairs(OTHER_TIER, apart), progress))
    return tuple(matches)


def _all_keys(pairs: Iterable[tuple[Problem, IntArray]]) -> set[tuple[str, str]]:
    """Pairs of several problems, as keys."""
    return set().union(*(keys_of(problem, some) for problem, some in pairs))


def keys_of(problem: Problem, pairs: IntArray) -> set[tuple[str, str]]:
    """The pairs (k, 2) of rows as keys of mentee and mentor."""
    mentees, mentors = problem.mentees.keys, problem.mentors.keys
    return {(str(mentees[i]), str(mentors[j])) for i, j in pairs.tolist()}


def rows_of(problem: Problem, keys: set[tuple[str, str]]) -> IntArray:
    """The pairs of keys as rows (k, 2) of the problem; those that are not in it are left out."""
    mentees = {str(key): row for row, key in enumerate(problem.mentees.keys)}
    mentors = {str(key): row for row, key in enumerate(problem.mentors.keys)}
    rows = [(mentees[i], mentors[j]) for i, j in keys if i in mentees and j in mentors]
    return np.array(sorted(rows), dtype=np.int64).reshape(-1, 2)
