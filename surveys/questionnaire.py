"""From raw answers to scores, for any instrument: the index, its behaviours, the outcomes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from surveys.arrays import FloatArray
from surveys.disclosure import breakdown_from
from surveys.enums import ItemPart
from surveys.leader_index import ScoringKey, score_responses

# What the page for answering calls other things: no item may have such a key.
RESERVED_KEYS: Final = frozenset({"comment", "csrfmiddlewaretoken", "save", "send"})


@dataclass(frozen=True)
class Question:
    """What scoring needs to know of an item; answers are whole numbers from `low` to `high`."""

    key: str
    part: str
    group: str
    low: int
    high: int
    reversed: bool = False


@dataclass(frozen=True)
class Scale:
    """The items of one group. Behaviours are sums of their items, outcomes are means."""

    group: str
    part: str
    columns: tuple[int, ...]
    low: float
    high: float

    def told_from(self, threshold: int) -> int:
        """How many answers it takes to be told: a mean of several questions as many as the index does, a
        single question and a behaviour more."""
        several = self.part == ItemPart.OUTCOME and len(self.columns) > 1
        return threshold if several else breakdown_from(threshold)


@dataclass(frozen=True)
class Scores:
    """`score` (n,): points, NaN where a response does not count. `scales` (n, G): by Questionnaire.scales."""

    score: FloatArray
    scales: FloatArray

    @property
    def left_out(self) -> int:
        """Responses with too few answers to count."""
        return int(np.isnan(self.score).sum())


@dataclass(frozen=True)
class Questionnaire:
    """The items of an instrument, index items first, and how many of these a response must answer.

    Raises ValueError without an index item, with an index item after an outcome, or with index items or
    items of one group whose ranges differ, or with a group that is both behaviour and outcome.
    """

    questions: tuple[Question, ...]
    minimum_answered: int

    def __post_init__(self) -> None:
        parts = [question.part for question in self.questions]
        if ItemPart.INDEX not in parts:
            raise ValueError("An index needs at least one item.")
        if parts != sorted(parts, key=ItemPart.values.index):
            raise ValueError("The items of the index come before the outcomes.")
        if not 1 <= self.minimum_answered <= self.index_items:
            raise ValueError(f"At least 1 and at most {self.index_items} items can be demanded.")
        self._check_scales()

    def _check_scales(self) -> None:
        parts: dict[str, str] = {}
        ranges: dict[str, tuple[int, int]] = {}
        for question in self.questions:
            if parts.setdefault(question.group, question.part) != question.part:
                raise ValueError(f"The group {question.group} cannot be both in the index and an outcome.")
            scale = "index" if question.part == ItemPart.INDEX else f"outcome {question.group}"
            own = (question.low, question.high)
            if ranges.setdefault(scale, own) != own:
                raise ValueError(f"The items of the {scale} need one and the same range.")

    @cached_property
    def index_items(self) -> int:
        """How many items the index sums."""
        return sum(question.part == ItemPart.INDEX for question in self.questions)

    @property
    def low(self) -> int:
        return self.questions[0].low

    @property
    def high(self) -> int:
        return self.questions[0].high

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """Behaviours in order of their first item, then outcomes."""
        columns: dict[tuple[str, str], list[int]] = {}
        for column, question in enumerate(self.questions):
            columns.setdefault((question.part, question.group), []).append(column)
        return tuple(self._scale(part, group, tuple(places)) for (part, group), places in columns.items())

    def _scale(self, part: str, group: str, columns: tuple[int, ...]) -> Scale:
        question = self.questions[columns[0]]
        size = len(columns) if part == ItemPart.INDEX else 1
        return Scale(group, part, columns, question.low * size, question.high * size)

    def score(self, answers: FloatArray) -> Scores:
        """Score `answers` (n, J), NaN for unanswered, by the rule of surveys.leader_index.

        An outcome is the mean of its items under the same rule; NaN where too few are answered. Raises
        ValueError for answers out of range.
        """
        turned = answers.copy()
        for column, question in enumerate(self.questions):
            if question.reversed:
                turned[:, column] = question.low + question.high - answers[:, column]
        index = score_responses(turned[:, : self.index_items], self._key(self.scales, ItemPart.INDEX))
        outcomes = [
            score_responses(turned[:, list(scale.columns)], self._key([scale], ItemPart.OUTCOME)).score
            / len(scale.columns)
            for scale in self.scales
            if scale.part == ItemPart.OUTCOME
        ]
        return Scores(index.score, np.column_stack([index.behaviour_scores, *outcomes]))

    def _key(self, scales: Sequence[Scale], part: str) -> ScoringKey:
        columns = sorted(column for scale in scales if scale.part == part for column in scale.columns)
        first = self.questions[columns[0]]
        items = {self.questions[column].key: self.questions[column].group for column in columns}
        if part == ItemPart.OUTCOME:
            return ScoringKey(items, first.low, first.high)
        return ScoringKey(items, first.low, first.high, self.minimum_answered)
