"""What partners' answers say side by side: pure arithmetic on plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from partnerships.enums import Scale

APART = 2  # steps of five between two answers: worth a conversation

Scores = Mapping[str, int]  # name -> 1 to 5


@dataclass(frozen=True, slots=True)
class Round:
    """A check that is open to its partners: who gave which score, for each scale."""

    on: dt.date
    scores: Mapping[Scale, Scores]

    def mean(self, scale: Scale) -> float:
        """Of all partners, 1 to 5."""
        return mean(self.scores[scale].values())


@dataclass(frozen=True, slots=True)
class Row:
    """A scale over all rounds, the oldest first."""

    scale: Scale
    rounds: Sequence[Scores]
    apart: bool  # in the last one

    @property
    def label(self) -> str:
        return str(self.scale.label)


def rows_of(rounds: Sequence[Round]) -> list[Row]:
    """Each scale with its scores; `apart` where partners see it very differently by now."""
    return [
        Row(scale, [each.scores[scale] for each in rounds], far_apart(rounds[-1].scores[scale].values()))
        for scale in Scale
    ]


def far_apart(scores: Collection[int]) -> bool:
    """Whether the highest and the lowest of some scores are two steps or more apart."""
    return max(scores) - min(scores) >= APART
