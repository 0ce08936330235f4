"""The score of every pair, in blocks of mentees, without memory for all pairs.

score = interest x cosine of the tags + availability x enough free slots + past success x satisfaction

in whole units of 1/10,000. Each of the three parts is rounded by itself, so what a page adds up is what was
matched. Tags are whole numbers, so float32 products are exact in whatever order they are added; the rest are
single operations that IEEE 754 rounds in one way. So a score is the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from mentoring.matching.arrays import BlockArray, BoolArray, FloatArray, IntArray
from mentoring.matching.problem import LARGEST_PRODUCT, MOST_PEOPLE, Problem
from mentoring.matching.rules import Rule
from mentoring.matching.weights import BEST_SATISFACTION, Weights

UNITS = 10_000  # one is a score of 1.0
NEVER = -float(2**23)  # stands for the score of a pair that may not be
BLOCK = 256  # rows of a block
PAIRS_AT_ONCE = 2**15  # single pairs


class Scores:
    """The scores of a problem, asked for by blocks of mentees or by pairs.

    Eligibility rides along in the product of the tags: each rule adds a few columns whose product is 0 where
    it is kept and minus 2^20, more than any product of tags, where it is broken.
    """

    def __init__(self, problem: Problem) -> None:
        weights, mentors = problem.weights, problem.mentors
        self.shape = problem.shape
        tags = _same_width(problem.mentees.tags, mentors.tags)
        columns = [_rule_columns(rule) for rule in problem.rules]
        self._left = np.hstack([tags[0], *(left for left, _ in columns)]).astype(np.float32)
        right = np.hstack([tags[1], *(right for _, right in columns)]).astype(np.float32)
        self._right = np.ascontiguousarray(right.T)
        self._by_mentee = (weights.interest * UNITS * _inverse_length(tags[0])).astype(np.float32)
        self._by_mentor = _inverse_length(tags[1]).astype(np.float32)
        self.availability = _rounded(weights.availability * slots_count(mentors.free_slots, weights) * UNITS)
        self.past_success = _rounded(weights.past_success * satisfaction(problem) / BEST_SATISFACTION * UNITS)
        self._constant = (self.availability + self.past_success).astype(np.float32)
        self._floor = round(weights.floor * UNITS)
        self._bonus = round(weights.stickiness * UNITS)
        self._forbidden = _ByMentee(problem.forbidden_pairs, self.shape[0])
        self._running = _ByMentee(problem.running, self.shape[0])

    def blocks(self, rows: IntArray, size: int = BLOCK) -> Iterator[tuple[IntArray, BlockArray]]:
        """(some of `rows`, their units (some, n)) with stickiness, NEVER where a pair may not be.

        The array is used again for the next block: take what is needed before asking for more.
        """
        space = np.empty((min(size, len(rows)), self.shape[1]), dtype=np.float32)
        broken = np.empty(space.shape, dtype=np.bool_)
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            yield some, self._fill(some, space[: len(some)], broken[: len(some)])

    def of_pairs(self, mentees: IntArray, mentors: IntArray, *, sticky: bool = True) -> IntArray:
        """Units of the pairs (mentees[k], mentors[k]), with or without stickiness; NEVER where one may not
        be."""
        units = np.empty(len(mentees), dtype=np.int64)
        for part in slices_of(np.arange(len(mentees))):
            units[part] = self._of_some_pairs(mentees[part], mentors[part])
        units[units < self._floor] = int(NEVER)
        if sticky:
            units[self._running.holds(mentees, mentors)] += self._bonus
        units[(units < 0) | self._forbidden.holds(mentees, mentors)] = int(NEVER)
        return units

    def _fill(self, rows: IntArray, units: BlockArray, broken: BoolArray) -> BlockArray:
        np.matmul(self._left[rows], self._right, out=units)
        np.less(units, 0, out=broken)
        units *= self._by_mentee[rows, np.newaxis]
        units *= self._by_mentor
        np.rint(units, out=units)
        units += self._constant
        if self._floor:
            np.logical_or(broken, units < self._floor, out=broken)
        units[self._running.among(rows)] += self._bonus
        np.copyto(units, np.float32(NEVER), where=broken)
        units[self._forbidden.among(rows)] = NEVER
        return units

    def _of_some_pairs(self, mentees: IntArray, mentors: IntArray) -> BlockArray:
        """The operations of `_fill`, one by one the same, for single pairs."""
        products = np.einsum("kt,kt->k", self._left[mentees], self._right.T[mentors])
        units = np.rint(products * self._by_mentee[mentees] * self._by_mentor[mentors])
        return np.where(products < 0, NEVER, units + self._constant[mentors])


def slices_of(numbers: IntArray) -> Iterator[IntArray]:
    """The numbers in parts whose pairs may lie in memory together."""
    for start in range(0, len(numbers), PAIRS_AT_ONCE):
        yield numbers[start : start + PAIRS_AT_ONCE]


def slots_count(free_slots: IntArray, weights: Weights) -> FloatArray:
    """1 where more than `free_slots_above` slots are free, else 0, or 0.5 from one slot on if graded,
    (n,)."""
    some = 0.5 if weights.graded_availability else 0.0
    return np.where(free_slots > weights.free_slots_above, 1.0, np.where(free_slots > 0, some, 0.0))


def satisfaction(problem: Problem) -> FloatArray:
    """Satisfaction with each mentor, 1 to 5, shrunk to the mean of all answers of the tier, (n,).

    (sum + prior weight x mean) / (count + prior weight): `prior_weight` answers of the mean stand beside the
    mentor's own, so one answer moves little; who has none gets the mean.
    """
    mentors, weights = problem.mentors, problem.weights
    answers = int(mentors.satisfaction_count.sum())
    mean = math.fsum(mentors.satisfaction_sum.tolist()) / answers if answers else weights.unrated_mean
    shrunk = np.full(len(mentors.keys), mean)
    beside = mentors.satisfaction_count + weights.prior_weight
    np.divide(mentors.satisfaction_sum + weights.prior_weight * mean, beside, out=shrunk, where=beside > 0)
    return shrunk


class _ByMentee:
    """Sparse pairs, found by their mentees or one by one."""

    def __init__(self, pairs: IntArray, mentees: int) -> None:
        """`pairs` (k, 2), sorted by mentee."""
        self._mentors = pairs[:, 1]
        self._first = np.searchsorted(pairs[:, 0], np.arange(mentees + 1))
        self._numbers = number_of_pairs(pairs[:, 0], pairs[:, 1])

    def among(self, mentees: IntArray) -> tuple[IntArray, IntArray]:
        """Places in `mentees`, and mentors, of the pairs of these mentees."""
        first = self._first[mentees]
        counts = self._first[mentees + 1] - first
        places = np.repeat(np.arange(len(mentees)), counts)
        nth = np.arange(len(places)) - np.repeat(counts.cumsum() - counts, counts)
        return places, self._mentors[first[places] + nth]

    def holds(self, mentees: IntArray, mentors: IntArray) -> BoolArray:
        return np.isin(number_of_pairs(mentees, mentors), self._numbers)


def number_of_pairs(mentees: IntArray, mentors: IntArray) -> IntArray:
    """One number for each pair (mentees[k], mentors[k])."""
    return mentees * MOST_PEOPLE + mentors


def _rule_columns(rule: Rule) -> tuple[IntArray, IntArray]:
    """(m, r) and (n, r) whose product is 0 where the rule is kept, else minus LARGEST_PRODUCT; r is the
    smaller number of classes."""
    broken = np.where(rule.allowed, 0, -LARGEST_PRODUCT)
    mentee_classes, mentor_classes = rule.allowed.shape
    if mentee_classes <= mentor_classes:
        chosen = np.eye(mentee_classes, dtype=np.int64)[rule.mentee_class]
        return chosen, broken.T[rule.mentor_class]
    return broken[rule.mentee_class], np.eye(mentor_classes, dtype=np.int64)[rule.mentor_class]


def _same_width(of_mentees: IntArray, of_mentors: IntArray) -> tuple[IntArray, IntArray]:
    """Both tables of tags; an empty side takes the other's number of columns."""
    if not len(of_mentees):
        of_mentees = np.zeros((0, of_mentors.shape[1]), dtype=np.int64)
    if not len(of_mentors):
        of_mentors = np.zeros((0, of_mentees.shape[1]), dtype=np.int64)
    return of_mentees, of_mentors


def _inverse_length(tags: IntArray) -> FloatArray:
    """One over the length of each row; 0 for a row without tags, whose interest is 0 with everybody."""
    lengths = np.sqrt((tags**2).sum(axis=1).astype(np.float64))
    inverse: FloatArray = np.divide(1.0, lengths, out=np.zeros(len(tags)), where=lengths > 0)
    return inverse


def _rounded(units: FloatArray) -> IntArray:
    return np.rint(units).astype(np.int64)
