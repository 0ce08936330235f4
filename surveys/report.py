"""The page of one unit's leader index: rows into charts and words. No queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from surveys.distributions import favourable
from surveys.enums import ItemPart
from surveys.group_statistics import GroupStatistics
from surveys.models import PublishedIndex, PublishedItem, PublishedScale, PublishedWave
from surveys.shrinkage import Change, change_between
from surveys.wording import CHANGES, between, decimal, group_label
from web.charts import Bar, Chart, Estimate, Point, bars, intervals, trend

CHANGE_TONES = {Change.CLEAR_RISE: "ok", Change.CLEAR_FALL: "warn"}


@dataclass(frozen=True)
class ChangeNote:
    """The change against the last wave, in words."""

    verdict: str
    tone: str
    detail: str


@dataclass(frozen=True)
class ItemLine:
    """One question: how many of those who answered were favourable."""

    text: str
    group: str
    n: int
    favourable: str
    interval: str


@dataclass(frozen=True)
class OutcomeLine:
    label: str
    n: int
    mean: str
    interval: str
    scale: str


def change_note(cell: PublishedIndex, earlier: Sequence[PublishedIndex]) -> ChangeNote | None:
    """Against the last wave of the same instrument; None when there is none. Another leader's result is not
    compared, and noise gets no arrow."""
    before = max(earlier, key=lambda past: past.wave.closes_on, default=None)
    if before is None or not cell.is_published:
        return None
    unknown = str(CHANGES[Change.UNKNOWN])
    if before.leader_id != cell.leader_id:
        return ChangeNote(unknown, "", _("The last result is about another leader."))
    if not before.is_published:
        return ChangeNote(unknown, "", _("The last result was not shown."))
    change = change_between(_alone(before), _alone(cell))
    verdict = Change(str(change.verdict[0]))
    detail = _("%(difference)s points against %(wave)s (95 %% interval %(interval)s)") % {
        "difference": decimal(float(change.difference[0])),
        "wave": before.wave.title,
        "interval": between(float(change.low[0]), float(change.high[0])),
    }
    return ChangeNote(str(CHANGES[verdict]), CHANGE_TONES.get(verdict, "info"), detail)


def _alone(cell: PublishedIndex) -> GroupStatistics:
    """One published cell as the arithmetic wants it."""

    def one(value: float | None) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([np.nan if value is None else value], dtype=np.float64)

    return GroupStatistics(
        n=np.array([cell.n or 0], dtype=np.int64),
        mean=one(cell.mean),
        sd=one(cell.sd),
        se=one(cell.se),
        low=one(cell.low),
        high=one(cell.high),
        pooled=np.array([False]),
        pooled_sd=float("nan"),
        confidence=0.95,
    )


def standing_chart(cell: PublishedIndex, published: PublishedWave) -> Chart:
    """The unit's mean and interval on the whole scale, with everybody's mean as a line."""
    row = Estimate(cell.unit.name, cell.mean, cell.low, cell.high, cell.estimate, cell.n)
    return intervals(
        _("Index with its interval"),
        [row],
        low=cell.wave.scale_low,
        high=cell.wave.scale_high,
        reference=published.mean if published.mean is not None else published.centre,
        reference_name=_("Everybody"),
    )


def behaviour_chart(scales: Sequence[PublishedScale]) -> Chart | None:
    """Behaviours in percent of what each can reach; None where they are not shown."""
    rows = [
        Bar(
            group_label(scale.group),
            100 * (scale.mean - scale.scale_low) / (scale.scale_high - scale.scale_low),
            _("%(mean)s of %(high)s, n = %(n)d")
            % {"mean": decimal(scale.mean), "high": decimal(scale.scale_high, 0), "n": scale.n},
        )
        for scale in scales
        if scale.part == ItemPart.INDEX
    ]
    return bars(_("Behaviours, percent of range"), rows, top=100, unit=" %") if rows else None


def outcome_lines(scales: Sequence[PublishedScale]) -> list[OutcomeLine]:
    return [
        OutcomeLine(
            group_label(scale.group),
            scale.n,
            decimal(scale.mean, 2),
            between(scale.low, scale.high, 2),
            between(scale.scale_low, scale.scale_high, 0),
        )
        for scale in scales
        if scale.part == ItemPart.OUTCOME
    ]


def item_lines(items: Sequence[PublishedItem]) -> list[ItemLine]:
    """Share of the upper two in five answers among valid answers, with Wilson interval; index items only."""
    lines = []
    for row in items:
        if row.item.part != ItemPart.INDEX:
            continue
        counts = np.array(row.counts[::-1] if row.item.reversed else row.counts, dtype=np.int64)
        share = favourable(counts, levels_counted=max(1, len(counts) * 2 // 5))
        lines.append(
            ItemLine(
                row.item.text,
                group_label(row.item.group),
                row.n,
                f"{100 * float(share.share):.0f} %",
                f"{100 * float(share.low):.0f}–{100 * float(share.high):.0f} %",
            )
        )
    return lines


def trend_chart(cells: Sequence[PublishedIndex]) -> Chart | None:
    """The same leader's index over the waves, from two of them; waves that are not shown leave a gap."""
    points = [Point(cell.wave.title, cell.mean, cell.low, cell.high) for cell in cells]
    if sum(point.value is not None for point in points) < 2:
        return None
    return trend(
        _("Index over the waves"),
        points,
        low=cells[0].wave.scale_low,
        high=cells[0].wave.scale_high,
        value_name=_("Index"),
    )
