"""Results on paper: the overview of a wave on as many pages as it takes, a unit's report on one. What is on
them is what the pages say; no queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.disclosure import breakdown_from
from surveys.models import PublishedIndex, PublishedWave, Wave
from surveys.overview import OverviewRow, known_mean
from surveys.report_rows import ReportRow
from surveys.response_rates import ResponseRate
from surveys.wording import PERCENT, between, mean_words, titled
from web.charts.scale import scale_of
from web.numbers import decimal, short
from web.pdf import Axis, Mark, Row, Sheet, Words

MOST_UNITS: Final = 1_000  # some thirty pages, set in a few seconds
PRINTED_HEAD: Final = (
    *("Unit", "Leader", "n", "Answered", "Index", "Mean and interval", "95 % interval"),
    *("Percent of range", "Adjusted for small team", "Agreement", "Compared with everybody"),
)


def overview_sheet(
    published: PublishedWave,
    rows: Sequence[OverviewRow],
    rate: ResponseRate | None,
    *,
    organization: str,
    on: dt.date,
) -> Sheet:
    """Every unit in the order of the organisation; of more than can be set, as many whole levels of the tree
    as can."""
    shown = upper_levels(rows, most=MOST_UNITS)
    left_out = _("%(count)d units below these are in the other files.") % {"count": len(rows) - len(shown)}
    index = mean_words(published.mean, published.bound)
    figures = [
        (
            _("Index of everybody"),
            index,
            _("of %(high)s points") % {"high": short(published.wave.scale_high)},
            "",
        ),
        (_("95 % interval"), between(*published.interval), f"n = {decimal(published.n, 0)}", ""),
        (_("Percent of range"), mean_words(published.percent, published.bound, 0, PERCENT), "", ""),
        *([(_("Answered"), rate.figure, rate.label, rate.tone)] if rate else []),
        (
            _("Units"),
            decimal(published.units, 0),
            _("%(count)s not shown, to protect those who answered")
            % {"count": decimal(published.withheld, 0)},
            "",
        ),
    ]
    return Sheet(
        title=titled(published.wave),
        above=published.wave.instrument.title,
        lead=_(
            "Every mean is of %(k)d people or more. In the order of the organisation: there is no ranking."
        )
        % {"k": published.threshold},
        head=PRINTED_HEAD,
        groups=[("", [printed_unit(row) for row in shown])],
        widths=[3.5, 1.9, 0.8, 1.5, 0.9, 3, 1.8, 1.1, 1.2, 1.3, 1.9],
        notes=[left_out] if len(rows) > len(shown) else [],
        facts=_days(published),
        figures=figures,
        axis=_axis(published.wave, published),
        numeric=[2, 4, 7, 8, 9],
        plotted=5,
        landscape=True,
        pages=True,
        **_frame(organization, on),
    )


def printed_unit(row: OverviewRow) -> Row:
    """In the order of PRINTED_HEAD; a withheld row says why in place of its figures."""
    unit = Words(row.unit, depth=row.depth)
    if row.withheld:
        return [unit, row.leader, row.withheld]
    rate = row.answered.figure if row.answered else ""
    compared = Words(row.compared, tone=row.tone if row.tone != "info" else "")
    return [
        *(unit, row.leader, row.n, rate, row.index, row.mark, row.interval),
        *(row.percent, row.adjusted, row.agreement, compared),
    ]


def upper_levels(rows: Sequence[OverviewRow], *, most: int) -> list[OverviewRow]:
    """The rows of the uppermost levels of the tree that are `most` at most, in their order; where even the
    first level is more, its first ones."""
    kept: list[OverviewRow] = []
    for depth in sorted({row.depth for row in rows}):
        upper = [row for row in rows if row.depth <= depth]
        if len(upper) > most:
            return kept or upper[:most]
        kept = upper
    return kept


def report_sheet(
    content: Mapping[str, Any], rows: Sequence[ReportRow], *, organization: str, on: dt.date
) -> Sheet:
    """The rows as one page for a drawer or a conversation; what people wrote has no room there."""
    cell, published = content["cell"], content["published"]
    written = _("What people wrote")
    comments = sum(row.part == written for row in rows)
    leader = (
        _("Led by %(name)s when the survey closed.") % {"name": cell.leader.name}
        if cell.leader
        else _("No leader was on record when the survey closed.")
    )
    shown = not content["withheld"]
    return Sheet(
        title=cell.unit.name,
        above=titled(cell.wave),
        lead=leader,
        head=[_("What"), "n", _("Figure"), _("95 % interval"), _("Note")],
        groups=[
            (part, [printed_row(row) for row in found])
            for part, found in groupby(rows, key=lambda row: row.part)
            if part != written
        ],
        widths=[5, 0.8, 1.6, 1.7, 4.2],
        notes=[
            _("No mean is of fewer than %(k)d answers; behaviours and questions need %(ten)d.")
            % {"k": published.threshold, "ten": breakdown_from(published.threshold)},
            _("There are no ranks. What is not shown is shown to nobody, whatever their role."),
            _("Association is not cause: no figure here forecasts anybody's burnout."),
            *(
                [_("%(count)d comments are read on the page itself.") % {"count": comments}]
                if comments
                else []
            ),
        ],
        facts=_days(published),
        figures=_headlines(content) if shown else [],
        mark=_mark(cell) if shown else None,
        axis=_axis(cell.wave, published),
        numeric=[1, 2],
        **_frame(organization, on),
    )


def printed_row(row: ReportRow) -> Row:
    """What it is about, n, figure, interval, note; what is withheld has its reason in one cell."""
    if row.withheld:
        return [row.what, row.withheld]
    return [row.what, row.n, row.figure, row.interval, row.note]


def _headlines(content: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """The figures that come first, as on the page."""
    cell, change, rate = content["cell"], content["change"], content["rate"]
    index = _("Leader index") if content["about_leaders"] else _("Index")
    of = _("of %(high)s points, n = %(n)s") % {"high": short(cell.wave.scale_high), "n": decimal(cell.n, 0)}
    found = [(index, content["index"], of, "")]
    if content["standing"]:
        found.append(
            (_("Compared with everybody"), capfirst(content["standing"]), "", content["standing_tone"])
        )
    if change and change.difference:
        found.append(
            (_("Change"), capfirst(change.verdict), f"{change.difference} {change.against}", change.tone)
        )
    if rate:
        found.append((_("Answered"), rate.figure, rate.label, rate.tone))
    return found


def _mark(cell: PublishedIndex) -> Mark:
    return Mark(known_mean(cell), *cell.interval, cell.estimate)


def _axis(wave: Wave, published: PublishedWave) -> Axis:
    """The whole scale of the index, with everybody's mean as the reference."""
    scale = scale_of([], low=wave.scale_low, high=wave.scale_high)
    bounded = published.mean is None or published.bound
    reference = published.centre if bounded else published.mean
    everybody = _("Everybody %(mean)s") % {"mean": decimal(reference)}
    words = (_("Mean"), _("95 % interval"), _("Adjusted for small team"), everybody)
    return Axis(scale.low, scale.high, scale.ticks, scale.labels, words, reference)


def _days(published: PublishedWave) -> list[tuple[str, str]]:
    wave = published.wave
    return [
        (_("Open"), f"{date_format(wave.opens_on)} – {date_format(wave.closes_on)}"),
        (_("Published"), date_format(published.published_on)),
    ]


def _frame(organization: str, on: dt.date) -> dict[str, Any]:
    """What every page says at its edge."""
    return {
        "organization": organization,
        "made": date_format(on),
        "page": _("Page"),
        "language": (get_language() or "en").partition("-")[0],
    }
