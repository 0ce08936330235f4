"""Pools of an organisation as large as the largest: every position has one, each with many candidates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from people.models import Position
from succession.enums import Band, CandidacyState
from succession.models import Candidacy, Pool, ReadinessAssessment

CANDIDATES: Final = 20  # of each pool
LOOKS: Final = 2  # ratings of each candidate
STRIDE: Final = 13  # from one pool's first candidate to the next one's: pools overlap
DAY: Final = dt.timedelta(days=1)


def fill_pools(people: Sequence[UUID], *, by: UUID, today: dt.date) -> int:
    """Candidates come from `people` in turn, so that some are in two. Returns how many pools there are."""
    opened = today - 700 * DAY
    pools = Pool.objects.bulk_create(
        Pool(position_id=position, opened_on=opened, opened_by_id=by)
        for position in Position.objects.order_by("external_id").values_list("pk", flat=True)
    )
    made = Candidacy.objects.bulk_create(_candidacies(pools, people, by, opened), batch_size=2000)
    ReadinessAssessment.objects.bulk_create(_ratings(made, by, today), batch_size=2000)
    return len(pools)


def _candidacies(
    pools: Sequence[Pool], people: Sequence[UUID], by: UUID, opened: dt.date
) -> Iterator[Candidacy]:
    for place, pool in enumerate(pools):
        for number in range(min(CANDIDATES, len(people))):
            yield Candidacy(
                pool=pool,
                person_id=people[(place * STRIDE + number) % len(people)],
                state=CandidacyState.MEMBER,
                proposed_by_id=by,
                proposed_on=opened,
                why="Colleagues come to them.",
                answered_on=opened + DAY,
            )


def _ratings(candidacies: Sequence[Candidacy], by: UUID, today: dt.date) -> Iterator[ReadinessAssessment]:
    bands = list(Band)
    for place, candidacy in enumerate(candidacies):
        for look in range(LOOKS):
            on = today - (60 + 300 * look + place % 90) * DAY
            yield ReadinessAssessment(
                candidacy=candidacy,
                band=bands[(place + place // 7) % len(bands)],
                evidence="Led a project across departments.",
                assessed_by_id=by,
                assessed_on=on,
                at=dt.datetime.combine(on, dt.time(9), dt.UTC),
            )
