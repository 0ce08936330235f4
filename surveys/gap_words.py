"""The engagement gap on pages and in files: a published row into words and a chart. No queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.engagement_gap import fewest_of_each
from surveys.models import PublishedGap, Wave
from surveys.wording import between, ends
from web.charts import Chart, Estimate, intervals
from web.numbers import decimal

PLACES = 2


@dataclass(frozen=True)
class GapCard:
    """Leaders and the led of one unit, or why they are not told apart."""

    withheld: str = ""
    leaders_n: str = ""
    leaders: str = ""
    led_n: str = ""
    led: str = ""
    scale: str = ""
    gap: str = ""
    interval: str = ""
    ends: tuple[str, str] = ("", "")
    verdict: str = ""
    tone: str = ""
    sentence: str = ""
    chart: Chart | None = None


@dataclass(frozen=True)
class GapRow:
    """One unit in the table of a wave."""

    unit: str
    url: str
    card: GapCard


def gap_card(gap: PublishedGap | None, wave: Wave) -> GapCard:
    """What a unit's report says of its leaders and the led."""
    if gap is None:
        return GapCard(withheld=missing_gap_words(wave))
    return _told(gap, gap_chart([Estimate(_("Leaders less the led"), gap.gap, *gap.interval)], gap))


def gap_rows(gaps: Sequence[PublishedGap], *, slug: str) -> tuple[list[GapRow], Chart | None]:
    """The units of a wave whose gap is told, in their order, and the same as a chart; None without any."""
    rows = [
        GapRow(gap.unit.name, reverse("surveys:report", args=[slug, gap.wave_id, gap.unit_id]), _told(gap))
        for gap in gaps
    ]
    estimates = [
        Estimate(row.unit, gap.gap, *gap.interval, url=row.url) for row, gap in zip(rows, gaps, strict=True)
    ]
    return rows, gap_chart(estimates, gaps[0], table=False) if gaps else None


def gap_chart(rows: Sequence[Estimate], scale: PublishedGap, *, table: bool = True) -> Chart:
    """Gaps with their intervals around no difference at all."""
    reach = scale.scale_high - scale.scale_low
    return intervals(
        _("Engagement gap"),
        rows,
        low=-reach,
        high=reach,
        reference=0,
        reference_name=_("No difference"),
        value_name=_("Gap"),
        places=PLACES,
        table=table,
    )


def missing_gap_words(wave: Wave) -> str:
    """Why there is no gap, and what it would take."""
    if wave.imported:
        return _("The answers came from a file, which does not say who leads somebody.")
    return _(
        "Not shown here. It takes %(k)d leaders and %(k)d of those they lead who answered, and a difference"
        " from which nobody's answer can be worked out. Where a unit is too small for it, look at the unit"
        " around it."
    ) % {"k": fewest_of_each(wave.threshold)}


def _told(gap: PublishedGap, chart: Chart | None = None) -> GapCard:
    verdict, sentence = _verdict(gap)
    return GapCard(
        leaders_n=decimal(gap.leaders_n, 0),
        leaders=decimal(gap.leaders_mean, PLACES),
        led_n=decimal(gap.led_n, 0),
        led=decimal(gap.led_mean, PLACES),
        scale=between(gap.scale_low, gap.scale_high, 0),
        gap=decimal(gap.gap, PLACES),
        interval=between(*gap.interval, PLACES),
        ends=ends(*gap.interval, PLACES),
        verdict=verdict,
        tone="info" if gap.is_clear else "",
        sentence=sentence,
        chart=chart,
    )


def _verdict(gap: PublishedGap) -> tuple[str, str]:
    if not gap.is_clear:
        sentence = _("Leaders and the led do not clearly differ in how engaged they are.")
        return _("no clear difference"), sentence
    if gap.gap > 0:
        return _("clear difference"), _("Leaders are clearly more engaged than those they lead.")
    return _("clear difference"), _("Leaders are clearly less engaged than those they lead.")
