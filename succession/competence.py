"""What stands for somebody's competence in a pool: their leader index as far as it is offered (C6), and what
others attested. Nothing else is asked: no score, no survey row, no private note."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from passport.summaries.items import Item, ItemKind
from passport.summaries.sources import attested_items
from surveys.offer_queries import index_offers_of
from surveys.offers import Offer
from surveys.report import cycle_words

LATEST: Final = 5  # attested items named


@dataclass(frozen=True, slots=True)
class Competence:
    """`index`: the offered cycles in words. `counts`: how many items of each kind that has any."""

    offer: Offer
    index: list[str]
    counts: list[tuple[str, int]]
    latest: list[Item]


def competence_of(person_id: UUID, *, on: dt.date) -> Competence:
    """Of a candidate who said yes, on a day."""
    return competences_of([person_id], on=on)[person_id]


def competences_of(person_ids: Sequence[UUID], *, on: dt.date) -> dict[UUID, Competence]:
    """Of several candidates, in as many statements as of one."""
    offers, items = index_offers_of(person_ids, on=on), attested_items(person_ids)
    return {person_id: _competence(offers[person_id], items[person_id]) for person_id in person_ids}


def _competence(offer: Offer, items: list[Item]) -> Competence:
    counted = Counter(item.kind for item in items)
    return Competence(
        offer=offer,
        index=[cycle_words(cycle) for cycle in offer.cycles],
        counts=[(str(kind.label), counted[kind]) for kind in ItemKind if counted[kind]],
        latest=items[:LATEST],
    )
