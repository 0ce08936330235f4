"""The audit of the answers to each question, and of what sums of questions leave open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.audit.regions import Findings, gather, nearest_marked, neighbourhood, smallest_within
from surveys.coding import LEAST_RANGE, AnswerForm, Span, coded_answers
from surveys.disclosure import NO_PARENT
from surveys.reconstruction import Told, people_pinned, widest_without_one
from surveys.release import CellTree

MOST_PROGRAMS = 20_000  # beyond so many, what the true answers do not prove safe is coarsened without asking


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
