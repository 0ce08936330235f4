from __future__ import annotations

from uuid import UUID

from django.db import models

from tenancy.feeds import FeedEntry, feed_indexes
from tenancy.models import walls

# Snapshots of one scoring have ids that count on from one random beginning (sql/score_quarter.sql).
COUNTED = 0xFFFF_FFFF_FFFF


class Scoring(FeedEntry):
    """The snapshots that one statement wrote, by their ids: one row in the feed of scores for 50,000 of them.

    Written by a trigger (sql/scorings.sql).
    """

    first = models.UUIDField(editable=False)  # its end is all zeros: the lowest id that could be in it

    class Meta(FeedEntry.Meta):
        constraints = [
            *walls(audited=False),
            models.UniqueConstraint(fields=["organization", "first"], name="readiness_scoring_once"),
        ]
        indexes = feed_indexes("readiness_scoring")

    def __str__(self) -> str:
        return f"{self.number}: {self.first} to {self.last}"

    @property
    def last(self) -> UUID:
        return UUID(int=self.first.int | COUNTED)
