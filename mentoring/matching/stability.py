"""The assignment nobody would leave: deferred acceptance (Gale and Shapley 1962) over the same scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mentoring.matching.arrays import NO_PAIRS, IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.scoring import Scores

NOBODY_IS_TAKEN = np.iinfo(np.int32).max


def stable_assignment(problem: Problem) -> IntArray:
    """The mentor of each mentee (m,), -1 for none, such that no pair blocks. Locks and stickiness do not
    count.

    Mentees propose to the best mentor who still takes them; mentors keep the best. A mentor who is full only
    ever holds out for more, so who is refused now would be refused later, and no lists need to be kept.
    Between equal scores the keys decide.
    """
    mentees, mentors = (np.argsort(side.keys) for side in (problem.mentees, problem.mentors))
    in_order = replace(problem, locks=NO_PAIRS, running=NO_PAIRS).in_order(mentees, mentors)
    chosen = _deferred_acceptance(Scores(in_order), in_order.mentors.capacity)
    assignment = np.full(len(mentees), -1, dtype=np.int64)
    held = chosen >= 0
    assignment[mentees[held]] = mentors[chosen[held]]
    return assignment


def _deferred_acceptance(scores: Scores, capacity: IntArray) -> IntArray:
    chosen = np.full(scores.shape[0], -1, dtype=np.int64)
    has = np.full(scores.shape[0], -1, dtype=np.int64)
    demanded = np.where(capacity > 0, -1, NOBODY_IS_TAKEN)  # a mentor takes whoever scores above
    free = np.arange(scores.shape[0] if len(capacity) else 0)
    while len(free):
        wanted, units = _best_that_takes(scores, free, demanded)
        asking = wanted >= 0
        chosen[free[asking]], has[free[asking]] = wanted[asking], units[asking]
        asked = np.unique(wanted[asking])
        held = np.flatnonzero(np.isin(chosen, asked))
        order = held[np.lexsort((held, -has[held], chosen[held]))]
        mentor = chosen[order]
        place = np.arange(len(order)) - np.searchsorted(mentor, mentor)
        last = place == capacity[mentor] - 1
        demanded[mentor[last]] = has[order[last]]
        free = np.sort(order[place >= capacity[mentor]])
        chosen[free], has[free] = -1, -1
    return chosen


def _best_that_takes(scores: Scores, rows: IntArray, demanded: IntArray) -> tuple[IntArray, IntArray]:
    """The best mentor of each mentee in `rows` who takes them, -1 for none, and the score."""
    wanted, best = np.full(len(rows), -1, dtype=np.int64), np.full(len(rows), -1, dtype=np.int64)
    place = 0
    for some, units in scores.blocks(rows):
        np.copyto(units, np.float32(-1), where=units <= demanded)
        columns = units.argmax(axis=1)
        highest = units[np.arange(len(some)), columns].astype(np.int64)
        part = slice(place, place + len(some))
        wanted[part], best[part] = np.where(highest >= 0, columns, -1), highest
        place += len(some)
    return wanted, best
