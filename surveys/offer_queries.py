"""What succession may know of a leader's index. The rule is in surveys/offers.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from surveys.enums import About, Audience, CellShown
from surveys.models import PublishedIndex
from surveys.offers import Cycle, Offer, offer_of
from surveys.queries import publication_days
from surveys.rolls import rule_in_force
from surveys.series import series_name


def index_offers(person_id: UUID, *, on: dt.date) -> Offer:
    """What of a person's leader index may stand on a pool's scorecard on a day. Three queries."""
    return index_offers_of([person_id], on=on)[person_id]


def index_offers_of(person_ids: Collection[UUID], *, on: dt.date) -> dict[UUID, Offer]:
    """The same of several people, nobody left out. Three queries, however many they are.

    Of several units led in one wave the largest counts, as for the readiness score; of several instruments
    the one that was used last. A survey of one cohort or of some roles says nothing of the whole team."""
    cells: dict[UUID, list[PublishedIndex]] = {person_id: [] for person_id in person_ids}
    published = (
        PublishedIndex.objects.filter(
            leader__in=person_ids,
            state=CellShown.PUBLISHED,
            wave__instrument__about=About.LEADER,
            wave__audience=Audience.EVERYBODY,
            wave__cohort=None,
        )
        .select_related("wave__instrument")
        .order_by("-wave__closes_on", "wave_id", "-n", "position")
    )
    for cell in published:
        assert cell.leader_id is not None  # noqa: S101 - asked for
        cells[cell.leader_id].append(cell)
    series = {
        person_id: [cell for cell in own if series_name(cell.wave) == series_name(own[0].wave)]
        for person_id, own in cells.items()
    }
    days = publication_days({cell.wave_id for own in series.values() for cell in own})
    selection_use = rule_in_force().selection_use
    return {
        person_id: offer_of(_cycles(own, days), selection_use=selection_use, on=on)
        for person_id, own in series.items()
    }


def _cycles(cells: Iterable[PublishedIndex], days: Mapping[UUID, dt.date]) -> list[Cycle]:
    """One a wave: the first cell of each, where it is published."""
    largest: dict[UUID, Cycle] = {}
    for cell in cells:
        if cell.wave_id in days:
            largest.setdefault(cell.wave_id, _cycle(cell, days[cell.wave_id]))
    return list(largest.values())


def _cycle(cell: PublishedIndex, published_on: dt.date) -> Cycle:
    assert cell.n is not None  # noqa: S101 - the table has it so for a published cell
    assert cell.mean is not None  # noqa: S101
    low, high = cell.interval
    return Cycle(
        wave_id=cell.wave_id,
        title=cell.wave.title,
        closed_on=cell.wave.closes_on,
        published_on=published_on,
        n=cell.n,
        mean=cell.mean,
        low=low,
        high=high,
    )
