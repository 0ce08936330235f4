"""The partnerships' part of the job ledger."""

from __future__ import annotations

from django.utils import timezone

from partnerships.services.changes import notice_changes
from partnerships.services.checks import remind_unanswered
from partnerships.services.findings import remind_of_findings
from partnerships.services.leaving import tell_of_coders_gone
from partnerships.services.phases import remind_of_late_phases
from tenancy.jobs import Nightly, job


@job("partnerships.changes", title="Notice partners who left, moved or lost a post", schedule=Nightly())
def notice_changed_halves(period: str, key: str) -> dict[str, object]:
    """By today's date: what is made up for late is done once."""
    return {"noticed": notice_changes(on=timezone.localdate())}


@job("partnerships.reminders", title="Remind of partnership checks", schedule=Nightly())
def remind_of_checks(period: str, key: str) -> dict[str, object]:
    """Likewise."""
    return {"reminded": remind_unanswered(on=timezone.localdate())}


@job("partnerships.programmes", title="Remind of late phases of partnership programmes", schedule=Nightly())
def remind_of_programmes(period: str, key: str) -> dict[str, object]:
    """Likewise."""
    return {"late": remind_of_late_phases(on=timezone.localdate())}


@job("partnerships.findings", title="Remind of what audits’ comments came to", schedule=Nightly())
def remind_to_read_findings(period: str, key: str) -> dict[str, object]:
    """Likewise."""
    return {"reminded": remind_of_findings(on=timezone.localdate())}


@job("partnerships.coders", title="Tell of coders who left before they had finished", schedule=Nightly())
def tell_who_left_coding(period: str, key: str) -> dict[str, object]:
    """Likewise."""
    return {"analyses": tell_of_coders_gone(on=timezone.localdate())}
