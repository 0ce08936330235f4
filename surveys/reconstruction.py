"""The attack: between which answers each person's must lie, given everything that is told about a question.

The unknowns are whole numbers: how many people of each *region* (people whom no published group tells apart)
gave each answer. What is told are linear bounds on them: so many people of a cell within a span of answers,
a cell's total, its sum of squares. The least and the greatest answer that somebody of a region can have
given are found by integer programming, by HiGHS through SciPy: a linear relaxation would be optimistic. An
attacker may be an insider, who knows his or her own answer: then one person of the region has it.

People of one region can change places, so the true answers are themselves witnesses: if after removing any
one person the others of the region still differ by the least range, nobody can be pinned, and no program
needs to be solved. So are the true answers with one or two of them changed, where that fits all that is told.
Only the rest are handed to HiGHS.

Garfinkel, Abowd and Martindale (2019), "Understanding database reconstruction attacks on public data",
Communications of the ACM 62(3), 46-53, do so for tables of a census.

This module takes SciPy's optimizer with it: only what publishes a wave imports it, and when it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.coding import Points

# What takes longer than this counts as not shown to be safe.
SECONDS = 2.0


@dataclass(frozen=True)
class Told:
    """A published figure: over the people of `regions`, the sum of `weights` (L,) by answer lies between
    `low` and `high`."""

    regions: tuple[int, ...]
    weights: FloatArray
    low: float
    high: float


def answer_range(
    sizes: Sequence[int], levels: int, told: Sequence[Told], region: int, *, own: int | None = None
) -> tuple[int, int] | None:
    """The least and the greatest of the answers 0 to `levels` - 1 that somebody of `region` can have given.

    `sizes`: people of each region. `own`: the answer of an insider in the region; then the range is that of
    everybody else there. None if no answers at all are consistent, or if HiGHS does not say in time.
    """
    program = _Program(sizes, levels, told, region, own)
    least = program.extreme(1)
    greatest = None if least is None else program.extreme(-1)
    return None if least is None or greatest is None else (least, greatest)


class _Program:
    """The unknown counts x (R, L), and y (L,) of which one is 1: the answer of the person in question."""

    def __init__(
        self, sizes: Sequence[int], levels: int, told: Sequence[Told], region: int, own: int | None
    ) -> None:
        self.levels, self.unknown = levels, len(sizes) * levels
        rows: list[FloatArray] = []
        bounds: list[tuple[float, float]] = []

        def add(row: FloatArray, low: float, high: float) -> None:
            rows.append(row)
            bounds.append((low, high))

        for number, size in enumerate(sizes):
            add(self._row((number,), np.ones(levels)), size, size)
        for figure in told:
            add(self._row(figure.regions, figure.weights), figure.low, figure.high)
        for level in range(levels):
            # Whoever gave this answer is in the region, beside the insider.
            row = self._row((region,), np.eye(levels)[level])
            row[self.unknown + level] = -1
            add(row, float(own == level), np.inf)
        add(np.append(np.zeros(self.unknown), np.ones(levels)), 1, 1)
        low, high = np.array(bounds).T
        self.constraints = LinearConstraint(np.array(rows), low, high)
        self.bounds = Bounds(0, np.append(np.repeat(np.array(sizes, dtype=float), levels), np.ones(levels)))

    def _row(self, regions: Sequence[int], weights: FloatArray) -> FloatArray:
        row = np.zeros(self.unknown + self.levels)
        for region in regions:
            row[region * self.levels : (region + 1) * self.levels] = weights
        return row

    def extreme(self, direction: int) -> int | None:
        """The least (1) or the greatest (-1) answer, None where there is none."""
        cost = np.append(np.zeros(self.unknown), direction * np.arange(self.levels, dtype=np.float64))
        witness = _witness(cost, self.constraints, self.bounds)
        return None if witness is None else int(np.argmax(witness[self.unknown :]))


def _witness(cost: FloatArray, constraints: LinearConstraint, bounds: Bounds) -> FloatArray | None:
    """Whole numbers at the least cost; None if there are none, or if HiGHS does not say in time."""
    solved = milp(
        cost,
        constraints=constraints,
        bounds=bounds,
        integrality=1,
        # With presolve HiGHS 1.12 (SciPy 1.17) misses better answers to some of the smallest programs.
        options={"time_limit": SECONDS, "presolve": False},
    )
    if not solved.success:
        return None
    # Safety rests on the witness, not on the solver: whatever it says must itself be consistent.
    witness = np.round(solved.x)
    told = constraints.A @ witness
    if (told < constraints.lb - 1e-6).any() or (told > constraints.ub + 1e-6).any():
        return None
    return np.asarray(witness, dtype=np.float64)


@dataclass(frozen=True)
class Changes:
    """By which whole steps V totals may differ from what they truly are: each between `least` and `most`
    (V,), sums of them by `rows` (C, V) between `low` and `high` (C,)."""

    rows: FloatArray
    low: FloatArray
    high: FloatArray
    least: FloatArray
    most: FloatArray

    def furthest(self, weights: FloatArray) -> float:
        """How far the sum of `weights` (V,) can rise with all else as told; 0 if HiGHS does not say."""
        witness = _witness(
            -weights, LinearConstraint(self.rows, self.low, self.high), Bounds(self.least, self.most)
        )
        return 0.0 if witness is None else float(weights @ witness)


def widest_without_one(counts: IntArray) -> IntArray:
    """How far the answers of a region still differ, at least, when any one person is taken out, shape (R,).

    `counts` (R, L): people by answer. -1 where fewer than three people are left to differ.
    """
    reached = np.cumsum(counts, axis=1)
    n = reached[:, -1]

    def answer_of(rank: IntArray) -> IntArray:
        """The answer of whoever comes at that place when all are lined up by answer, from 0."""
        return np.asarray((reached <= rank[:, np.newaxis]).sum(axis=1), dtype=np.int64)

    first, last = np.zeros_like(n), n - 1
    without_first = answer_of(last) - answer_of(first + 1)
    without_last = answer_of(last - 1) - answer_of(first)
    return np.where(n > 2, np.minimum(without_first, without_last), -1)


def widths_witnessed(truth: IntArray, told: Sequence[Told], region: int) -> dict[int | None, int]:
    """By the answer of an insider of the region, how far the answers of everybody else there can differ, at
    least: in the true answers, or after one person there and at most one elsewhere changed theirs.

    Each such change that fits everything told is an assignment the attack cannot exclude, so the least and
    the greatest answer are at least as far apart. `None`: there is one person alone, whom an outsider looks
    at. Arguments as for people_pinned.
    """
    levels = truth.shape[1]
    weights = np.zeros((len(told), *truth.shape))
    for number, figure in enumerate(told):
        weights[number, list(figure.regions)] = figure.weights
    low = np.array([figure.low for figure in told]) - (weights * truth).sum(axis=(1, 2)) - 1e-6
    high = low + np.array([figure.high - figure.low for figure in told]) + 2e-6
    # What a person's change from one answer to another does to each figure, (F, R, from, to).
    change = weights[:, :, np.newaxis, :] - weights[:, :, :, np.newaxis]
    own = change[:, region].reshape(len(told), levels**2, 1)
    there = np.repeat((truth > 0)[:, :, np.newaxis], levels, axis=2)
    there[region] = False
    elsewhere = np.concatenate([np.zeros((len(told), 1)), change[:, there]], axis=1)[:, np.newaxis, :]
    after = own + elsewhere
    fits = (after >= low[:, np.newaxis, np.newaxis]) & (after <= high[:, np.newaxis, np.newaxis])
    fits = fits.all(axis=0).any(axis=1).reshape(levels, levels)
    found: dict[int | None, int] = {}
    for insider in _insiders(truth[region]):
        others = truth[region] - (np.arange(levels) == insider)
        possible = np.flatnonzero((others > 0) | fits[others > 0].any(axis=0))
        found[insider] = int(possible[-1] - possible[0])
    return found


def _insiders(counts: IntArray) -> list[int | None]:
    # Whoever knows one more answer never has a wider range: with insiders there is no need for an outsider.
    return [int(level) for level in np.flatnonzero(counts)] if counts.sum() > 1 else [None]


def people_pinned(
    truth: IntArray, told: Sequence[Told], region: int, least_range: int
) -> tuple[bool, int, int]:
    """Whether a region has somebody whose answer an outsider or an insider of the region can narrow below
    `least_range`; the narrowest range of those that were asked for; how many programs were solved.

    `truth` (R, L): the true counts, which are consistent with what is told. Asked for is what no witness
    shows to be wide enough.
    """
    sizes = truth.sum(axis=1).tolist()
    levels = truth.shape[1]
    narrowest, solved = levels, 0
    for own, witnessed in widths_witnessed(truth, told, region).items():
        if witnessed >= least_range:
            continue
        found = answer_range(sizes, levels, told, region, own=own)
        solved += 2
        width = -1 if found is None else found[1] - found[0]
        narrowest = min(narrowest, width)
        if narrowest < least_range:
            return True, narrowest, solved
    return False, narrowest, solved


@dataclass(frozen=True)
class MeanRegions:
    """Groups of people and what is known of them, each array of shape (R,): how many, their total, between
    which totals a reader knows it to lie, the sum of squared deviations within, and the lowest and the
    highest score among them."""

    n: IntArray
    total: FloatArray
    least_total: FloatArray
    most_total: FloatArray
    squares_within: FloatArray
    lowest: FloatArray
    highest: FloatArray


def means_pin(regions: MeanRegions, points: Points) -> BoolArray:
    """Regions whose total would pin somebody, by `Points.pins`; an insider knows the own score."""
    below = regions.n * points.high - regions.least_total
    above = regions.most_total - regions.n * points.low
    pinned = points.pins(below, above, points.high - regions.lowest, regions.highest - points.low)
    return np.asarray((regions.n > 0) & pinned, dtype=np.bool_)


def spreads_pin(
    regions: MeanRegions, budget: FloatArray, low: float, high: float, least_range: float
) -> BoolArray:
    """Regions of which somebody's score would lie within less than `least_range`, given their total and that
    squared deviations of `budget` (R,) at least may be among them.

    Of m people with a known total and squares W within, one can be sqrt(W (m - 1) / m) from the mean, the
    others sharing the difference. Taken without the lowest and without the highest person, whom an insider
    knows: no other removal leaves fewer squares.
    """
    pinned = np.zeros(regions.n.shape, dtype=np.bool_)
    others = np.maximum(regions.n - 1.0, 1.0)
    part = np.sqrt(np.maximum(others - 1, 0) / others)
    mean = regions.total / np.maximum(regions.n, 1)
    for own in (regions.lowest, regions.highest):
        left = np.maximum(budget - (own - mean) ** 2 * regions.n / others, 0.0)
        centre = (regions.total - own) / others
        far = np.minimum(np.sqrt(left), (high - low) * others) * part
        width = np.minimum(far, high - centre) + np.minimum(far, centre - low)
        pinned |= width < least_range - 1e-9
    return pinned & (regions.n > 0)
