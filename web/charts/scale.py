"""Round numbers for an axis."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high` with evenly spaced ticks, both ends included."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def places(self) -> int:
        """Decimals that tell neighbouring ticks apart and say each exactly (up to six)."""
        exact = (n for n in range(6) if all(abs(round(t, n) - t) <= 1e-9 * (1 + abs(t)) for t in self.ticks))
        return next(exact, 6)

    @property
    def labels(self) -> list[str]:
        """The ticks in words."""
        return [f"{tick:,.{self.places}f}" for tick in self.ticks]

    def percent(self, value: float) -> float:
        """Where `value` lies on the axis, 0 to 100; beyond the ends it stays at the end."""
        return min(max((value - self.low) / (self.high - self.low) * 100, 0.0), 100.0)


NOTHING = 1e-12  # values this close to each other are one


def scale_of(values: Iterable[float], *, low: float | None = None, high: float | None = None) -> Scale:
    """The smallest axis of three to six round ticks that holds all `values` and reaches the given ends."""
    known = [float(value) for value in values]
    known += [float(end) for end in (low, high) if end is not None]
    least, most = (min(known), max(known)) if known else (0.0, 1.0)
    if most - least < NOTHING:
        least, most = least - 1, most + 1
    step = round_step((most - least) / 4)
    first = low if low is not None else math.floor(least / step) * step
    count = max(1, math.ceil((most - first) / step - 1e-9))
    last = first + count * step
    if high is not None and last > high:
        return even_scale(first, high)
    return Scale(first, last, tuple(first + step * i for i in range(count + 1)))


LEAST_PART = 1 / 6  # of a whole scale: closer, and chance alone would look like a mountain


def part_of_scale(values: Iterable[float], *, low: float, high: float) -> Scale:
    """The part of a scale from `low` to `high` that holds all `values` with round ticks."""
    known = list(values) or [low, high]
    least, most = min(known), max(known)
    spare = max((high - low) * LEAST_PART - (most - least), 0) / 2
    least, most = least - spare, most + spare
    ends = [max(least - max(most - high, 0), low), min(most + max(low - least, 0), high)]
    scale = scale_of(ends)
    if scale.low >= low and scale.high <= high:
        return scale
    return even_scale(max(scale.low, low), min(scale.high, high))


def even_scale(low: float, high: float) -> Scale:
    """An axis between two given ends in as many even steps as give the shortest ticks: 12 to 60 in four."""
    scales = [
        Scale(low, high, tuple(low + (high - low) * i / steps for i in range(steps + 1)))
        for steps in (4, 5, 3, 6, 2)
    ]
    return min(scales, key=lambda scale: scale.places)


def round_step(rough: float) -> float:
    """1, 2, 2.5 or 5 times a power of ten, at least `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(base * power for base in (1, 2, 2.5, 5, 10) if base * power >= rough * (1 - 1e-9))
