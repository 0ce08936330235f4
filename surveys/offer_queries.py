"""What succession may know of a leader's index. The rule is in surveys/offers.py."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from surveys.enums import About, Audience, CellShown
from surveys.models import PublishedIndex
from surveys.offers import Cycle, Offer, offer_of
from surveys.queries import publication_days
from surveys.rolls import rule_in_force
from surveys.series import series_name


def index_offers(person_id: UUID, *, on: dt.date) -> Offer:
    """What of a person's leader index may stand on a pool's scorecard on a day. Three queries.

    Of several units led in one wave the largest counts, as for the readiness score; of several instruments
    the one that was used last. A survey of one cohort or of some roles says nothing of the whole team."""
    cells = list(
        PublishedIndex.objects.filter(
            leader=person_id,
            state=CellShown.PUBLISHED,
            wave__instrument__about=About.LEADER,
            wave__audience=Audience.EVERYBODY,
            wave__cohort=None,
        )
        .select_related("wave__instrument")
        .order_by("-wave__closes_on", "wave_id", "-n", "position")
    )
    series = [cell for cell in cells if series_name(cell.wave) == series_name(cells[0].wave)]
    days = publication_days(cell.wave_id for cell in series)
    largest: dict[UUID, Cycle] = {}
    for cell in series:
        if cell.wave_id in days:
            largest.setdefault(cell.wave_id, _cycle(cell, days[cell.wave_id]))
    return offer_of(list(largest.values()), selection_use=rule_in_force().selection_use, on=on)


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
