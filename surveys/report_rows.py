"""A unit's report as rows: what the page says, for CSV, XLSX, PDF and the API. Nothing is computed here, so
nothing can be told that the page withholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.disclosure import breakdown_from
from surveys.models import PublishedIndex, PublishedPool, PublishedWave
from surveys.wording import between, pooled_words, titled
from web.numbers import decimal
from web.pdf import Sheet


@dataclass(frozen=True)
class ReportRow:
    """One line: which part of the report, what it is about, and its figure, or why that is withheld."""

    part: str
    what: str
    n: str = ""
    figure: str = ""
    interval: str = ""
    note: str = ""
    withheld: str = ""

    def values(self) -> list[str]:
        """In the order of `report_head`; the reason stands in place of the note."""
        return [self.part, self.what, self.n, self.figure, self.interval, self.withheld or self.note]


def report_head() -> list[str]:
    return [_("Part"), _("What"), "n", _("Figure"), _("95 % interval"), _("Note")]


def report_rows(content: Mapping[str, Any]) -> list[ReportRow]:
    """The rows of what `report_content` put together, in the order of the page."""
    part = _("Leader index") if content["about_leaders"] else _("Index")
    if content["withheld"]:
        return [ReportRow(part, _("Mean"), withheld=content["withheld"]), *_pool(part, content["pool"])]
    figures = [*_index(part, content), *_behaviours(content), *_questions(content), *_outcomes(content)]
    figures += _gap(content)
    return [*figures, *(ReportRow(_("What people wrote"), text) for text in content["comments"])]


def _index(part: str, content: Mapping[str, Any]) -> Iterator[ReportRow]:
    wave, n = content["cell"].wave, decimal(content["cell"].n, 0)
    scale = _("on a scale from %(low)s to %(high)s") % {
        "low": decimal(wave.scale_low, 0),
        "high": decimal(wave.scale_high, 0),
    }
    yield ReportRow(part, _("Mean"), n, content["index"], content["interval"], scale)
    yield ReportRow(part, _("Percent of range"), n, content["percent"])
    if content["adjusted"]:
        weight = _("%(weight)s %% of it is this unit's own mean") % {"weight": content["weight"]}
        adjusted = (content["adjusted"], content["adjusted_interval"])
        yield ReportRow(part, _("Adjusted for small team"), n, *adjusted, weight)
    if content["rate"]:
        rate = content["rate"]
        yield ReportRow(part, _("Answered"), "", rate.figure, "", rate.label)
    yield ReportRow(part, _("Agreement"), n, content["agreement_value"], "", content["agreement"])
    yield ReportRow(part, _("Compared with the organisation"), "", "", "", content["band"])
    if content["change"]:
        change = content["change"]
        yield ReportRow(part, _("Change"), "", change.verdict, "", change.detail)


def _pool(part: str, pool: PublishedPool | None) -> Iterator[ReportRow]:
    if pool is not None:
        figures = decimal(pool.n, 0), decimal(pool.mean), between(*pool.interval)
        yield ReportRow(part, pooled_words(pool.waves), *figures)


def _behaviours(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    if content["behaviours"] is None:
        return
    for name, percent, note in content["behaviours"].table.rows:
        if percent == decimal(None):
            yield ReportRow(_("Behaviours"), name, withheld=note)
        else:
            yield ReportRow(_("Behaviours"), name, "", f"{percent} %", "", note)


def _questions(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    for item in content["items"]:
        if item.withheld:
            yield ReportRow(_("Questions, favourable"), item.text, withheld=item.withheld)
        else:
            figures = (item.n, item.favourable, item.interval)
            yield ReportRow(_("Questions, favourable"), item.text, *figures, item.group)


def _outcomes(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    for outcome in content["outcomes"]:
        if outcome.withheld:
            yield ReportRow(_("How people are"), outcome.label, withheld=outcome.withheld)
        else:
            scale = _("on a scale from %(scale)s") % {"scale": outcome.scale}
            yield ReportRow(
                _("How people are"), outcome.label, outcome.n, outcome.mean, outcome.interval, scale
            )


def _gap(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    card = content["gap"]
    part, what = _("Leaders and the led"), _("Engagement gap")
    if card is None:
        return
    if card.withheld:
        yield ReportRow(part, what, withheld=card.withheld)
        return
    scale = _("on a scale from %(scale)s") % {"scale": card.scale}
    yield ReportRow(part, _("Engagement of leaders"), card.leaders_n, card.leaders, "", scale)
    yield ReportRow(part, _("Engagement of the led"), card.led_n, card.led, "", scale)
    yield ReportRow(part, what, "", card.gap, card.interval, card.verdict)


def report_sheet(cell: PublishedIndex, published: PublishedWave, rows: Sequence[ReportRow]) -> Sheet:
    """The rows as one page for a drawer or a conversation; what people wrote has no room there."""
    written = _("What people wrote")
    comments = sum(row.part == written for row in rows)
    leader = (
        _("Led by %(name)s when the survey closed.") % {"name": cell.leader.name}
        if cell.leader
        else _("No leader was on record when the survey closed.")
    )
    return Sheet(
        title=cell.unit.name,
        above=titled(cell.wave),
        lead=leader,
        head=report_head()[1:],
        groups=[
            (part, [[row.what, row.withheld] if row.withheld else row.values()[1:] for row in found])
            for part, found in groupby(rows, key=lambda row: row.part)
            if part != written
        ],
        widths=[5, 0.8, 1.7, 1.7, 4.2],
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
        language=(get_language() or "en").partition("-")[0],
    )
