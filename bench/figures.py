"""What a benchmark says: one figure with its target, and whether it holds."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure. Times are never compared between runs: the figure is a ratio within one run.

    `unit` is "x" for ratios; figures that are the same on every machine, such as a number of queries or of
    differing rows, have a unit of their own ("queries", "rows", "MiB").
    """

    name: str
    median: float
    low: float
    high: float
    runs: int
    target: float | None  # None: told, not judged
    limit: float | None  # fails above
    note: str = ""
    unit: str = "x"
    memory: float | None = None  # peak of the candidate above the imports, MiB

    @classmethod
    def of_times(
        cls,
        name: str,
        baseline: Sequence[float],
        candidate: Sequence[float],
        *,
        target: float | None,
        limit: float | None,
        note: str = "",
        memory: float | None = None,
    ) -> Figure:
        """The ratio candidate / baseline of times measured in turn: run by run, then its median."""
        ratios = ratios_of(baseline, candidate)
        return cls(
            name,
            statistics.median(ratios),
            min(ratios),
            max(ratios),
            len(ratios),
            target,
            limit,
            note,
            memory=memory,
        )

    @classmethod
    def of_number(
        cls, name: str, number: float, *, unit: str, target: float | None, limit: float | None, note: str = ""
    ) -> Figure:
        """A figure that does not vary from run to run."""
        return cls(name, number, number, number, 1, target, limit, note, unit=unit)

    @property
    def verdict(self) -> str:
        if self.limit is not None and self.median > self.limit:
            return "fails"
        if self.target is not None and self.median > self.target:
            return "misses the target"
        return "holds" if self.target is not None or self.limit is not None else "told"


def ratios_of(baseline: Sequence[float], candidate: Sequence[float]) -> list[float]:
    """candidate / baseline, pair by pair. Raises ValueError for unequal or empty lists."""
    if not baseline or len(baseline) != len(candidate):
        raise ValueError("Baseline and candidate are measured in turn, equally often.")
    return [after / before for before, after in zip(baseline, candidate, strict=True)]
