"""One wave's release on its way into rows."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

import numpy as np
from django.utils import timezone

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.association import MINIMUM_LEADERS_FOR_SLOPE, outcome_slope
from surveys.ballot_box import comments_of
from surveys.bands import behaviour_bands
from surveys.coding import RULE_VERSION, Span
from surveys.comment_release import COMMENTS_FROM, NOWHERE, place_comments
from surveys.disclosure import CellState
from surveys.enums import CellShown, ItemPart
from surveys.leader_index import percent_of_range
from surveys.models import (
    InstrumentItem,
    PublishedComment,
    PublishedIndex,
    PublishedItem,
    PublishedScale,
    PublishedWave,
    ReleaseCertificate,
    Wave,
)
from surveys.queries import PlacedUnit, leaders_of_units
from surveys.questionnaire import Questionnaire, Scale
from surveys.same_people import same_as_below
from surveys.shrinkage import Band
from surveys.stored_release import StoredMeans, StoredRelease
from tenancy.copy import copy_rows


class ReleaseRows:
    """One wave's release on its way into rows."""

    def __init__(
        self,
        wave: Wave,
        units: Sequence[PlacedUnit],
        questionnaire: Questionnaire,
        items: Sequence[InstrumentItem],
        release: StoredRelease,
        *,
        asked: Collection[UUID],
    ) -> None:
        """`asked`: the units in which the answers of anybody on the roll count."""
        self.wave, self.units, self.items = wave, units, items
        self.questionnaire, self.release = questionnaire, release
        self.percent = percent_of_range(
            release.index.value,
            items=questionnaire.index_items,
            low=questionnaire.low,
            high=questionnaire.high,
        )
        self.listed = release.state[: len(units)] != CellState.EMPTY
        for place in reversed(range(len(units))):  # what is below a unit follows it
            self.listed[place] |= units[place].id in asked
            if units[place].parent >= 0:
                self.listed[units[place].parent] |= self.listed[place]

    def write_cells(self, leaders: Mapping[UUID, UUID]) -> None:
        release, same = self.release, self._same_as_below(leaders)
        PublishedIndex.objects.bulk_create(
            [
                PublishedIndex(
                    wave=self.wave,
                    unit_id=unit.id,
                    leader_id=leaders.get(unit.id),
                    position=place,
                    depth=unit.depth,
                    state=CellShown.PUBLISHED if release.published[place] else CellShown.WITHHELD,
                    lowest=bool(release.lowest[place]),
                    same_as_below=bool(same[place]),
                    **(self._numbers(place) if release.published[place] else {}),
                )
                for place, unit in enumerate(self.units)
                if self.listed[place]
            ],
            batch_size=1_000,
        )

    def _same_as_below(self, leaders: Mapping[UUID, UUID]) -> BoolArray:
        release = self.release
        told = [(release.published, release.index.statistics.n)]
        told += [(scale.published, scale.statistics.n) for scale in release.scales]
        led_by = [leaders.get(unit.id) for unit in self.units]
        return same_as_below([unit.parent for unit in self.units], led_by, told)

    def readers(self, leaders: Mapping[UUID, UUID]) -> set[UUID]:
        """Who has a report with figures to read at once: a unit's leader then, or without one its leader now,
        as `can_see_report` has it."""
        told = self.release.published[: len(self.units)] & ~self._same_as_below(leaders)
        shown = [self.units[place].id for place in np.flatnonzero(told).tolist()]
        now = leaders_of_units(on=timezone.localdate())
        found = (leaders.get(unit_id) or now.get(unit_id) for unit_id in shown)
        return {leader for leader in found if leader is not None}

    def _numbers(self, place: int) -> dict[str, object]:
        release = self.release
        numbers = _statistics(release.index, place) | self._histogram(place)
        numbers |= {"percent": self.percent[place], "agreement": _number(release.agreement, place)}
        shrinkage, own = release.shrinkage, int(release.shrunken[place])
        if shrinkage is not None and own >= 0 and math.isfinite(shrinkage.estimate[own]):
            numbers |= {
                "weight": _number(shrinkage.weight, own),
                "estimate": _number(shrinkage.estimate, own),
                "estimate_low": _number(shrinkage.low, own),
                "estimate_high": _number(shrinkage.high, own),
                "above_centre": _number(shrinkage.above_centre, own),
                "band": str(shrinkage.band[own]),
            }
        return numbers

    def _histogram(self, place: int) -> dict[str, object]:
        spans = self.release.histogram.spans.get(place)
        if not spans:
            return {}
        low, high = self.wave.scale_low, self.wave.scale_high
        width = (high - low) / spans[-1].end
        edges = [low + width * span.start for span in spans]
        return {"histogram": [span.fewest for span in spans], "histogram_edges": [*edges, high]}

    def write_scales(self) -> None:
        columns = ["wave_id", "unit_id", "part", "group", "position", "items", "scale_low", "scale_high"]
        numbers = ["n", "mean", "bound", "sd", "low", "high"]
        copy_rows(PublishedScale, [*columns, *numbers, "band"], self._scale_rows())

    def _scale_rows(self) -> Iterator[Sequence[object]]:
        behaviours = sum(scale.part == ItemPart.INDEX for scale in self.questionnaire.scales)
        for position, (scale, released) in enumerate(
            zip(self.questionnaire.scales, self.release.scales, strict=True)
        ):
            if scale.part == ItemPart.INDEX and behaviours == 1:
                continue  # an instrument without behaviours: the index says it all
            places = np.flatnonzero(released.published[:-1])
            bands = self._bands(scale, released, places)
            for place, band in zip(places.tolist(), bands, strict=True):
                numbers = _statistics(released, place)
                yield (
                    self.wave.pk,
                    self.units[place].id,
                    scale.part,
                    scale.group,
                    position,
                    len(scale.columns),
                    scale.low,
                    scale.high,
                    *(numbers[name] for name in ("n", "mean", "bound", "sd", "low", "high")),
                    band,
                )

    def _bands(self, scale: Scale, released: StoredMeans, places: IntArray) -> list[str]:
        """Of a behaviour, in the order of `places`; outcomes are not placed. From the stored figures alone:
        they tell nothing that those do not."""
        if scale.part != ItemPart.INDEX:
            return [Band.UNKNOWN.value] * len(places)
        lowest = self.release.lowest[places]
        top = np.array([self.units[place].depth == 0 for place in places.tolist()], dtype=np.bool_)
        statistics = released.statistics
        bands = behaviour_bands(
            statistics.n[places].astype(np.float64),
            released.value[places],
            statistics.low[places],
            statistics.high[places],
            lowest=lowest,
            everybody=top & ~lowest,
        )
        return [str(band) for band in bands]

    def write_items(self) -> None:
        rows = (
            (
                self.wave.pk,
                self.units[place].id,
                item.pk,
                int(released.n[place]),
                *_arrays(spans),
            )
            for item, released in zip(self.items, self.release.items, strict=True)
            for place, spans in released.spans.items()
        )
        copy_rows(PublishedItem, ["wave_id", "unit_id", "item_id", "n", "ends", "fewest", "most"], rows)

    def write_comments(self, parent: IntArray, respondents: IntArray) -> None:
        """Each comment where it may be read; the ballot box gives them in an order of chance."""
        own = self.release.published[: len(self.units)]
        fewest = max(COMMENTS_FROM, self.wave.threshold)
        place = place_comments(parent, respondents, own, fewest=fewest)
        number = {unit.id: index for index, unit in enumerate(self.units)}
        found = ((place[number[unit_id]], text) for unit_id, text in comments_of(self.wave))
        PublishedComment.objects.bulk_create(
            [
                PublishedComment(wave=self.wave, unit_id=self.units[where].id, text=text)
                for where, text in found
                if where != NOWHERE
            ],
            batch_size=1_000,
        )

    def write_wave(self, *, responses: int, left_out: int, at: dt.datetime) -> PublishedWave:
        release, everybody = self.release, len(self.units)
        overall: dict[str, object] = {}
        if release.published[everybody]:
            overall = _statistics(release.index, everybody) | {"percent": self.percent[everybody]}
            overall |= self._histogram(everybody)
        correlation, shrinkage = release.correlation, release.shrinkage
        pooled_sd = release.index.statistics.pooled_sd
        return PublishedWave.objects.create(
            wave=self.wave,
            published_at=at,
            responses=responses,
            left_out=left_out,
            units=int(self.listed.sum()),
            withheld=self._withheld(),
            threshold=self.wave.threshold,
            icc1=correlation.icc1 if correlation else None,
            icc2=correlation.icc2 if correlation else None,
            agreement=_median(release.agreement[release.lowest]),
            pooled_sd=pooled_sd if math.isfinite(pooled_sd) else None,
            centre=shrinkage.centre if shrinkage else None,
            between_variance=shrinkage.between_variance if shrinkage else None,
            slopes=list(self._slopes()),
            **overall,
        )

    def _withheld(self) -> int:
        """Cells of which nothing is told."""
        return int((self.listed & ~self.release.published[: len(self.units)]).sum())

    def write_certificate(self, *, at: dt.datetime) -> ReleaseCertificate:
        """What the audit of this release attacked and found."""
        findings = self.release.findings
        return ReleaseCertificate.objects.create(
            wave=self.wave,
            issued_at=at,
            rule=RULE_VERSION,
            threshold=self.wave.threshold,
            regions=findings.regions,
            answers=findings.answers,
            programs=findings.programs,
            narrowest=findings.narrowest,
            coarsened=findings.coarsened,
            withheld=self._withheld(),
            gaps=findings.gaps,
            gaps_withheld=findings.gaps_withheld,
        )

    def _slopes(self) -> Iterator[dict[str, object]]:
        """Each outcome's slope on the index over the lowest published cells, where there are 30 of them."""
        index = np.where(self.release.lowest, self.release.index.statistics.mean, np.nan)
        for scale, released in zip(self.questionnaire.scales, self.release.scales, strict=True):
            if scale.part != ItemPart.OUTCOME:
                continue
            slope = outcome_slope(index, released.statistics.mean)
            if slope is not None and slope.n >= MINIMUM_LEADERS_FOR_SLOPE:
                yield {
                    "group": scale.group,
                    "slope": slope.slope,
                    "low": slope.low,
                    "high": slope.high,
                    "correlation": slope.correlation if math.isfinite(slope.correlation) else None,
                    "n": slope.n,
                }


def _arrays(spans: Sequence[Span]) -> Iterator[str]:
    """Ends, fewest and most people of some spans, each as PostgreSQL writes an array."""
    for numbers in zip(*((span.end, span.fewest, span.most) for span in spans), strict=True):
        yield "{" + ",".join(map(str, numbers)) + "}"


def _statistics(means: StoredMeans, place: int) -> dict[str, object]:
    statistics = means.statistics
    return {
        "n": int(statistics.n[place]),
        "mean": _number(means.value, place),
        "bound": int(means.bound[place]),
        "sd": _number(statistics.sd, place),
        "se": _number(statistics.se, place),
        "low": _number(statistics.low, place),
        "high": _number(statistics.high, place),
    }


def _number(values: FloatArray, place: int) -> float | None:
    value = float(values[place])
    return value if math.isfinite(value) else None


def _median(values: FloatArray) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else None
