"""What the matcher is measured against: the playbook's snippet, SciPy's dense solver, the `matching`
package."""

from __future__ import annotations

import sys

import numpy as np
from matching.games import HospitalResident
from scipy.optimize import linear_sum_assignment

from mentoring.matching.arrays import FloatArray, IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.scoring import Scores

FOR_COVER = 10**9  # units: more than all scores together


def playbook_snippet(problem: Problem, *, capacities: bool = False) -> IntArray:
    """The highest-scoring mentor of each resident, one after the other, in plain Python; no rule is asked.

    total = 0.5 x similarity + 0.3 x (1 if free slots > 2 else 0) + 0.2 x rating / 5 (requirements R154 to
    R158); a mentor without a rating counts as 0. With `capacities` a full mentor is passed over.
    """
    mentors = problem.mentors
    expertise, slots = mentors.tags.tolist(), mentors.free_slots.tolist()
    rated = zip(mentors.satisfaction_sum.tolist(), mentors.satisfaction_count.tolist(), strict=True)
    rating = [total / count if count else 0.0 for total, count in rated]
    left = mentors.capacity.tolist()
    chosen = []
    for interests in problem.mentees.tags.tolist():
        best, best_total = -1, -1.0
        for mentor, tags in enumerate(expertise):
            if capacities and not left[mentor]:
                continue
            availability = 1 if slots[mentor] > 2 else 0
            total = 0.5 * _similarity(interests, tags) + 0.3 * availability + 0.2 * rating[mentor] / 5
            if total > best_total:
                best, best_total = mentor, total
        if best >= 0:
            left[best] -= 1
        chosen.append(best)
    return np.array(chosen, dtype=np.int64)


def dense_scores(problem: Problem) -> FloatArray:
    """Units of all pairs, (m, n); negative where a pair may not be."""
    table = np.empty(problem.shape)
    for rows, units in Scores(problem).blocks(np.arange(problem.shape[0])):
        table[rows] = units
    return table


def dense_assignment(problem: Problem) -> IntArray:
    """SciPy's dense solver (Jonker and Volgenant's algorithm without its start) on places, one column
    each."""
    places = np.repeat(np.arange(problem.shape[1]), np.minimum(problem.mentors.capacity, problem.shape[0]))
    table = dense_scores(problem)[:, places]
    table += np.where(table >= 0, FOR_COVER, -table)
    rows, columns = linear_sum_assignment(table, maximize=True)
    chosen = np.full(problem.shape[0], -1, dtype=np.int64)
    real = table[rows, columns] > 0
    chosen[rows[real]] = places[columns[real]]
    return chosen


def matching_package(problem: Problem) -> bool:
    """Whether `matching` solves it as hospitals and residents who rank each other by the scores."""
    table = dense_scores(problem)
    residents = _rankings(table)
    hospitals = _rankings(table.T)
    capacity = {j: int(problem.mentors.capacity[j]) for j in hospitals}
    limit = sys.getrecursionlimit()
    try:
        HospitalResident.create_from_dictionaries(residents, hospitals, capacity).solve()
    except RecursionError:
        return False
    finally:
        sys.setrecursionlimit(limit)
    return True


def _rankings(table: FloatArray) -> dict[int, list[int]]:
    """Columns of each row from the highest score on, without those that may not be; rows without any left
    out."""
    ranked = (
        (row, np.argsort(-units, kind="stable")[: int((units >= 0).sum())]) for row, units in enumerate(table)
    )
    return {row: columns.tolist() for row, columns in ranked if len(columns)}


def _similarity(one: list[int], other: list[int]) -> float:
    """Cosine of two lists of weights."""
    product = sum(a * b for a, b in zip(one, other, strict=True))
    lengths = (sum(a * a for a in one) * sum(b * b for b in other)) ** 0.5
    return product / lengths if lengths else 0.0
