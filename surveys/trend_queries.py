"""A unit's published results of ten years, for whoever may see each of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from people.member import Member
from people.models import Unit
from surveys.models import InstrumentItem, PublishedIndex, PublishedItem, PublishedScale, Wave
from surveys.permissions import can_see_report
from surveys.queries import publication_days
from surveys.series import series_name
from surveys.trends import Trend, trend_of
from surveys.wording import population_words

YEARS = 10


@dataclass(frozen=True)
class Series:
    """The results with one instrument on one scale, of the same part of a unit's people; `name`: in an
    address."""

    name: str
    title: str
    cells: list[PublishedIndex]


def series_of(unit: Unit, member: Member, *, on: dt.date) -> list[Series]:
    """What a member may see of a unit in ten years, by instrument, the one used last first, those of
    some people alone after those of everybody. Two queries.

    Each result by its own rule: a leader sees the results of their own time and no predecessor's."""
    cells = list(
        PublishedIndex.objects.filter(unit=unit, wave__closes_on__gt=on.replace(year=on.year - YEARS, day=1))
        .select_related("wave__instrument", "wave__cohort")
        .order_by("wave__closes_on", "wave__title")
    )
    days = publication_days(cell.wave_id for cell in cells)
    found: defaultdict[str, list[PublishedIndex]] = defaultdict(list)
    for cell in cells:
        if can_see_report(member, cell, published_on=days.get(cell.wave_id), on=on):
            found[series_name(cell.wave)].append(cell)
    series = [Series(name, _title(seen[-1].wave), seen) for name, seen in found.items()]
    return sorted(series, key=_place, reverse=True)


def _place(series: Series) -> tuple[bool, dt.date]:
    """Among others: everybody's results before those of some."""
    newest = series.cells[-1].wave
    return not population_words(newest), newest.closes_on


def _title(wave: Wave) -> str:
    return ", ".join(filter(None, [wave.instrument.title, population_words(wave)]))


def trend_behind(series: Series, unit: Unit, *, slug: str) -> Trend:
    """The figures of a series. Three queries, however many waves and units."""
    waves = [cell.wave_id for cell in series.cells]
    return trend_of(
        series.cells,
        list(PublishedScale.objects.filter(unit=unit, wave__in=waves)),
        list(PublishedItem.objects.filter(unit=unit, wave__in=waves)),
        _items_of({cell.wave.instrument_id for cell in series.cells}),
        slug=slug,
    )


def _items_of(instruments: set[UUID]) -> dict[UUID, list[InstrumentItem]]:
    """The items of some instruments in their order, the newest version first."""
    items: dict[UUID, list[InstrumentItem]] = {}
    rows = InstrumentItem.objects.filter(instrument__in=instruments).order_by(
        "-instrument__version", "instrument", "position"
    )
    for item in rows:
        items.setdefault(item.instrument_id, []).append(item)
    return items
