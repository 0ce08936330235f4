"""An assignment in figures, to be compared with another or with what runs now."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mentoring.matching.arrays import NO_PAIRS, IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.scoring import Scores


@dataclass(frozen=True, slots=True)
class Measures:
    """Scores in units of 1/10,000, without stickiness.

    `mean`, `worst`: of the pairs; 0 without any. `places`, `full`: places of all mentors, and mentors without
    a free one. `most_load`: mentees of the mentor who has most. `running`, `continuable`, `kept`: pairs that
    ran, those of them that may go on, those that do. `changed`: mentees who have another mentor instead of a
    pair that could go on, `ended`: who have nobody instead; `new`: pairs that did not run. `blocking`: pairs
    of whom both would gain by leaving theirs for each other.
    """

    mentees: int
    covered: int
    total: int
    mean: float
    worst: int
    places: int
    full: int
    most_load: int
    running: int
    continuable: int
    kept: int
    changed: int
    ended: int
    new: int
    blocking: int


def measures(problem: Problem, mentor_of: IntArray) -> Measures:
    """Figures of the assignment `mentor_of` (m,), -1 for none. A floor on scores does not count in them."""
    problem = problem.without_floor()
    scores = Scores(problem)
    covered = np.flatnonzero(mentor_of >= 0)
    units = scores.of_pairs(covered, mentor_of[covered], sticky=False)
    capacity = problem.mentors.capacity
    load = np.bincount(mentor_of[covered], minlength=problem.shape[1])
    mentees, mentors = problem.running.T
    may_go_on = (scores.of_pairs(mentees, mentors) >= 0) & (capacity[mentors] > 0)
    now = mentor_of[mentees]
    kept = now == mentors
    return Measures(
        mentees=problem.shape[0],
        covered=len(covered),
        total=int(units.sum()),
        mean=float(units.mean()) if len(units) else 0.0,
        worst=int(units.min()) if len(units) else 0,
        places=int(capacity.sum()),
        full=int(((load >= capacity) & (capacity > 0)).sum()),
        most_load=int(load.max(initial=0)),
        running=len(mentees),
        continuable=int(may_go_on.sum()),
        kept=int(kept.sum()),
        changed=int((may_go_on & ~kept & (now >= 0)).sum()),
        ended=int((may_go_on & (now < 0)).sum()),
        new=len(covered) - int(kept.sum()),
        blocking=blocking_pairs(problem, mentor_of),
    )


def blocking_pairs(problem: Problem, mentor_of: IntArray) -> int:
    """How many pairs would rather have each other: the mentee scores higher with this mentor than with the
    own one (or has none), and the mentor with this mentee than with one of the own (or has a free place).

    Gale and Shapley 1962. Both sides rank by the score, without stickiness; equal scores do not block.
    """
    scores = Scores(replace(problem, running=NO_PAIRS))
    own, worst = what_they_have(scores, problem.mentors.capacity, mentor_of)
    count = 0
    for rows, units in scores.blocks(np.arange(problem.shape[0])):
        count += int(np.count_nonzero((units > own[rows, np.newaxis]) & (units > worst)))
    return count


def what_they_have(scores: Scores, capacity: IntArray, mentor_of: IntArray) -> tuple[IntArray, IntArray]:
    """The score each mentee has, -1 for none (m,), and the lowest each mentor has, (n,): -1 where there is
    room, more than any score where there never was."""
    covered = np.flatnonzero(mentor_of >= 0)
    own = np.full(len(mentor_of), -1, dtype=np.int64)
    own[covered] = scores.of_pairs(covered, mentor_of[covered])
    worst = np.full(len(capacity), np.iinfo(np.int32).max, dtype=np.int64)
    np.minimum.at(worst, mentor_of[covered], own[covered])
    worst[np.bincount(mentor_of[covered], minlength=len(capacity)) < capacity] = -1
    return own, worst
