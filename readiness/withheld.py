"""Scores in which a survey result counts that somebody may not read, or not yet."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from people.member import Member
from readiness.models import Snapshot
from readiness.permissions import can_see_index
from readiness.queries import indexes_behind
from surveys.queries import publication_days


def indexes_withheld(member: Member, person_id: UUID, snapshots: Sequence[Snapshot]) -> set[UUID]:
    """The ids of those snapshots of a person. Two queries."""
    indexes = indexes_behind(snapshots)
    days, today = publication_days(index.wave_id for index in indexes.values()), timezone.localdate()
    return {
        snapshot.pk
        for snapshot in snapshots
        if snapshot.index_id is not None
        and (index := indexes.get(snapshot.index_id))
        and not can_see_index(member, person_id, index, published_on=days.get(index.wave_id), on=today)
    }
