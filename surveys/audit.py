"""The release audit: code what is planned, attack it, coarsen until nobody can be pinned. Pure arithmetic.

Attacked is everything that will be stored of a wave: which cells, their means and spreads as rounded or
bound, the answers to each question, the histogram. Where the attack (surveys.reconstruction) finds somebody
whose answer could be narrowed down too far, by an outsider or by one insider, a figure of that cell goes one
form down (surveys.coding), or of the smallest cell within it, so that the two hide each other. Each form
tells less than the one before and a withheld figure tells nothing, so this ends, with everybody safe.

What is attacked here is one question, one scale or the index at a time. Of what binds them together, the
sums of questions are, `keep_room`, and the index as the sum of its behaviours (surveys.remainders).
Everything else of a release is computed from what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.coding import (
    LEAST_RANGE,
    AnswerForm,
    Bound,
    MeanForm,
    Points,
    Span,
    can_be_bounded,
    coded_answers,
    coded_histogram,
    coded_means,
    rounded,
)
from surveys.disclosure import NO_PARENT
from surveys.group_statistics import GroupSums
from surveys.reconstruction import (
    MeanRegions,
    Told,
    means_pin,
    people_pinned,
    spreads_pin,
    widest_without_one,
)
from surveys.release import CellTree

NEIGHBOURS = 4  # regions beside the attacked one whose answers HiGHS may vary too; the rest stay as they are
MOST_PROGRAMS = 20_000  # beyond so many, what the true answers do not prove safe is coarsened without asking


@dataclass
class Findings:
    """What was attacked and what came of it: figures without any answer, for the certificate."""

    regions: int = 0  # groups of people whom no published cell parts
    answers: int = 0  # of a person to a question, or a person's score
    programs: int = 0
    coarsened: int = 0
    gaps: int = 0  # units whose leaders and led are told apart
    gaps_withheld: int = 0
    narrowest: int | None = None  # answers that stayed possible for whoever had the fewest, in scale steps

    def saw(self, width: int) -> None:
        self.narrowest = width if self.narrowest is None else min(self.narrowest, width)


def nearest_marked(tree: CellTree, marked: BoolArray) -> IntArray:
    """For each cell the nearest marked one at or above it, -1 without one: in whose region its people are."""
    found = np.where(marked, np.arange(len(marked)), NO_PARENT)
    for cell in reversed(tree.order):
        if found[cell] == NO_PARENT:
            found[cell] = found[tree.parent[cell]]
    return found


def smallest_within(tree: CellTree, marked: BoolArray, n: IntArray) -> dict[int, int]:
    """For each marked cell the smallest of the marked cells next below it, if there is one."""
    above = nearest_marked(tree, marked)
    smallest: dict[int, int] = {}
    for cell in sorted(np.flatnonzero(marked).tolist(), key=lambda cell: (n[cell], cell)):
        parent = tree.parent[cell]
        if parent != NO_PARENT and above[parent] != NO_PARENT:
            smallest.setdefault(int(above[parent]), cell)
    return smallest


def gather(values: FloatArray | IntArray, place: IntArray, size: int) -> FloatArray:
    """Sums of `values` (U, ...) by region, shape (size, ...); those outside any region are left out."""
    inside = place != NO_PARENT
    found = np.zeros((size, *values.shape[1:]))
    np.add.at(found, place[inside], values[inside])
    return found


@dataclass(frozen=True)
class Scored:
    """A score of everybody: sums over each unit's own people, the lowest and the highest score among them
    (U,), and the scale it is on."""

    sums: GroupSums
    lowest: FloatArray
    highest: FloatArray
    points: Points


def regions_of(scored: Scored, place: IntArray, size: int) -> MeanRegions:
    """The people of each region, their totals known. `place` (U,): in which of `size` regions a unit's own
    people are, as nearest_marked has it."""
    sums, points = scored.sums, scored.points
    n = gather(sums.n, place, size)
    total = gather(sums.total, place, size)
    squares = gather(sums.total_squares, place, size) - total**2 / np.maximum(n, 1)
    lowest, highest = np.full(size, np.inf), np.full(size, -np.inf)
    inside = (place != NO_PARENT) & (sums.n > 0)
    np.minimum.at(lowest, place[inside], scored.lowest[inside])
    np.maximum.at(highest, place[inside], scored.highest[inside])
    filled = n > 0
    return MeanRegions(
        n=np.rint(n).astype(np.int64),
        total=total,
        least_total=total,
        most_total=total,
        squares_within=np.maximum(squares, 0.0),
        lowest=np.where(filled, lowest, points.low),
        highest=np.where(filled, highest, points.high),
    )


def neighbourhood(tree: CellTree, region: int, place: IntArray, sizes: IntArray | FloatArray) -> list[int]:
    """A region, that around it, and others next to it, largest first. `sizes` (U + 1,): people of each."""
    above = tree.parent[region]
    around = int(place[above]) if above != NO_PARENT else NO_PARENT
    inside = (tree.parent != NO_PARENT) & np.isin(place[tree.parent], list({region, around} - {NO_PARENT}))
    inside[around if around != NO_PARENT else region] = True
    inside[region] = False
    beside = np.flatnonzero(inside & (sizes > 0)).tolist()
    return [region, *sorted(beside, key=lambda other: -sizes[other])[:NEIGHBOURS]]


def audit_means(tree: CellTree, scored: Scored, published: BoolArray, findings: Findings) -> IntArray:
    """In which form the mean and spread of each cell may be stored, shape of `published`: MeanForm."""
    return _Means(tree, scored, published, findings).audited()


class _Means:
    def __init__(self, tree: CellTree, scored: Scored, published: BoolArray, findings: Findings) -> None:
        self.tree, self.scored, self.points, self.findings = tree, scored, scored.points, findings
        self.form = np.where(published, MeanForm.SPREAD.value, MeanForm.WITHHELD.value).astype(np.int64)
        sums = tree.sums(scored.sums)
        self.n, self.total, self.mean = sums.n, sums.total, np.nan_to_num(sums.mean())
        self.bounded = can_be_bounded(self.n, self.mean, self.points)
        findings.answers += int(gather(scored.sums.n, self._regions_of(published)[:-1], len(published)).sum())

    def _regions_of(self, marked: BoolArray) -> IntArray:
        return nearest_marked(self.tree, marked)

    def audited(self) -> IntArray:
        while self._hide_means() or self._hide_spreads():
            pass
        return self.form

    def _hide_means(self) -> bool:
        """Coarsen where a mean, or what it leaves of another, pins somebody; whether there was any."""
        told = self.form <= MeanForm.MEAN
        over = self._regions_of(told)
        parts = self._parts(told, over)
        pinned = means_pin(parts, self.points)
        weak = sorted({int(cell) for cell in over[pinned & (over != NO_PARENT)]})
        within = smallest_within(self.tree, told, self.n)
        for cell in weak:
            if self.bounded[cell] and cell not in within:
                self._coarsen(cell, MeanForm.BOUND)
            else:
                self._coarsen(within.get(cell, cell), MeanForm.WITHHELD)
        return bool(weak)

    def _parts(self, told: BoolArray, over: IntArray) -> MeanRegions:
        """The regions of exact means, parted by the bounds within them. Of each part a reader knows its own
        bound, and what the region's total leaves of the bounds of the others."""
        bounded = self.form == MeanForm.BOUND
        parts = self._groups(told | bounded)
        low, high = parts.n * self.points.low, parts.n * self.points.high
        edge, bound = coded_means(self.n, self.mean, self.form, self.points)
        more, fewer = bounded & (bound == Bound.OR_MORE), bounded & (bound == Bound.OR_FEWER)
        beside = self.n - parts.n
        least = np.where(more, np.maximum(low, self.n * edge - beside * self.points.high), low)
        most = np.where(fewer, np.minimum(high, self.n * edge - beside * self.points.low), high)
        size = len(told)
        within = np.where(parts.n > 0, over, NO_PARENT)
        total, all_least, all_most = (gather(sums, within, size) for sums in (parts.total, least, most))
        down, up = self._left_open(told)
        known = over != NO_PARENT
        region_low = np.where(known, (total - down - all_most)[over], -np.inf) + most
        region_high = np.where(known, (total + up - all_least)[over], np.inf) + least
        return replace(
            parts, least_total=np.maximum(least, region_low), most_total=np.minimum(most, region_high)
        )

    def _hide_spreads(self) -> bool:
        """The same with the spreads, of which less than the rounding is never told apart."""
        told, spread = self.form <= MeanForm.MEAN, self.form == MeanForm.SPREAD
        regions, over = self._groups(told), self._regions_of(spread)
        cells = told & (over != NO_PARENT)
        pool = gather(regions.squares_within, np.where(told, over, NO_PARENT), len(told))
        budget = np.where(cells, pool[over], np.inf)
        points = self.points
        # A step on either side in reserve: scores are whole steps, the bound is not.
        width = points.least_range + 2 * points.step
        weak = cells & spreads_pin(regions, budget, points.low, points.high, width)
        # Beside a bound only where everybody else's squares can make up for whatever those behind it may be.
        behind = self._groups(told | (self.form == MeanForm.BOUND))
        bounded = (self.form == MeanForm.BOUND) & (behind.n > 0) & (over != NO_PARENT)
        others = pool[over] - behind.squares_within
        weak |= bounded & (others < behind.n * points.reach**2)
        within = smallest_within(self.tree, spread, self.n)
        for cell in sorted({int(over[cell]) for cell in np.flatnonzero(weak)}):
            self._coarsen(within.get(cell, cell), MeanForm.MEAN)
        return bool(weak.any())

    def _coarsen(self, cell: int, form: MeanForm) -> None:
        if self.form[cell] < form:
            self.form[cell] = form
            self.findings.coarsened += 1

    def _groups(self, marked: BoolArray) -> MeanRegions:
        return regions_of(self.scored, self._regions_of(marked)[:-1], len(marked))

    def _left_open(self, told: BoolArray) -> tuple[FloatArray, FloatArray]:
        """By how much the total of a cell may be less and more with all told means as they are: its own
        rounding allows it, and that of every told cell above."""
        half = 0.5 * 10.0**-self.points.places
        stored = rounded(self.mean, self.points.places)
        down = np.maximum(self.total - self.n * (stored - half), 0.0)
        up = np.maximum(self.n * (stored + half) - self.total, 0.0)
        down, up = np.where(told, down, np.inf), np.where(told, up, np.inf)
        for cell in reversed(self.tree.order):
            above = self.tree.parent[cell]
            down[cell], up[cell] = min(down[cell], down[above]), min(up[cell], up[above])
        return down, up


@dataclass(frozen=True)
class Figure:
    """Something told of one cell beside its spans: `low` <= the sum of `weights` (L,) over its answers <=
    `high`."""

    cell: int
    weights: FloatArray
    low: float
    high: float


@dataclass
class AnsweredQuestion:
    """One question on its way through the audit. `counts` (U, L): answers of each unit's own people."""

    tree: CellTree
    counts: IntArray
    published: BoolArray
    k: int
    split: int
    figures: tuple[Figure, ...] = ()
    turned: bool = False  # a low answer counts high
    form: IntArray = field(init=False)
    totals: IntArray = field(init=False)
    _coded: dict[tuple[int, AnswerForm], tuple[Span, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.totals = self.tree.counts(self.counts)
        self.form = np.where(self.published, AnswerForm.JOINED.value, AnswerForm.WITHHELD.value)
        for cell in np.flatnonzero(self.published).tolist():
            if not self.spans(cell):
                self.form[cell] = AnswerForm.WITHHELD

    @property
    def told(self) -> BoolArray:
        return np.asarray(self.form < AnswerForm.WITHHELD, dtype=np.bool_)

    def spans(self, cell: int) -> tuple[Span, ...]:
        """The cell's answers as stored. Asked for often, and the same as long as the form is."""
        form = AnswerForm(int(self.form[cell]))
        if (cell, form) not in self._coded:
            counts = self.totals[cell].tolist()
            self._coded[cell, form] = coded_answers(counts, k=self.k, split=self.split, form=form)
        return self._coded[cell, form]

    def audit(self, findings: Findings) -> None:
        """Coarsen until nobody's answer is pinned."""
        self._safe: set[tuple[int, bytes]] = set()
        while self._hide(findings):
            pass
        inside = self._regions()[:-1] != NO_PARENT
        findings.answers += int(self.counts[inside].sum())

    def _regions(self) -> IntArray:
        marked = self.told
        marked[[figure.cell for figure in self.figures]] = True
        return nearest_marked(self.tree, marked)

    def _hide(self, findings: Findings) -> bool:
        place = self._regions()
        truth = np.rint(gather(self.counts, place[:-1], len(self.form))).astype(np.int64)
        widest = widest_without_one(truth)
        if not self.told.any():
            return False
        found = False
        for cell in np.flatnonzero((truth.sum(axis=1) > 0) & (widest < LEAST_RANGE)).tolist():
            # Coarsening elsewhere leaves a region that was safe as safe, as long as it has the same people.
            region = (cell, truth[cell].tobytes())
            if region in self._safe:
                continue
            if self._within_spans(cell, truth[cell]) >= LEAST_RANGE:
                self._safe.add(region)
            elif self._pinned(cell, truth, place, findings):
                found |= self._coarsen(cell, findings)
            else:
                self._safe.add(region)
        return found

    def _coarsen(self, cell: int, findings: Findings) -> bool:
        """One form down: the cell's spans, then the smallest cell within, then the cell."""
        if self.form[cell] == AnswerForm.JOINED and len(self.spans(cell)) > 2:
            self.form[cell] = AnswerForm.SHARE
        else:
            told = self.told
            within = smallest_within(self.tree, told, self.totals.sum(axis=1)).get(cell, cell)
            if not told[within]:  # only another figure of this cell is told, which its own audit looks after
                above = self.tree.parent[cell]
                nearest = nearest_marked(self.tree, told)[above] if above != NO_PARENT else NO_PARENT
                if nearest == NO_PARENT:
                    return False
                within = int(nearest)
            self.form[within] = AnswerForm.WITHHELD
        findings.coarsened += 1
        return True

    def _pinned(self, cell: int, truth: IntArray, place: IntArray, findings: Findings) -> bool:
        """Ask HiGHS, varying the answers of this region and of its neighbours."""
        if findings.programs >= MOST_PROGRAMS:
            return True
        free = neighbourhood(self.tree, cell, place, truth.sum(axis=1))
        figures = list(self._told_of(free, truth))
        pinned, width, solved = people_pinned(truth[free], figures, 0, LEAST_RANGE)
        findings.programs += solved
        if solved and not pinned:
            findings.saw(width)
        return pinned

    def _within_spans(self, region: int, truth: IntArray) -> int:
        """How far the others of a region, after anybody is taken out, can differ with every answer moved
        within the spans of all cells around it: a witness for which nobody else has to move."""
        if self.figures:
            return -1
        levels = np.arange(len(truth))
        least, most = np.zeros_like(levels), np.full_like(levels, levels[-1])
        cell = region
        while cell != NO_PARENT:
            for span in self.spans(cell) if self.form[cell] < AnswerForm.WITHHELD else ():
                inside = slice(span.start, span.end)
                least[inside] = np.maximum(least[inside], span.start)
                most[inside] = np.minimum(most[inside], span.end - 1)
            cell = int(self.tree.parent[cell])
        given = np.repeat(levels, truth)
        if len(given) < 3:
            return -1
        return int(min(most[given[-1]] - least[given[1]], most[given[-2]] - least[given[0]]))

    def _told_of(self, free: list[int], truth: IntArray) -> Iterator[Told]:
        """What is told of cells with any of these regions, all other regions being as they truly are."""
        inside: dict[int, list[int]] = {}
        for number, region in enumerate(free):
            cell = region
            while cell != NO_PARENT:
                inside.setdefault(cell, []).append(number)
                cell = int(self.tree.parent[cell])
        extra: dict[int, list[Figure]] = {}
        for figure in self.figures:
            extra.setdefault(figure.cell, []).append(figure)
        levels = np.arange(self.counts.shape[1])
        for cell, numbers in inside.items():
            fixed = self.totals[cell] - truth[[free[number] for number in numbers]].sum(axis=0)
            for span in self.spans(cell) if self.form[cell] < AnswerForm.WITHHELD else ():
                weights = ((levels >= span.start) & (levels < span.end)).astype(np.float64)
                rest = float(fixed @ weights)
                yield Told(tuple(numbers), weights, span.fewest - rest, span.most - rest)
            for figure in extra.get(cell, ()):
                rest = float(fixed @ figure.weights)
                yield Told(tuple(numbers), figure.weights, figure.low - rest, figure.high - rest)


def keep_room(questions: list[AnsweredQuestion], told_sums: BoolArray, findings: Findings) -> None:
    """Leave the answers room to move where the sum of some questions is told of the very people of a cell.

    What one question leaves open, a sum over questions must not close again: if all others stood at the upper
    ends of their spans, nobody could have given a higher answer to this one. So all but one person together
    must be able to move up, and down, by as much as one answer can, without leaving the stored spans.
    """
    while True:
        weak = _without_room(questions, told_sums)
        for cell in weak:
            for question in questions:
                if question.form[cell] < AnswerForm.WITHHELD:
                    question.form[cell] += 1
            findings.coarsened += 1
        if not weak:
            return


def _without_room(questions: list[AnsweredQuestion], told_sums: BoolArray) -> list[int]:
    tree = questions[0].tree
    place = nearest_marked(tree, told_sums)
    size = len(told_sums)
    levels = questions[0].counts.shape[1]
    room = np.zeros((size, 2))
    alone, people = np.zeros(size, dtype=np.bool_), np.zeros(size)
    own_units = np.bincount(place[place != NO_PARENT], minlength=size)
    for question in questions:
        told = question.told
        answered = nearest_marked(tree, told)
        # Only where the people of the sum are those of the answers: elsewhere they can change places.
        same = np.bincount(answered[(answered == place) & (place != NO_PARENT)], minlength=size)
        alone |= told & told_sums & (same == own_units)
        people += gather(question.counts.sum(axis=1), place[:-1], size)
        moves = _room_of(question, place, size)
        room += moves[:, ::-1] if question.turned else moves
    weak = alone & (people > 0) & (room.min(axis=1) < levels - 1)
    return [int(cell) for cell in np.flatnonzero(weak)]


def _room_of(question: AnsweredQuestion, place: IntArray, size: int) -> FloatArray:
    """How far all but one person of each region can move within its cell's spans, down and up, (size, 2).

    The finer spans of cells around it do not count: there others can move the other way.
    """
    truth = gather(question.counts, place[:-1], size)
    room = np.zeros((size, 2))
    for cell in np.flatnonzero(question.told & (truth.sum(axis=1) > 0)).tolist():
        spans = question.spans(cell)
        moves = _moves(tuple((span.start, span.end) for span in spans))
        most = (moves * (truth[cell] > 0)).max(axis=1)
        room[cell] = moves @ truth[cell] - most + _crossing(spans, question.k)
    return room


@lru_cache(maxsize=1024)
def _moves(spans: tuple[tuple[int, int], ...]) -> IntArray:
    """By how much each answer can move down and up within its span, (2, L), of spans that cover the scale."""
    down = [answer - start for start, end in spans for answer in range(start, end)]
    up = [end - 1 - answer for start, end in spans for answer in range(start, end)]
    return np.array([down, up])


def _crossing(spans: tuple[Span, ...], k: int) -> tuple[float, float]:
    """How far people can move down and up, in all, between two spans of which only a bound is told: as many
    as may be on the smaller side, but for one, by the width of that side."""
    below, above = spans[0], spans[-1]
    if below.fewest == below.most:
        return 0.0, 0.0
    if below.most < k:
        return (k - 2) * float(below.end), 0.0
    return 0.0, (k - 2) * float(above.end - above.start)


def audit_histogram(
    tree: CellTree, counts: IntArray, published: BoolArray, *, k: int, least_bins: int, findings: Findings
) -> dict[int, tuple[Span, ...]]:
    """The columns of each cell's histogram as stored. A cell has one only where everybody, after anybody is
    taken out, still differs by more than `least_bins` bins: true scores as witnesses, without a program."""
    totals = tree.counts(counts)
    columns = {
        cell: coded_histogram(totals[cell].tolist(), k=k) for cell in np.flatnonzero(published).tolist()
    }
    told = np.zeros(len(published), dtype=np.bool_)
    told[[cell for cell, spans in columns.items() if spans]] = True
    while True:
        truth = gather(counts, nearest_marked(tree, told)[:-1], len(told))
        filled = truth.sum(axis=1) > 0
        weak = told & filled & (widest_without_one(np.rint(truth).astype(np.int64)) <= least_bins)
        if not weak.any():
            return {cell: columns[cell] for cell in np.flatnonzero(told).tolist()}
        findings.coarsened += int(weak.sum())
        told &= ~weak
