"""The page of one unit's leader index: rows into charts and words. No queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys.coding import favourable_split
from surveys.distributions import wilson_interval
from surveys.enums import ItemPart
from surveys.group_statistics import GroupStatistics
from surveys.models import InstrumentItem, PublishedIndex, PublishedItem, PublishedScale, PublishedWave, Wave
from surveys.offers import Cycle
from surveys.overview import known_mean
from surveys.questionnaire import Questionnaire, Scale
from surveys.shrinkage import Change, change_between
from surveys.wording import (
    CHANGES,
    PERCENT,
    between,
    ends,
    group_label,
    mean_words,
    missing_words,
    share_words,
)
from web.charts import Bar, Chart, Estimate, Point, bars, intervals, trend
from web.numbers import decimal, signed

CHANGE_TONES = {Change.CLEAR_RISE: "ok", Change.CLEAR_FALL: "warn"}


@dataclass(frozen=True)
class ChangeNote:
    """The change against the last wave, in words."""

    verdict: str
    tone: str
    against: str  # the survey it is compared with, or why it cannot be
    difference: str = ""
    interval: str = ""
    ends: tuple[str, str] = ("", "")

    @property
    def icon(self) -> str:
        return {"ok": "trending-up", "warn": "trending-down", "info": "equal"}.get(self.tone, "info-circle")


@dataclass(frozen=True)
class ItemLine:
    """One question: how many of those who answered were favourable, or that this is not shown."""

    text: str
    group: str
    n: str = ""
    favourable: str = ""
    interval: str = ""
    ends: tuple[str, str] = ("", "")
    withheld: str = ""


@dataclass(frozen=True)
class OutcomeLine:
    label: str
    n: str = ""
    mean: str = ""
    interval: str = ""
    scale: str = ""
    ends: tuple[str, str] = ("", "")
    withheld: str = ""


def change_note(cell: PublishedIndex, earlier: Sequence[PublishedIndex]) -> ChangeNote | None:
    """Against the last wave of the same instrument; None when there is none. Another leader's result is not
    compared, and noise gets no arrow."""
    before = max(earlier, key=lambda past: past.wave.closes_on, default=None)
    if before is None or not cell.is_published:
        return None
    unknown = str(CHANGES[Change.UNKNOWN])
    if before.leader_id != cell.leader_id:
        return ChangeNote(unknown, "", _("The last result is about another leader."))
    if before.bound or cell.bound:
        return ChangeNote(unknown, "", _("One of the two results is told as a bound."))
    if not before.is_published:
        return ChangeNote(unknown, "", _("The last result was not shown."))
    change = change_between(_alone(before), _alone(cell))
    verdict = Change(str(change.verdict[0]))
    found = float(change.low[0]), float(change.high[0])
    return ChangeNote(
        str(CHANGES[verdict]),
        CHANGE_TONES.get(verdict, "info"),
        _("since %(wave)s") % {"wave": before.wave.title},
        signed(float(change.difference[0])),
        between(*found),
        ends(*found),
    )


def cycle_words(cycle: Cycle) -> str:
    """What succession may see of one cycle."""
    return _("%(wave)s: mean %(mean)s (95 %% interval %(interval)s), n = %(n)s") % {
        "wave": cycle.title,
        "mean": decimal(cycle.mean),
        "interval": between(cycle.low, cycle.high),
        "n": decimal(cycle.n, 0),
    }


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
    row = Estimate(cell.unit.name, known_mean(cell), *cell.interval, cell.estimate, cell.n)
    return intervals(
        _("Index with its interval"),
        [row],
        low=cell.wave.scale_low,
        high=cell.wave.scale_high,
        reference=published.centre if published.mean is None or published.bound else published.mean,
        reference_name=_("Everybody"),
    )


def behaviour_chart(
    questionnaire: Questionnaire, scales: Sequence[PublishedScale], items: Sequence[ItemLine], *, fewest: int
) -> Chart | None:
    """Behaviours in percent of the way from the lowest to the highest they can reach; one that is not shown
    keeps its place, one with questions that are not shown says so. None where no behaviour is shown."""
    shown = {scale.group: scale for scale in scales if scale.part == ItemPart.INDEX}
    rows = []
    for scale in questionnaire.scales:
        if scale.part == ItemPart.INDEX:
            hidden = sum(item.group == group_label(scale.group) and bool(item.withheld) for item in items)
            rows.append(_behaviour(scale, shown.get(scale.group), hidden, fewest))
    return bars(_("Behaviours, percent of range"), rows, top=100, unit=" %") if shown else None


def _behaviour(scale: Scale, published: PublishedScale | None, hidden: int, fewest: int) -> Bar:
    if published is None:
        return Bar(group_label(scale.group), None, missing_words(fewest))
    note = _("%(mean)s on a scale from %(low)s to %(high)s, n = %(n)s") % {
        "mean": mean_words(published.mean, published.bound),
        "low": decimal(published.scale_low, 0),
        "high": decimal(published.scale_high, 0),
        "n": decimal(published.n, 0),
    }
    if hidden:
        note += _("; %(hidden)d of its %(all)d questions not shown") % {
            "hidden": hidden,
            "all": len(scale.columns),
        }
    percent = 100 * (published.mean - published.scale_low) / (published.scale_high - published.scale_low)
    if published.bound:
        words = mean_words(percent, published.bound, 0, PERCENT)
        return Bar(group_label(scale.group), None, note, words=words)
    return Bar(group_label(scale.group), percent, note)


def outcome_lines(
    questionnaire: Questionnaire, scales: Sequence[PublishedScale], *, threshold: int
) -> list[OutcomeLine]:
    """Every outcome that was asked for; one that is not shown says so."""
    shown = {scale.group: scale for scale in scales if scale.part == ItemPart.OUTCOME}
    return [
        OutcomeLine(
            group_label(scale.group),
            decimal(shown[scale.group].n, 0),
            mean_words(shown[scale.group].mean, shown[scale.group].bound, 2),
            between(*shown[scale.group].interval, 2),
            between(shown[scale.group].scale_low, shown[scale.group].scale_high, 0),
            ends(*shown[scale.group].interval, 2),
        )
        if scale.group in shown
        else OutcomeLine(group_label(scale.group), withheld=missing_words(scale.told_from(threshold)))
        for scale in questionnaire.scales
        if scale.part == ItemPart.OUTCOME
    ]


def item_lines(
    asked: Sequence[InstrumentItem], published: Sequence[PublishedItem], *, fewest: int
) -> list[ItemLine]:
    """Every question of the index in its order: the share of the upper two in five answers, or that it is not
    shown, for which it takes `fewest` answers. Empty where no question is shown."""
    rows = {row.item_id: row for row in published}
    lines = [
        item_line(item, rows[item.pk])
        if item.pk in rows
        else ItemLine(item.text, group_label(item.group), withheld=missing_words(fewest))
        for item in asked
        if item.part == ItemPart.INDEX
    ]
    return lines if any(not line.withheld for line in lines) else []


def common_n(items: Sequence[ItemLine]) -> str:
    """How many answered each question that is shown, where it is the same for all: it is said once."""
    counts = {item.n for item in items if item.n}
    return counts.pop() if len(counts) == 1 else ""


def item_line(item: InstrumentItem, row: PublishedItem) -> ItemLine:
    group, n = group_label(item.group), decimal(row.n, 0)
    levels = item.high - item.low + 1
    split = favourable_split(levels, turned=item.reversed)
    favourable = [end <= split if item.reversed else end > split for end in row.ends]
    fewest = sum(people for people, counts in zip(row.fewest, favourable, strict=True) if counts)
    most = sum(people for people, counts in zip(row.most, favourable, strict=True) if counts)
    words = share_words((fewest / row.n, most / row.n))
    if fewest != most:
        return ItemLine(item.text, group, n, words, _("not shown"))
    share = wilson_interval(np.array(fewest), np.array(row.n))
    low, high = ends(100 * float(share.low), 100 * float(share.high), 0)
    return ItemLine(item.text, group, n, words, f"{low}–{high} %", (low, high))


def trend_chart(cells: Sequence[PublishedIndex]) -> Chart | None:
    """The same leader's index over the waves, from two of them; waves that are not shown leave a gap."""
    points = [
        Point(cell.wave.title, known_mean(cell), *cell.interval, short=month_of(cell.wave)) for cell in cells
    ]
    if sum(point.value is not None for point in points) < 2:
        return None
    return trend(
        _("Index over the years"),
        points,
        low=cells[0].wave.scale_low,
        high=cells[0].wave.scale_high,
        value_name=_("Index"),
        zoom=True,
    )


def month_of(wave: Wave) -> str:
    """A survey's name where there is little room: Oct 2025."""
    return date_format(wave.closes_on, "M Y")
