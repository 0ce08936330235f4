"""Sums by group from single answers: what the statement that closes a wave supplies, once more in numpy."""

import numpy as np

from surveys.agreement import ItemSums
from surveys.arrays import FloatArray, IntArray
from surveys.group_statistics import GroupSums
from surveys.questionnaire import Questionnaire
from surveys.release import UnitSums, bin_count


def group_sums(values: FloatArray, groups: IntArray, *, count: int) -> GroupSums:
    """Sufficient statistics of `values` (n,) by `groups` (n,), whole numbers from 0 to count - 1. NaN values
    do not count.
    """
    counted = ~np.isnan(values)
    values, groups = values[counted], groups[counted]
    return GroupSums(
        n=np.bincount(groups, minlength=count).astype(np.int64),
        total=np.bincount(groups, weights=values, minlength=count).astype(np.float64),
        total_squares=np.bincount(groups, weights=values**2, minlength=count).astype(np.float64),
    )


def item_sums(answers: FloatArray, groups: IntArray, *, count: int) -> ItemSums:
    """Sums by group over the complete rows of `answers` (n, J); a row with a NaN is left out, as in
    `multilevel`.
    """
    complete = ~np.isnan(answers).any(axis=1)
    answers, groups = answers[complete], groups[complete]
    items = answers.shape[1]
    cells = (groups[:, np.newaxis] * items + np.arange(items)).ravel()

    def totals(weights: FloatArray) -> FloatArray:
        flat = np.bincount(cells, weights=weights.ravel(), minlength=count * items)
        return flat.astype(np.float64).reshape(count, items)

    return ItemSums(
        n=np.bincount(groups, minlength=count).astype(np.int64),
        total=totals(answers),
        total_squares=totals(answers**2),
    )


def score_ends(values: FloatArray, groups: IntArray, count: int) -> FloatArray:
    """The lowest and the highest value of each group, shape (2, count); inf and -inf without any."""
    counted = ~np.isnan(values)
    lowest, highest = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(lowest, groups[counted], values[counted])
    np.maximum.at(highest, groups[counted], values[counted])
    return np.stack([lowest, highest])


def sums_of(questionnaire: Questionnaire, answers: FloatArray, units: IntArray, count: int) -> UnitSums:
    """What SQL would say of these responses, every question of which is answered from 1 to 5."""
    scores = questionnaire.score(answers)
    counted = ~np.isnan(scores.score)
    answers, units, scales = answers[counted], units[counted], scores.scales[counted].T
    counts = []
    for column in answers.T:
        levels = np.zeros((count, 5, 2), dtype=np.int64)
        np.add.at(levels[:, :, 1], (units, column.astype(np.int64) - 1), 1)
        counts.append(levels)
    low, high = (questionnaire.index_items * end for end in (questionnaire.low, questionnaire.high))
    number = bin_count(low, high)
    bins = np.zeros((count, number), dtype=np.int64)
    place = ((scores.score[counted] - low) * number / (high - low)).astype(int)
    np.add.at(bins, (units, np.minimum(place, number - 1)), 1)
    return UnitSums(
        group_sums(scores.score[counted], units, count=count),
        tuple(group_sums(scale, units, count=count) for scale in scales),
        tuple(counts),
        bins,
        np.stack([score_ends(values, units, count) for values in (scores.score[counted], *scales)]),
    )
