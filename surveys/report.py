"""The page of one unit's leader index: rows into charts and words. No queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from surveys.disclosure import shown_share
from surveys.distributions import favourable
from surveys.enums import ItemPart
from surveys.group_statistics import GroupStatistics
from surveys.models import InstrumentItem, PublishedIndex, PublishedItem, PublishedScale, PublishedWave
from surveys.questionnaire import Questionnaire, Scale
from surveys.shrinkage import Change, change_between
from surveys.wording import CHANGES, between, group_label, missing_words, share_words
from web.charts import Bar, Chart, Estimate, Point, bars, intervals, trend
from web.numbers import decimal

CHANGE_TONES = {Change.CLEAR_RISE: "ok", Change.CLEAR_FALL: "warn"}


@dataclass(frozen=True)
class ChangeNote:
    """The change against the last wave, in words."""

    verdict: str
    tone: str
    detail: str


@dataclass(frozen=True)
class ItemLine:
    """One question: how many of those who answered were favourable, or that this is not shown."""

    text: str
    group: str
    n: str = ""
    favourable: str = ""
    interval: str = ""
    withheld: str = ""


@dataclass(frozen=True)
class OutcomeLine:
    label: str
    n: str = ""
    mean: str = ""
    interval: str = ""
    scale: str = ""
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
    row = Estimate(cell.unit.name, cell.mean, *cell.interval, cell.estimate, cell.n)
    return intervals(
        _("Index with its interval"),
        [row],
        low=cell.wave.scale_low,
        high=cell.wave.scale_high,
        reference=published.mean if published.mean is not None else published.centre,
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
        "mean": decimal(published.mean),
        "low": decimal(published.scale_low, 0),
        "high": decimal(published.scale_high, 0),
        "n": decimal(published.n, 0),
    }
    if hidden:
        note += _("; %(hidden)d of its %(all)d questions not shown") % {
            "hidden": hidden,
            "all": len(scale.columns),
        }
    reach = published.scale_high - published.scale_low
    return Bar(group_label(scale.group), 100 * (published.mean - published.scale_low) / reach, note)


def outcome_lines(
    questionnaire: Questionnaire, scales: Sequence[PublishedScale], *, fewest: int
) -> list[OutcomeLine]:
    """Every outcome that was asked for; one that is not shown says so."""
    shown = {scale.group: scale for scale in scales if scale.part == ItemPart.OUTCOME}
    asked = [scale.group for scale in questionnaire.scales if scale.part == ItemPart.OUTCOME]
    return [
        OutcomeLine(
            group_label(group),
            decimal(shown[group].n, 0),
            decimal(shown[group].mean, 2),
            between(*shown[group].interval, 2),
            between(shown[group].scale_low, shown[group].scale_high, 0),
        )
        if group in shown
        else OutcomeLine(group_label(group), withheld=missing_words(fewest))
        for group in asked
    ]


def item_lines(
    asked: Sequence[InstrumentItem], published: Sequence[PublishedItem], *, fewest: int, k: int
) -> list[ItemLine]:
    """Every question of the index in its order: the share of the upper two in five answers, or that it is not
    shown, for which it takes `fewest` answers. Parts of them follow the wave's `k`. Empty where no question
    is shown."""
    rows = {row.item_id: row for row in published}
    lines = [
        _item_line(item, rows[item.pk], k)
        if item.pk in rows
        else ItemLine(item.text, group_label(item.group), withheld=missing_words(fewest))
        for item in asked
        if item.part == ItemPart.INDEX
    ]
    return lines if any(not line.withheld for line in lines) else []


def _item_line(item: InstrumentItem, row: PublishedItem, k: int) -> ItemLine:
    group = group_label(item.group)
    counts = np.array(row.counts[::-1] if item.reversed else row.counts, dtype=np.int64)
    levels = max(1, len(counts) * 2 // 5)
    n = decimal(row.n, 0)
    bounds = shown_share(int(counts[-levels:].sum()), row.n, k=k)
    if bounds is None or bounds[0] != bounds[1]:
        return ItemLine(item.text, group, n, share_words(bounds), _("not shown"))
    share = favourable(counts, levels_counted=levels)
    interval = f"{decimal(100 * float(share.low), 0)}–{decimal(100 * float(share.high), 0)} %"
    return ItemLine(item.text, group, n, share_words(bounds), interval)


def trend_chart(cells: Sequence[PublishedIndex]) -> Chart | None:
    """The same leader's index over the waves, from two of them; waves that are not shown leave a gap."""
    points = [Point(cell.wave.title, cell.mean, *cell.interval) for cell in cells]
    if sum(point.value is not None for point in points) < 2:
        return None
    return trend(
        _("Index over the waves"),
        points,
        low=cells[0].wave.scale_low,
        high=cells[0].wave.scale_high,
        value_name=_("Index"),
    )
