"""The insights' part of the job ledger."""

from __future__ import annotations

from django.utils import timezone

from insights.services.leadership_quarters import keep_quarters
from insights.services.role_pulses import close_role_pulses_that_are_over
from tenancy.jobs import Nightly, job


@job("insights.leadership", title="Keep who leads, once a quarter", schedule=Nightly())
def keep_leadership(period: str, key: str) -> dict[str, object]:
    """By today's date: a quarter that was missed is made up for."""
    return {"kept": keep_quarters(on=timezone.localdate())}


@job("insights.role_pulses", title="Close role pulses whose last day is past", schedule=Nightly())
def close_role_pulses(period: str, key: str) -> dict[str, object]:
    return {"closed": close_role_pulses_that_are_over()}
