"""The clinic's part of the job ledger."""

from __future__ import annotations

from django.utils import timezone

from sponsors.services.coaching import cancel_sessions_of_leavers
from sponsors.services.competencies import install_competencies
from sponsors.services.gates import remind_of_gates
from sponsors.services.intake import close_rounds_past_their_day, remind_of_intakes
from sponsors.services.night_figures import count_in_the_night
from sponsors.services.onboarding import stop_for_leavers
from sponsors.services.onboarding_contents import install_contents
from sponsors.services.regimens import disown_leavers
from sponsors.services.review_calls import begin_missing_reviews, call_reviews_for_new_roles
from sponsors.services.sponsorships import end_for_leavers
from sponsors.services.team import release_leavers
from tenancy.jobs import Nightly, job


@job("sponsors.leavers", title="End what people who left do in the clinic", schedule=Nightly())
def end_clinic_of_leavers(period: str, key: str) -> dict[str, object]:
    """By today's date: what is made up for late is done once."""
    today = timezone.localdate()
    return {
        "ended": end_for_leavers(on=today),
        "seats": release_leavers(on=today),
        "sessions": cancel_sessions_of_leavers(on=today),
        "actions": disown_leavers(on=today),
    }


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


@job("sponsors.onboarding", title="Remind of gates, and stop onboardings of leavers", schedule=Nightly())
def follow_onboardings(period: str, key: str) -> dict[str, object]:
    """By today's date: what is made up for late is done once. The contents come for organisations that were
    founded before there were any."""
    today = timezone.localdate()
    install_contents()
    return {"stopped": stop_for_leavers(on=today), **remind_of_gates(on=today)}


@job("sponsors.figures", title="Count what the clinic's reports tell", schedule=Nightly())
def count_figures(period: str, key: str) -> dict[str, object]:
    """As things stand now: what is made up for late counts today."""
    return {"counted": count_in_the_night(on=timezone.localdate())}
