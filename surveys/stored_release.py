"""What is stored of a wave: the plan (surveys.release), audited (surveys.audit), as figures.

Whatever rests on several cells (the spread that small teams share, shrinkage, reliability) is computed here
from stored figures alone, so it tells nothing that they do not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from surveys.agreement import IntraclassCorrelation, intraclass_correlation
from surveys.arrays import BoolArray, FloatArray, IntArray, TextArray
from surveys.audit import (
    AnsweredQuestion,
    Figure,
    Findings,
    Scored,
    audit_histogram,
    audit_means,
    keep_room,
    nearest_marked,
)
from surveys.audit.remainders import ToldScore, hide_remainders, known_sums
from surveys.coding import MeanForm, Points, Span, coded_agreement, coded_means, favourable_split, rounded
from surveys.disclosure import NO_PARENT, CellState
from surveys.enums import ItemPart
from surveys.group_statistics import POOLED_SD_BELOW, GroupStatistics, GroupSums
from surveys.quantiles import student_quantile
from surveys.questionnaire import Question, Questionnaire, Scale
from surveys.release import CellTree, Release, UnitSums, complete_answers, plan_release
from surveys.shrinkage import MINIMUM_LEADERS, Shrinkage, shrink

CONFIDENCE = 0.95


@dataclass(frozen=True)
class StoredMeans:
    """`published` (U + 1,): cells with a figure. `value`: the mean or the edge of its bound; `bound`: values
    of coding.Bound. `statistics` hold exact means alone: NaN where the mean is a bound or withheld."""

    published: BoolArray
    value: FloatArray
    bound: IntArray
    statistics: GroupStatistics


@dataclass(frozen=True)
class StoredAnswers:
    """The spans of each cell that is told of, and how many answered."""

    spans: dict[int, tuple[Span, ...]]
    n: IntArray


@dataclass(frozen=True)
class StoredRelease:
    """Everything that is written of U units and, at index U, of everybody together."""

    state: TextArray
    lowest: BoolArray
    index: StoredMeans
    agreement: FloatArray
    histogram: StoredAnswers
    scales: tuple[StoredMeans, ...]
    items: tuple[StoredAnswers, ...]
    shrinkage: Shrinkage | None
    shrunken: IntArray  # place of each unit among the lowest cells, -1 for others
    correlation: IntraclassCorrelation | None
    findings: Findings

    @property
    def published(self) -> BoolArray:
        return np.asarray(self.state == CellState.PUBLISHED.value, dtype=np.bool_)


def store_release(
    parent: IntArray, sums: UnitSums, questionnaire: Questionnaire, *, threshold: int
) -> StoredRelease:
    """Plan, code, attack and coarsen a wave: what of it is to be written. Arguments as for plan_release."""
    release = plan_release(parent, sums, questionnaire, threshold=threshold)
    return _Audit(parent, sums, questionnaire, release, threshold).stored()


class _Audit:
    def __init__(
        self, parent: IntArray, sums: UnitSums, questionnaire: Questionnaire, release: Release, k: int
    ) -> None:
        self.tree, self.sums, self.k = CellTree.of(parent), sums, k
        self.questionnaire, self.release = questionnaire, release
        self.findings = Findings()

    def stored(self) -> StoredRelease:
        release, findings = self.release, self.findings
        points = index_points(self.questionnaire)
        form = audit_means(self.tree, self._scored(0, points), release.published, findings)
        self.published = form < MeanForm.WITHHELD
        regions = nearest_marked(self.tree, self.published)[:-1][self.sums.index.n > 0]
        findings.regions = len(set(regions.tolist()) - {NO_PARENT})
        lowest = self.published & ~self.tree.any_below(self.published)
        index = self._means(self.sums.index, form, points, lowest)
        scale_forms = self._scale_forms(form)
        scales = self._scales(scale_forms)
        items = self._items(form, scale_forms, scales)
        places = np.flatnonzero(lowest)
        shrunken = np.full(len(self.published), -1)
        shrunken[places] = np.arange(len(places))
        withdrawn = release.published & ~self.published
        return StoredRelease(
            state=np.where(withdrawn, CellState.PROTECTS_OTHERS.value, release.state),
            lowest=lowest,
            index=index,
            agreement=self._agreement(form),
            histogram=self._histogram(points),
            scales=scales,
            items=items,
            shrinkage=shrink(_pick(index.statistics, places)),
            shrunken=shrunken,
            correlation=_correlation(index.statistics, lowest),
            findings=findings,
        )

    def _scored(self, number: int, points: Points) -> Scored:
        sums = self.sums.index if number == 0 else self.sums.scales[number - 1]
        lowest, highest = self.sums.ends[number]
        return Scored(sums, lowest, highest, points)

    def _scale_forms(self, index_form: IntArray) -> list[IntArray]:
        """Each scale by itself, then the behaviours with the index that they add up to."""
        scored = [
            self._scored(number, scale_points(scale))
            for number, scale in enumerate(self.questionnaire.scales, 1)
        ]
        forms = [
            audit_means(self.tree, score, released & self.published, self.findings)
            for score, released in zip(scored, self.release.scales, strict=True)
        ]
        index = ToldScore(self._scored(0, index_points(self.questionnaire)), index_form)
        behaviours = [
            ToldScore(score, form)
            for scale, score, form in zip(self.questionnaire.scales, scored, forms, strict=True)
            if scale.part == ItemPart.INDEX
        ]
        hide_remainders(self.tree, index, behaviours, self.findings)
        return forms

    def _scales(self, forms: list[IntArray]) -> tuple[StoredMeans, ...]:
        stored = []
        for scale, sums, form in zip(self.questionnaire.scales, self.sums.scales, forms, strict=True):
            told = form < MeanForm.WITHHELD
            lowest = told & ~self.tree.any_below(told)
            stored.append(self._means(sums, form, scale_points(scale), lowest))
        return tuple(stored)

    def _means(self, direct: GroupSums, form: IntArray, points: Points, lowest: BoolArray) -> StoredMeans:
        sums = self.tree.sums(direct)
        value, bound = coded_means(sums.n, sums.mean(), form, points)
        spread = form == MeanForm.SPREAD
        freedom = np.maximum(sums.n - 1, 1)
        sd = np.where(spread, rounded(np.sqrt(sums.squares_within() / freedom), points.places), np.nan)
        exact = np.where(form <= MeanForm.MEAN, value, np.nan)
        shown = form < MeanForm.WITHHELD
        statistics = stored_statistics(np.where(shown, sums.n, 0), exact, sd, lowest)
        return StoredMeans(shown, value, bound, statistics)

    def _items(
        self, form: IntArray, scale_forms: list[IntArray], scales: tuple[StoredMeans, ...]
    ) -> tuple[StoredAnswers, ...]:
        questions = [
            AnsweredQuestion(
                self.tree,
                self.sums.answers[number].sum(axis=2),
                released & self.published,
                self.k,
                favourable_split(question.high - question.low + 1, turned=question.reversed),
                tuple(self._scale_figures(number, question, scales)),
                turned=question.reversed,
            )
            for number, (question, released) in enumerate(
                zip(self.questionnaire.questions, self.release.items, strict=True)
            )
        ]
        for question in questions:
            question.audit(self.findings)
        scales_told = list(zip(self.questionnaire.scales, scale_forms, strict=True))
        index_items = questions[: self.questionnaire.index_items]
        keep_room(index_items, form <= MeanForm.MEAN, self.findings)
        known = known_sums(form, [own for scale, own in scales_told if scale.part == ItemPart.INDEX])
        known += [own <= MeanForm.MEAN for scale, own in scales_told if scale.part != ItemPart.INDEX]
        for (scale, _own), told_sums in zip(scales_told, known, strict=True):
            if len(scale.columns) > 1:
                keep_room([questions[column] for column in scale.columns], told_sums, self.findings)
        return tuple(
            StoredAnswers(
                {cell: question.spans(cell) for cell in np.flatnonzero(question.told).tolist()},
                question.totals.sum(axis=1),
            )
            for question in questions
        )

    def _scale_figures(
        self, number: int, question: Question, scales: tuple[StoredMeans, ...]
    ) -> list[Figure]:
        """What a scale of this question alone tells of its answers: their total and sum of squares."""
        figures = []
        for scale, stored in zip(self.questionnaire.scales, scales, strict=True):
            if scale.columns != (number,):
                continue
            values = np.arange(question.low, question.high + 1, dtype=np.float64)
            values = values[::-1] if question.reversed else values
            half = 0.5 * 10.0 ** -scale_points(scale).places
            statistics = stored.statistics
            for cell in np.flatnonzero(np.isfinite(statistics.mean)).tolist():
                n, mean, sd = (float(x[cell]) for x in (statistics.n, statistics.mean, statistics.sd))
                total = n * (mean - half), n * (mean + half)
                figures.append(Figure(cell, values, *total))
                if math.isfinite(sd):
                    low, high = (
                        (n - 1) * max(sd + side * half, 0) ** 2 + edge**2 / n
                        for side, edge in zip((-1, 1), total, strict=True)
                    )
                    figures.append(Figure(cell, values**2, low, high))
        return figures

    def _histogram(self, points: Points) -> StoredAnswers:
        bins = self.sums.bins
        width = points.reach / bins.shape[1]
        spans = audit_histogram(
            self.tree,
            bins,
            self.release.histogram & self.published,
            k=self.k,
            least_bins=math.ceil(points.least_range / width),
            findings=self.findings,
        )
        return StoredAnswers(spans, self.tree.counts(bins).sum(axis=1))

    def _agreement(self, form: IntArray) -> FloatArray:
        """Only where at least k responses are complete: it rests on them alone."""
        complete = complete_answers(self.tree, self.sums.answers)
        return coded_agreement(self.release.agreement, (form == MeanForm.SPREAD) & (complete >= self.k))


def index_points(questionnaire: Questionnaire) -> Points:
    """The scale of the index."""
    items = questionnaire.index_items
    return Points(items * questionnaire.low, items * questionnaire.high)


def scale_points(scale: Scale) -> Points:
    """A behaviour is a sum of answers, an outcome their mean."""
    if scale.part == ItemPart.OUTCOME:
        return Points(scale.low, scale.high, step=1 / len(scale.columns), places=2, bound_places=1)
    return Points(scale.low, scale.high, bound_places=1)


def stored_statistics(n: IntArray, mean: FloatArray, sd: FloatArray, lowest: BoolArray) -> GroupStatistics:
    """Standard errors and intervals from stored means and spreads, by the rule of group_statistics; a cell
    whose spread is not told borrows the pooled one too."""
    freedom = np.where(n > 1, n - 1.0, np.nan)
    base = lowest & np.isfinite(sd) & (n > 1)
    within = float((freedom[base] * sd[base] ** 2).sum())
    pooled_sd = math.sqrt(within / float(freedom[base].sum())) if base.any() else math.nan
    pooled = (n < POOLED_SD_BELOW) | ~np.isfinite(sd)
    se = np.where(pooled, pooled_sd, sd) / np.sqrt(np.where(n > 0, n, np.nan))
    margin = student_quantile(freedom, (1 + CONFIDENCE) / 2) * se
    return GroupStatistics(
        n=n,
        mean=mean,
        sd=sd,
        se=np.where(np.isfinite(mean), se, np.nan),
        low=mean - margin,
        high=mean + margin,
        pooled=pooled,
        pooled_sd=pooled_sd,
        confidence=CONFIDENCE,
    )


def _pick(statistics: GroupStatistics, places: IntArray) -> GroupStatistics:
    """The statistics of some cells."""
    return GroupStatistics(
        n=statistics.n[places],
        mean=statistics.mean[places],
        sd=statistics.sd[places],
        se=statistics.se[places],
        low=statistics.low[places],
        high=statistics.high[places],
        pooled=statistics.pooled[places],
        pooled_sd=statistics.pooled_sd,
        confidence=statistics.confidence,
    )


def _correlation(statistics: GroupStatistics, lowest: BoolArray) -> IntraclassCorrelation | None:
    """Over the lowest cells whose mean is told, if there are enough of them. One whose spread is not told
    counts with the pooled one: units of one mind must not be left out of what units differ by."""
    base = lowest & np.isfinite(statistics.mean)
    if base.sum() < MINIMUM_LEADERS or not math.isfinite(statistics.pooled_sd):
        return None
    n, mean = statistics.n[base], statistics.mean[base]
    sd = np.where(np.isfinite(statistics.sd[base]), statistics.sd[base], statistics.pooled_sd)
    return intraclass_correlation(GroupSums(n, n * mean, (n - 1) * sd**2 + n * mean**2))
