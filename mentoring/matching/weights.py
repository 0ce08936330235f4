"""What counts how much in a score: the organisation's weights, checked."""

from __future__ import annotations

import math
from dataclasses import dataclass

BEST_SATISFACTION = 5.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one run. Raises ValueError, naming the field and the value, for weights that cannot be.

    `interest`, `availability`, `past_success`: shares of the score, 0 to 1, together 1. `free_slots_above`:
    availability counts where more than so many slots are free in eight weeks; `graded_availability`: one slot
    up to that number counts half. `bar`: a score strictly above it (0 to 1) notifies both sides at once.
    `floor`: pairs that score below it (0 to 1) are not made, 0: none. `stickiness`: what is added to the
    score of a running pair while matching, 0 to 1; never shown as score. `prior_weight`: so many satisfaction
    answers of the mean stand beside a mentor's own (0: none). `unrated_mean`: satisfaction, 1 to 5, that
    stands in for the mean where nobody has been rated.
    """

    interest: float = 0.5
    availability: float = 0.3
    past_success: float = 0.2
    free_slots_above: int = 2
    graded_availability: bool = False
    bar: float = 0.80
    floor: float = 0.0
    stickiness: float = 0.09
    prior_weight: float = 5.0
    unrated_mean: float = 3.0

    def __post_init__(self) -> None:
        for name in ("interest", "availability", "past_success", "bar", "floor", "stickiness"):
            _check_range(name, getattr(self, name), 0, 1)
        _check_range("free_slots_above", self.free_slots_above, 0, math.inf)
        _check_range("prior_weight", self.prior_weight, 0, math.inf)
        _check_range("unrated_mean", self.unrated_mean, 1, BEST_SATISFACTION)
        together = self.interest + self.availability + self.past_success
        if abs(together - 1) > 1e-6:
            raise ValueError(f"Interest, availability and past success must sum to 1, not {together:g}.")


def _check_range(name: str, value: float, least: float, most: float) -> None:
    if not (math.isfinite(value) and least <= value <= most):
        upper = "" if most == math.inf else f" and {most:g}"
        raise ValueError(
            f"{name} must be a number {'between' if upper else 'of at least'} {least:g}{upper}, not {value}."
        )
