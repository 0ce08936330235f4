"""The leader index of a response: from item answers to one score and one score a behaviour.

A response counts when at least 10 of its 12 items are answered (in general the share 10/12 of the
items, rounded up) and no behaviour is left wholly unanswered. A missing item takes the mean of the answered
items of the same behaviour, so the score of a response that counts is the sum of all its items. A response
that does not count has no score; it is counted, never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray


def least_answered(items: int) -> int:
    """How many of some items must be answered for a response to count: 10 of 12, of other lengths that
    share rounded up (in whole numbers, hence exactly)."""
    return -(-10 * items // 12)


@dataclass(frozen=True)
class ScoringKey:
    """How the items of one instrument make an index.

    `behaviour_of` maps each item to its behaviour, in the order of the answer columns. An instrument without
    behaviours maps every item to one and the same. Answers are whole numbers from `low` to `high`. `demand`
    of the items must be answered; an instrument that does not say has the rule of least_answered().
    """

    behaviour_of: Mapping[str, str]
    low: int = 1
    high: int = 5
    demand: int | None = None

    def __post_init__(self) -> None:
        if not self.behaviour_of:
            raise ValueError("A scoring key needs at least one item.")
        if self.low >= self.high:
            raise ValueError(f"The range of answers runs from {self.low} to {self.high}; it must rise.")

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(self.behaviour_of)

    @property
    def behaviours(self) -> tuple[str, ...]:
        """The distinct behaviours, in the order in which the items name them first."""
        return tuple(dict.fromkeys(self.behaviour_of.values()))

    @property
    def minimum_answered(self) -> int:
        """Items that must be answered for a response to count."""
        return least_answered(len(self.behaviour_of)) if self.demand is None else self.demand

    @property
    def item_counts(self) -> IntArray:
        """Number of items of each behaviour, shape (B,)."""
        counts: IntArray = self._membership().sum(axis=0).astype(np.int64)
        return counts

    def _membership(self) -> FloatArray:
        """Shape (J, B): 1 where item j belongs to behaviour b, else 0."""
        columns = {behaviour: column for column, behaviour in enumerate(self.behaviours)}
        membership = np.zeros((len(self.behaviour_of), len(columns)))
        membership[np.arange(len(self.behaviour_of)), [columns[b] for b in self.behaviour_of.values()]] = 1.0
        return membership


@dataclass(frozen=True)
class ScoredResponses:
    """Scores of n responses; NaN marks a response that does not count.

    `score` (n,): sum of all J items, in points from J*low to J*high.
    `behaviour_scores` (n, B): sum of the items of each behaviour, in points.
    `too_few_answers` (n,): fewer items answered than the key asks for.
    `behaviour_unanswered` (n,): enough items answered, but one behaviour has none, so there is no mean to
    impute from.
    """

    score: FloatArray
    behaviour_scores: FloatArray
    too_few_answers: BoolArray
    behaviour_unanswered: BoolArray

    @property
    def counted(self) -> BoolArray:
        return ~(self.too_few_answers | self.behaviour_unanswered)


def score_responses(answers: FloatArray, key: ScoringKey) -> ScoredResponses:
    """Score responses by the rule of this module's docstring.

    `answers`: shape (n, J), whole numbers from key.low to key.high, NaN for unanswered or "cannot say"; n may
    be 0. Raises ValueError when the shape does not fit the key or an answer is out of range, naming row (from
    0), item and value.
    """
    check_answers(answers, key)
    membership = key._membership()
    answered = ~np.isnan(answers)
    answered_in = answered.astype(np.float64) @ membership
    sum_in = np.where(answered, answers, 0.0) @ membership
    too_few = answered.sum(axis=1) < key.minimum_answered
    unanswered = ~too_few & (answered_in == 0).any(axis=1)
    counted = ~(too_few | unanswered)
    behaviour_scores = np.full(sum_in.shape, np.nan)
    # Multiply before dividing: 3 items scored from 2 answers stay exact halves, as they do in SQL.
    np.divide(sum_in * key.item_counts, answered_in, out=behaviour_scores, where=counted[:, np.newaxis])
    return ScoredResponses(
        score=behaviour_scores.sum(axis=1),
        behaviour_scores=behaviour_scores,
        too_few_answers=too_few,
        behaviour_unanswered=unanswered,
    )


def check_answers(answers: FloatArray, key: ScoringKey) -> None:
    """Raise ValueError unless `answers` has shape (n, J) and holds only NaN and whole numbers within the
    key's range.
    """
    if answers.ndim != 2 or answers.shape[1] != len(key.items):
        raise ValueError(
            f"Answers need one column for each of {len(key.items)} items, not shape {answers.shape}."
        )
    in_range = (answers >= key.low) & (answers <= key.high) & (answers == np.rint(answers))
    wrong = ~(np.isnan(answers) | in_range)
    if wrong.any():
        row, column = (int(index) for index in np.argwhere(wrong)[0])
        raise ValueError(
            f"Row {row}, item {key.items[column]}: {answers[row, column]:g} is not a whole number "
            f"from {key.low} to {key.high}."
        )


def percent_of_range(score: FloatArray, *, items: int, low: int, high: int) -> FloatArray:
    """Where a sum score of `items` items lies between its lowest and highest value, in percent (0 to 100).

    100 * (score - items*low) / (items*(high - low)); NaN stays NaN. For the index of 12 items from 1 to 5:
    (score - 12) / 48. Any shape.
    """
    return 100.0 * (score - items * low) / (items * (high - low))
