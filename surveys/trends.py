"""A unit's published results over the years: rows of a table and a chart. No queries.

What is compared has the same key: a question keeps its key in every version in which it asks the same, a
behaviour or outcome its group, so a changed wording ends one line and begins another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from surveys.enums import ItemPart
from surveys.models import InstrumentItem, PublishedIndex, PublishedItem, PublishedScale
from surveys.report import ChangeNote, change_note, item_line, trend_chart
from surveys.wording import PERCENT, between, ends, file_cell, group_label, mean_words
from web.addresses import address
from web.charts import Chart
from web.numbers import MISSING, decimal

NOT_ASKED = MISSING


@dataclass(frozen=True)
class TrendRow:
    """One figure, a value for each wave: in words, "not shown", or a dash where it was not asked."""

    part: str
    label: str
    values: Sequence[str]
    ends: Sequence[tuple[str, str]] = ()  # of an interval, which takes two rows in a file

    def rows(self, waves: Sequence[str]) -> list[list[object]]:
        """As rows of a file: numbers alone, and last what is not told of which wave."""
        if self.ends:
            labels = (_("95 % interval, low"), _("95 % interval, high"))
            return [
                [self.part, label, *(file_cell(pair[end]) for pair in self.ends), ""]
                for end, label in enumerate(labels)
            ]
        told, missing = [], []
        for wave, value in zip(waves, self.values, strict=True):
            reason = {_("not shown"): _("not shown"), NOT_ASKED: _("not asked")}.get(value, "")
            told.append("" if reason else file_cell(value))
            if reason:
                missing.append(f"{wave}: {reason}")
        return [[self.part, self.label, *told, "; ".join(missing)]]


@dataclass(frozen=True)
class Trend:
    """`waves`: the heads of the values, oldest first, which lead to `reports`; `change`: the last of them
    against the one before."""

    waves: Sequence[str]
    rows: Sequence[TrendRow]
    chart: Chart | None
    change: ChangeNote | None
    reports: Sequence[str]

    def heads(self) -> list[tuple[str, str]]:
        """The heads on the page: title and address."""
        return list(zip(self.waves, self.reports, strict=True))

    def head(self) -> list[str]:
        """Over the rows of a file."""
        return [_("Part"), _("What"), *self.waves, _("Not shown or not asked")]

    def file_rows(self) -> list[list[object]]:
        return [row for line in self.rows for row in line.rows(self.waves)]


def trend_of(
    cells: Sequence[PublishedIndex],
    scales: Sequence[PublishedScale],
    items: Sequence[PublishedItem],
    asked: Mapping[UUID, Sequence[InstrumentItem]],
    *,
    slug: str,
) -> Trend:
    """The lines of one unit: `cells` oldest first, one a wave; `asked`: the items of each instrument."""
    rows = [
        TrendRow(_("Index"), _("Mean"), [_index(cell) for cell in cells]),
        TrendRow(_("Index"), _("95 % interval"), [_interval(cell) for cell in cells], _ends(cells)),
        TrendRow(_("Index"), "n", [decimal(cell.n, 0) if cell.is_published else "" for cell in cells]),
        *_scale_rows(cells, scales, asked),
        *_item_rows(cells, items, asked),
    ]
    return Trend(
        waves=[cell.wave.title for cell in cells],
        rows=rows,
        chart=trend_chart(cells),
        change=change_note(cells[-1], cells[:-1]),
        reports=[address("surveys:report", slug, cell.wave_id, cell.unit_id) for cell in cells],
    )


def _index(cell: PublishedIndex) -> str:
    return mean_words(cell.mean, cell.bound) if cell.is_published else _("not shown")


def _interval(cell: PublishedIndex) -> str:
    return between(*cell.interval) if cell.is_published else ""


def _ends(cells: Sequence[PublishedIndex]) -> list[tuple[str, str]]:
    return [ends(*cell.interval) if cell.is_published else ("", "") for cell in cells]


def _scale_rows(
    cells: Sequence[PublishedIndex],
    scales: Sequence[PublishedScale],
    asked: Mapping[UUID, Sequence[InstrumentItem]],
) -> list[TrendRow]:
    """Behaviours in percent of their range, then outcomes as means."""
    found = {(scale.wave_id, scale.group): scale for scale in scales}
    rows = []
    for part, title in ((ItemPart.INDEX, _("Behaviours")), (ItemPart.OUTCOME, _("Beside the index"))):
        groups = _in_order(asked, lambda item: item.group, part)
        if part == ItemPart.INDEX and len(groups) == 1:
            continue  # without behaviours the index says it all
        for group in groups:
            values = [
                _scale_words(found[cell.wave_id, group])
                if (cell.wave_id, group) in found
                else _missing(group in {item.group for item in asked[cell.wave.instrument_id]})
                for cell in cells
            ]
            rows.append(TrendRow(title, group_label(group), values))
    return rows


def _scale_words(scale: PublishedScale) -> str:
    if scale.part == ItemPart.OUTCOME:
        return mean_words(scale.mean, scale.bound, 2)
    percent = 100 * (scale.mean - scale.scale_low) / (scale.scale_high - scale.scale_low)
    return mean_words(percent, scale.bound, 0, PERCENT)


def _item_rows(
    cells: Sequence[PublishedIndex],
    items: Sequence[PublishedItem],
    asked: Mapping[UUID, Sequence[InstrumentItem]],
) -> list[TrendRow]:
    """The share of favourable answers to each question of the index, by the question's stable key."""
    found = {(row.wave_id, row.item_id): row for row in items}
    by_key = {(instrument, item.key): item for instrument, questions in asked.items() for item in questions}
    texts = {item.key: item.text for questions in asked.values() for item in questions}
    rows = []
    for key in _in_order(asked, lambda item: item.key, ItemPart.INDEX):
        values = []
        for cell in cells:
            item = by_key.get((cell.wave.instrument_id, key))
            row = found.get((cell.wave_id, item.pk)) if item else None
            values.append(item_line(item, row).favourable if item and row else _missing(item is not None))
        rows.append(TrendRow(_("Questions, favourable"), texts[key], values))
    return rows


def _missing(was_asked: bool) -> str:
    return _("not shown") if was_asked else NOT_ASKED


def _in_order(
    asked: Mapping[UUID, Sequence[InstrumentItem]], name: Callable[[InstrumentItem], str], part: str
) -> list[str]:
    """Groups or keys of one part, each once, in the order of the versions that asked them."""
    return list(
        dict.fromkeys(name(item) for questions in asked.values() for item in questions if item.part == part)
    )
