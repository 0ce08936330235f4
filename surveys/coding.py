"""In which form a figure of a published cell is stored: top and bottom coding, rounding, joined answers.

Every figure on a page, in a file or in the API is one of these stored forms or is computed from them alone,
so these are all that an attacker has. A mean is stored to the decimals that pages show, or as a bound ("58 or
more"); the spread is stored or not; the answers to a question are stored as spans of neighbouring answers
that at least k people gave, or as one bound, the same however many fewer than k are beyond it.

The forms are ordered: each tells less than the one before, so whatever is consistent with one is consistent
with the next. That is why coarsening never puts anybody at risk (surveys.audit).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.disclosure import joined_bins

RULE_VERSION = 1
# An answer that somebody else gave stays open by two steps of its scale at least; one step never is enough.
LEAST_RANGE = 2
# Of a sum of many answers a quarter of its scale stays open: one step for each question.
LEAST_SHARE = 0.25
HIGHEST_AGREEMENT = 0.99


class MeanForm(IntEnum):
    """How much of a cell's mean and spread is told."""

    SPREAD = 0  # rounded, with its standard deviation
    MEAN = 1  # rounded, alone
    BOUND = 2
    WITHHELD = 3


class AnswerForm(IntEnum):
    """How much of a cell's answers to one question is told."""

    JOINED = 0  # as many spans of answers as have k people each
    SHARE = 1  # the favourable and the others
    WITHHELD = 2


class Bound(IntEnum):
    OR_FEWER = -1
    EXACT = 0
    OR_MORE = 1


@dataclass(frozen=True)
class Points:
    """A scale on which people have scores: its ends and the least step between two of them.

    `places`: decimals of a stored mean; `bound_places`: of a bound.
    """

    low: float
    high: float
    step: float = 1.0
    places: int = 1
    bound_places: int = 0

    @property
    def reach(self) -> float:
        return self.high - self.low

    @property
    def least_range(self) -> float:
        """How far apart the lowest and the highest score of anybody must stay for a reader."""
        return max(LEAST_RANGE * self.step, LEAST_SHARE * self.reach)

    @property
    def least_room(self) -> float:
        """How far all but any one of a group must be from an end, in all, for their mean to be told.

        One step more than the range that must stay open: who is told that there is less room still leaves
        that range open.
        """
        return self.least_range + self.step

    def pins(
        self, below: FloatArray, above: FloatArray, known_below: FloatArray, known_above: FloatArray
    ) -> BoolArray:
        """Whether a known total pins somebody of its people, who are so far from the top (`below`) and from
        the bottom in all; an insider knows of so much of it.

        Whoever knows the total and some scores knows how far the others are from the end together, and that
        is how far any of them can be. With `least_room` left on both sides anybody can be that far from
        either end. Whoever knows this rule too learns from a total that it passed: nobody is further from the
        end than everybody together less that room. So all together must be further by the least range.
        """
        others = np.minimum(below - known_below, above - known_above)
        together = np.minimum(below, above)
        room = self.least_room
        return np.asarray(
            (others < room - 1e-9) | (together < room + self.least_range - 1e-9), dtype=np.bool_
        )

    def edges(self, n: FloatArray | IntArray) -> tuple[FloatArray, FloatArray]:
        """The bounds for cells of n people, shape of n: "low or fewer", "high or more".

        As near to the end as leaves `least_room` to all others of a cell even if one of them is at the other
        end of the scale: whoever does not pass the test of `least_room` is within the bound.
        """
        room = (self.least_room + self.reach) / np.maximum(n, 1)
        tens = 10.0**self.bound_places
        low = np.ceil((self.low + room) * tens - 1e-9) / tens
        high = np.floor((self.high - room) * tens + 1e-9) / tens
        return low, high


def rounded(values: FloatArray, places: int) -> FloatArray:
    """To so many decimals, halves to the even neighbour; NaN stays NaN."""
    return np.round(values, places) + 0.0


def coded_means(n: IntArray, mean: FloatArray, form: IntArray, points: Points) -> tuple[FloatArray, IntArray]:
    """The means as stored, shape of n, and which of them are bounds (values of Bound); NaN where withheld."""
    low, high = points.edges(n)
    top = mean - points.low > points.high - mean
    bounded = form == MeanForm.BOUND
    bound = np.where(bounded, np.where(top, Bound.OR_MORE.value, Bound.OR_FEWER.value), Bound.EXACT.value)
    values = np.where(bounded, np.where(top, high, low), rounded(mean, points.places))
    return np.where(form == MeanForm.WITHHELD, np.nan, values), bound.astype(np.int64)


def can_be_bounded(n: IntArray, mean: FloatArray, points: Points) -> BoolArray:
    """Cells whose mean lies within one of their bounds: only of them "or more" and "or fewer" are true."""
    low, high = points.edges(n)
    return np.asarray((mean >= high - 1e-9) | (mean <= low + 1e-9), dtype=np.bool_)


@dataclass(frozen=True)
class Span:
    """Neighbouring answers `start` to `end` (half-open, from 0) that `fewest` to `most` people gave."""

    start: int
    end: int
    fewest: int
    most: int


def coded_answers(counts: Sequence[int], *, k: int, split: int, form: AnswerForm) -> tuple[Span, ...]:
    """The answers to one question as stored: spans that cover the whole scale, none where nothing is told.

    `counts`: lowest answer first. `split`: where the favourable answers begin (or end, of a question that is
    turned). If k people or more are on either side, both are told exactly, and each is divided further into
    spans of k people. If fewer than k are on one side, only that is told: the bound is the same however many
    they are. Of fewer than 2k people this may be nothing.
    """
    n, below = sum(counts), sum(counts[:split])
    if form == AnswerForm.WITHHELD or not 0 < split < len(counts):
        return ()
    ends = (0, split), (split, len(counts))
    if below >= k and n - below >= k:
        if form == AnswerForm.SHARE:
            return tuple(Span(*end, *[sum(counts[slice(*end)])] * 2) for end in ends)
        return tuple(span for start, end in ends for span in _joined(counts, start, end, k))
    if n < 2 * k:
        return ()
    few, many = (0, k - 1), (n - k + 1, n)
    return tuple(
        Span(*end, *people)
        for end, people in zip(ends, (few, many) if below < k else (many, few), strict=True)
    )


def _joined(counts: Sequence[int], start: int, end: int, k: int) -> list[Span]:
    """From the left each span closes as soon as it has k people; what remains goes to the last."""
    spans: list[Span] = []
    first, people = start, 0
    for place in range(start, end):
        people += counts[place]
        if people >= k:
            spans.append(Span(first, place + 1, people, people))
            first, people = place + 1, 0
    last = spans[-1]
    whole = last.fewest + people
    spans[-1] = Span(last.start, end, whole, whole)
    return spans


def coded_histogram(counts: Sequence[int], *, k: int) -> tuple[Span, ...]:
    """A histogram's columns as stored: disclosure.joined_bins."""
    return tuple(Span(start, end, *[sum(counts[start:end])] * 2) for start, end in joined_bins(counts, k=k))


def coded_agreement(agreement: FloatArray, told: BoolArray) -> FloatArray:
    """r_wg(j) to two decimals and never above 0.99, only where the spread is told too."""
    return np.where(told, rounded(np.minimum(agreement, HIGHEST_AGREEMENT), 2), np.nan)


def favourable_levels(levels: int) -> int:
    """How many of some answers are favourable: the upper two in five."""
    return max(1, levels * 2 // 5)


def favourable_split(levels: int, *, turned: bool) -> int:
    """Where the favourable answers are parted from the others."""
    upper = favourable_levels(levels)
    return upper if turned else levels - upper
