from __future__ import annotations

from django.db import models

from passport.models.stamps import Stamp
from tenancy.feeds import FeedEntry, feed_indexes
from tenancy.models import TenantForeignKey, walls


class StampChange(FeedEntry):
    """Where a stamp stands among all that were earned or revoked, the last change of each.

    Written by triggers (passport/sql/stamp_change.sql), whichever room decided about the stamp.
    """

    stamp = TenantForeignKey(Stamp, on_delete=models.CASCADE, related_name="changes")

    class Meta(FeedEntry.Meta):
        constraints = [
            *walls("stamp", audited=False),
            models.UniqueConstraint(fields=["organization", "stamp"], name="passport_stampchange_once"),
        ]
        indexes = feed_indexes("passport_stampchange")

    def __str__(self) -> str:
        return f"{self.number}: {self.stamp_id}"
