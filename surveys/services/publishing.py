from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone

from people.access import demand
from people.member import Member
from people.notices import notify
from surveys import notices
from surveys.arrays import FloatArray
from surveys.association import MINIMUM_LEADERS_FOR_SLOPE, outcome_slope
from surveys.ballot_box import clear_traces, close_box
from surveys.ballots import sums_by_unit
from surveys.disclosure import CellState
from surveys.enums import ItemPart, WaveState
from surveys.group_statistics import GroupStatistics
from surveys.leader_index import percent_of_range
from surveys.models import (
    InstrumentItem,
    PublishedIndex,
    PublishedItem,
    PublishedScale,
    PublishedWave,
    Wave,
)
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import (
    PlacedUnit,
    instrument_items,
    leaders_of_units,
    questionnaire_of,
    units_in_tree_order,
)
from surveys.questionnaire import Questionnaire
from surveys.release import Release, plan_release
from surveys.services.asking import clear_traces_of_asking, forget_asking
from surveys.services.debriefs import open_debriefs
from tenancy.copy import copy_rows


class WaveStateError(ValueError):
    """The wave is not in the state that this needs."""


def close_wave(wave: Wave, *, by: Member) -> None:
    """Let no more answers in. Survey steward and HR admin; an open wave only."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    end_wave(wave)


def end_wave(wave: Wave) -> None:
    """The same for the nightly job, which acts for nobody. A wave that ran here is mixed, and whatever could
    tell who had answered by when is deleted with its key; after the commit its space is cleared, too."""
    # Whoever casts holds the box and wants the wave's key; a full lock here would wait for them in a circle.
    locked = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    if locked.state != WaveState.OPEN:
        raise WaveStateError("Only an open wave can be closed.")
    if locked.imported:
        locked.state = WaveState.CLOSED
        locked.save(update_fields=["state"])
    else:
        close_box(locked)
        forget_asking(locked)
        transaction.on_commit(clear_traces)
        transaction.on_commit(clear_traces_of_asking)
    wave.state = WaveState.CLOSED


def publish_wave(wave: Wave, *, by: Member, at: dt.datetime | None = None) -> PublishedWave:
    """Write the published cells of a closed wave, once and for good. Survey steward and HR admin.

    `at`: when that was, for a history that is made up; else now."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    locked = Wave.objects.select_for_update().select_related("instrument").get(pk=wave.pk)
    if locked.state != WaveState.CLOSED:
        raise WaveStateError("Only a closed wave can be published, and only once.")
    items = list(instrument_items(locked.instrument))
    questionnaire = questionnaire_of(locked.instrument, items)
    units = units_in_tree_order()
    sums, left_out = sums_by_unit(locked, [unit.id for unit in units], questionnaire)
    parent = np.array([unit.parent for unit in units], dtype=np.int64)
    release = plan_release(parent, sums, questionnaire, threshold=locked.threshold)
    publisher = _Publisher(locked, units, questionnaire, items, release)
    leaders = leaders_of_units(on=locked.closes_on)
    publisher.write_cells(leaders)
    publisher.write_scales()
    publisher.write_items()
    published = publisher.write_wave(
        responses=int(sums.index.n.sum()) + left_out, left_out=left_out, at=at or timezone.now()
    )
    open_debriefs(published)
    locked.state = wave.state = WaveState.PUBLISHED
    locked.save(update_fields=["state"])
    notify(publisher.readers(leaders), notices.report_published(locked))
    return published


class _Publisher:
    """One wave's release on its way into rows."""

    def __init__(
        self,
        wave: Wave,
        units: Sequence[PlacedUnit],
        questionnaire: Questionnaire,
        items: Sequence[InstrumentItem],
        release: Release,
    ) -> None:
        self.wave, self.units, self.items = wave, units, items
        self.questionnaire, self.release = questionnaire, release
        self.percent = percent_of_range(
            release.statistics.mean,
            items=questionnaire.index_items,
            low=questionnaire.low,
            high=questionnaire.high,
        )

    def write_cells(self, leaders: Mapping[UUID, UUID]) -> None:
        release = self.release
        PublishedIndex.objects.bulk_create(
            [
                PublishedIndex(
                    wave=self.wave,
                    unit_id=unit.id,
                    leader_id=leaders.get(unit.id),
                    position=place,
                    depth=unit.depth,
                    state=str(release.state[place]),
                    lowest=bool(release.lowest[place]),
                    **(self._numbers(place) if release.published[place] else {}),
                )
                for place, unit in enumerate(self.units)
                if release.state[place] != CellState.EMPTY
            ],
            batch_size=1_000,
        )

    def readers(self, leaders: Mapping[UUID, UUID]) -> set[UUID]:
        """Who has a report with figures to read: a unit's leader then, or without one its leader now, as
        `can_see_report` has it."""
        shown = [unit.id for place, unit in enumerate(self.units) if self.release.published[place]]
        now = leaders_of_units(on=timezone.localdate())
        found = (leaders.get(unit_id) or now.get(unit_id) for unit_id in shown)
        return {leader for leader in found if leader is not None}

    def _numbers(self, place: int) -> dict[str, object]:
        release = self.release
        numbers = _statistics(release.statistics, place)
        numbers |= {"percent": self.percent[place], "agreement": _number(release.agreement, place)}
        if release.histogram.published[place]:
            numbers["histogram"] = release.histogram.counts[place].tolist()
        shrinkage, own = release.shrinkage, int(release.shrunken[place])
        if shrinkage is not None and own >= 0:
            numbers |= {
                "weight": _number(shrinkage.weight, own),
                "estimate": _number(shrinkage.estimate, own),
                "estimate_low": _number(shrinkage.low, own),
                "estimate_high": _number(shrinkage.high, own),
                "above_centre": _number(shrinkage.above_centre, own),
                "band": str(shrinkage.band[own]),
            }
        return numbers

    def write_scales(self) -> None:
        columns = ["wave_id", "unit_id", "part", "group", "position", "items", "scale_low", "scale_high"]
        copy_rows(PublishedScale, [*columns, "n", "mean", "sd", "low", "high"], self._scale_rows())

    def _scale_rows(self) -> Iterator[Sequence[object]]:
        behaviours = sum(scale.part == ItemPart.INDEX for scale in self.questionnaire.scales)
        for position, (scale, released) in enumerate(
            zip(self.questionnaire.scales, self.release.scales, strict=True)
        ):
            if scale.part == ItemPart.INDEX and behaviours == 1:
                continue  # an instrument without behaviours: the index says it all
            for place in np.flatnonzero(released.published[:-1]).tolist():
                numbers = _statistics(released.statistics, place)
                yield (
                    self.wave.pk,
                    self.units[place].id,
                    scale.part,
                    scale.group,
                    position,
                    len(scale.columns),
                    scale.low,
                    scale.high,
                    *(numbers[name] for name in ("n", "mean", "sd", "low", "high")),
                )

    def write_items(self) -> None:
        rows = (
            (
                self.wave.pk,
                self.units[place].id,
                item.pk,
                int(released.counts[place].sum()),
                "{" + ",".join(map(str, released.counts[place].tolist())) + "}",
            )
            for item, released in zip(self.items, self.release.items, strict=True)
            for place in np.flatnonzero(released.published[:-1]).tolist()
        )
        copy_rows(PublishedItem, ["wave_id", "unit_id", "item_id", "n", "counts"], rows)

    def write_wave(self, *, responses: int, left_out: int, at: dt.datetime) -> PublishedWave:
        release, everybody = self.release, len(self.units)
        own = release.state[:everybody]
        overall: dict[str, object] = {}
        if release.published[everybody]:
            overall = _statistics(release.statistics, everybody) | {"percent": self.percent[everybody]}
        if release.histogram.published[everybody]:
            overall["histogram"] = release.histogram.counts[everybody].tolist()
        correlation, shrinkage = release.correlation, release.shrinkage
        pooled_sd = release.statistics.pooled_sd
        return PublishedWave.objects.create(
            wave=self.wave,
            published_at=at,
            responses=responses,
            left_out=left_out,
            units=int((own != CellState.EMPTY).sum()),
            withheld=int(((own != CellState.EMPTY) & (own != CellState.PUBLISHED)).sum()),
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

    def _slopes(self) -> Iterator[dict[str, object]]:
        """Each outcome's slope on the index over the lowest published cells, where there are 30 of them."""
        index = np.where(self.release.lowest, self.release.statistics.mean, np.nan)
        for scale, released in zip(self.questionnaire.scales, self.release.scales, strict=True):
            if scale.part != ItemPart.OUTCOME:
                continue
            slope = outcome_slope(index, np.where(released.published, released.statistics.mean, np.nan))
            if slope is not None and slope.n >= MINIMUM_LEADERS_FOR_SLOPE:
                yield {
                    "group": scale.group,
                    "slope": slope.slope,
                    "low": slope.low,
                    "high": slope.high,
                    "correlation": slope.correlation if math.isfinite(slope.correlation) else None,
                    "n": slope.n,
                }


def _statistics(statistics: GroupStatistics, place: int) -> dict[str, object]:
    return {
        "n": int(statistics.n[place]),
        "mean": _number(statistics.mean, place),
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
