"""The clinic's part of the job ledger."""

from __future__ import annotations

from django.utils import timezone

from sponsors.services.competencies import install_competencies
from sponsors.services.intake import close_rounds_past_their_day, remind_of_intakes
from sponsors.services.review_calls import begin_missing_reviews, call_reviews_for_new_roles
from sponsors.services.sponsorships import end_for_leavers
from tenancy.jobs import Nightly, job


@job("sponsors.leavers", title="End sponsorships of people who left", schedule=Nightly())
def end_sponsorships_of_leavers(period: str, key: str) -> dict[str, object]:
    """By today's date: what is made up for late is done once."""
    return {"ended": end_for_leavers(on=timezone.localdate())}


@job("sponsors.competencies", title="Bring the framework of competencies", schedule=Nightly())
def bring_competencies(period: str, key: str) -> None:
    """For organisations that were founded before there was one."""
    install_competencies()


@job("sponsors.reviews", title="Call reviews for new roles", schedule=Nightly())
def call_reviews(period: str, key: str) -> dict[str, object]:
    """By today's date. An appointment calls one review, however often this runs."""
    today = timezone.localdate()
    return {"begun": begin_missing_reviews(on=today), "called": call_reviews_for_new_roles(on=today)}


@job("sponsors.intakes", title="Remind of intakes, and close those past their last day", schedule=Nightly())
def follow_intakes(period: str, key: str) -> dict[str, object]:
    """By today's date: what is made up for late is done once."""
    today = timezone.localdate()
    return {"closed": close_rounds_past_their_day(on=today), "reminded": remind_of_intakes(on=today)}
