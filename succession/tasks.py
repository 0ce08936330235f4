"""Succession's part of the job ledger."""

from __future__ import annotations

from django.utils import timezone

from succession.services.candidacies import end_for_appointed, end_for_leavers
from succession.services.exposure_months import keep_month
from succession.services.ladder import keep_ladder
from succession.services.representation import tell_representation
from succession.services.selections import open_by_ladder
from succession.services.slate_ballots import count_ballots_that_are_over, remind_voters
from tenancy.jobs import Nightly, job


@job("succession.candidacies", title="End candidacies of people who left or arrived", schedule=Nightly())
def end_candidacies(period: str, key: str) -> dict[str, object]:
    """By today's date: what is made up for late is done once."""
    return {"left": end_for_leavers(), "arrived": end_for_appointed()}


@job("succession.ladder", title="What is due 24, 12 and 6 months before terms end", schedule=Nightly())
def climb_ladder(period: str, key: str) -> dict[str, object]:
    """By today's date too: nights made up for find every rung there."""
    return {**keep_ladder(), "slates": open_by_ladder()}


@job("succession.ballots", title="Count ballots that are over, remind of others", schedule=Nightly())
def count_ballots(period: str, key: str) -> dict[str, object]:
    return {"counted": count_ballots_that_are_over(), "reminded": remind_voters()}


@job("succession.representation", title="Tell the representation in pools, once a year", schedule=Nightly())
def tell_pools(period: str, key: str) -> dict[str, object]:
    return {"told": tell_representation()}


@job("succession.exposure", title="Keep how exposed positions are, once a month", schedule=Nightly())
def keep_exposure(period: str, key: str) -> dict[str, object]:
    return {"kept": keep_month(on=timezone.localdate())}
