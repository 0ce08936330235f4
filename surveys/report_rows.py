"""A unit's report as rows: what the page says, for CSV, XLSX, PDF and the API. Nothing is computed here, so
nothing can be told that the page withholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.models import PublishedPool
from surveys.wording import PERCENT, between, ends, file_cell, pooled_words
from web.numbers import decimal


@dataclass(frozen=True)
class ReportRow:
    """One line: which part of the report, what it is about, and its figure, or why that is withheld.
    `ends`: of the interval, which `interval` says in words."""

    part: str
    what: str
    n: str = ""
    figure: str = ""
    interval: str = ""
    note: str = ""
    withheld: str = ""
    ends: tuple[str, str] = ("", "")
    points: bool = False

    @property
    def low(self) -> str:
        return self.ends[0]

    @property
    def high(self) -> str:
        return self.ends[1]

    @property
    def unit(self) -> str:
        """What a number of a file is counted in."""
        if self.figure.endswith(PERCENT):
            return PERCENT.strip()
        return _("points") if self.points else ""

    def values(self) -> list[object]:
        """A row of a file in the order of `report_head`: figures are numbers."""
        figures = [file_cell(self.figure), self.unit, *map(file_cell, self.ends)]
        return [self.part, self.what, file_cell(self.n), *figures, self.note, self.withheld]


def report_head() -> list[str]:
    interval = [_("95 % interval, low"), _("95 % interval, high")]
    return [_("Part"), _("What"), "n", _("Figure"), _("Unit"), *interval, _("Note"), _("Not shown because")]


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
    yield ReportRow(
        part, _("Mean"), n, content["index"], content["interval"], scale, ends=content["ends"], points=True
    )
    yield ReportRow(part, _("Percent of range"), n, content["percent"])
    if content["adjusted"]:
        weight = _("%(weight)s %% of it is this unit's own mean") % {"weight": content["weight"]}
        adjusted = (content["adjusted"], content["adjusted_interval"], weight)
        found = content["adjusted_ends"]
        yield ReportRow(part, _("Adjusted for small team"), n, *adjusted, ends=found, points=True)
    if content["rate"]:
        rate = content["rate"]
        yield ReportRow(part, _("Answered"), "", rate.figure, "", rate.label)
    yield ReportRow(part, _("Agreement"), n, content["agreement_value"], "", content["agreement"])
    yield ReportRow(part, _("Compared with the organisation"), "", "", "", content["band"])
    if content["change"]:
        change = content["change"]
        note = f"{change.verdict}{'' if change.difference else ':'} {change.against}"
        figures = change.difference, change.interval, note
        yield ReportRow(part, _("Change"), "", *figures, ends=change.ends, points=bool(change.difference))


def _pool(part: str, pool: PublishedPool | None) -> Iterator[ReportRow]:
    if pool is not None:
        figures = decimal(pool.n, 0), decimal(pool.mean), between(*pool.interval)
        yield ReportRow(part, pooled_words(pool.waves), *figures, ends=ends(*pool.interval), points=True)


def _behaviours(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    if content["behaviours"] is None:
        return
    for name, percent, note in content["behaviours"].table.rows:
        if percent == decimal(None):
            yield ReportRow(_("Behaviours"), name, withheld=note)
        else:
            figure = percent if PERCENT in percent else percent + PERCENT  # a bound has its unit already
            yield ReportRow(_("Behaviours"), name, "", figure, "", note)


def _questions(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    for item in content["items"]:
        if item.withheld:
            yield ReportRow(_("Questions, favourable"), item.text, withheld=item.withheld)
        else:
            figures = (item.n, item.favourable, item.interval)
            yield ReportRow(_("Questions, favourable"), item.text, *figures, item.group, ends=item.ends)


def _outcomes(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    for outcome in content["outcomes"]:
        if outcome.withheld:
            yield ReportRow(_("Beside the index"), outcome.label, withheld=outcome.withheld)
        else:
            scale = _("on a scale from %(scale)s") % {"scale": outcome.scale}
            figures = outcome.n, outcome.mean, outcome.interval, scale
            yield ReportRow(_("Beside the index"), outcome.label, *figures, ends=outcome.ends, points=True)


def _gap(content: Mapping[str, Any]) -> Iterator[ReportRow]:
    card = content["gap"]
    part, what = _("Leaders and the led"), _("Engagement gap")
    if card is None:
        return
    if card.withheld:
        yield ReportRow(part, what, withheld=card.withheld)
        return
    scale = _("on a scale from %(scale)s") % {"scale": card.scale}
    yield ReportRow(part, _("Engagement of leaders"), card.leaders_n, card.leaders, "", scale, points=True)
    yield ReportRow(part, _("Engagement of the led"), card.led_n, card.led, "", scale, points=True)
    yield ReportRow(part, what, "", card.gap, card.interval, card.verdict, ends=card.ends, points=True)
