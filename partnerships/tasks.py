"""The partnerships' part of the job ledger."""

from __future__ import annotations

from django.utils import timezone

from partnerships.services.changes import notice_changes
from tenancy.jobs import Nightly, job


@job("partnerships.changes", title="Notice partners who left, moved or lost a post", schedule=Nightly())
def notice_changed_halves(period: str, key: str) -> dict[str, object]:
    """By today's date: what is made up for late is done once."""
    return {"noticed": notice_changes(on=timezone.localdate())}
