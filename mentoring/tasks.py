"""Mentoring's part of the job ledger."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from mentoring.enums import AvailabilitySource, RunOrigin
from mentoring.exposure.mail import deliver_reminder
from mentoring.models import MatchRun, MentorProfile
from mentoring.services import endings, exposure, lapsing, runs, satisfaction
from mentoring.services.calendars import close_old_files, read_feed
from mentoring.services.hours import READING, recount_weekly
from mentoring.services.matching import match_run
from mentoring.services.presets import install_presets
from mentoring.services.refresh import finish_refresh, refresh_cohorts
from tenancy.jobs import Nightly, Quarterly, delivers, job

delivers(exposure.REMINDER_TOPIC)(deliver_reminder)


@job("mentoring.presets", title="Bring tags and the rule of matching", schedule=Nightly())
def bring_presets(period: str, key: str) -> None:
    """For organisations that were founded before there was mentoring."""
    install_presets()


@job("mentoring.exposure_reminders", title="Remind mentors of the exposure log", schedule=Nightly())
def remind_of_exposure(period: str, key: str) -> dict[str, object]:
    """What is due today, not on the day of the period: a job that comes late does not remind twice."""
    closed = exposure.close_answered_reviews()
    return {"reminded": exposure.remind_mentors(on=timezone.localdate()), "closed": closed}


@job(
    "mentoring.exposure_reviews",
    title="Open reviews of missing exposure logs",
    schedule=Quarterly(after_days=14),
)
def review_exposure(period: str, key: str) -> dict[str, object]:
    """Every quarter, once the days of grace are over."""
    return {"opened": exposure.open_reviews(period, on=timezone.localdate())}


@job("mentoring.satisfaction", title="Ask both sides how the mentorship was", schedule=Quarterly())
def ask_for_ratings(period: str, key: str) -> dict[str, object]:
    """Every quarter, when it has ended; the answers can be given for the days of grace."""
    return {"asked": satisfaction.ask_for_ratings(period, on=timezone.localdate())}


def nights_that_count(period: str) -> list[str]:
    """Nothing for nights long past: an organisation that meets this job late is counted once."""
    late = dt.date.fromisoformat(period) < timezone.localdate() - dt.timedelta(days=2)
    return [] if late else ["all"]


@job(
    "mentoring.availability",
    title="Count mentors' free half-hours",
    schedule=Nightly(),
    plan=nights_that_count,
)
def count_availability(period: str, key: str) -> dict[str, object]:
    return {"changed": recount_weekly(), "closed": close_old_files()}


@job(
    "mentoring.leavers",
    title="End mentorships of people who have left",
    schedule=Nightly(),
    plan=nights_that_count,
)
def end_for_leavers(period: str, key: str) -> dict[str, object]:
    return {"ended": endings.end_for_leavers(on=timezone.localdate())}


@job(
    "mentoring.offers",
    title="Remind of mentorships to answer, and let offers lapse",
    schedule=Nightly(),
    plan=nights_that_count,
)
def follow_offers(period: str, key: str) -> dict[str, object]:
    """What lapses is by today. Reminders are the night's own: each night is worked once, also when late."""
    lapsed = lapsing.lapse_offers(on=timezone.localdate())
    morning = dt.date.fromisoformat(period) + dt.timedelta(days=1)
    return {"lapsed": lapsed, "reminded": lapsing.remind_of_offers(on=morning)}


def feeds_to_read(period: str) -> list[str]:
    """One step a calendar, so that one that hangs keeps no other waiting for more than its ten seconds."""
    if not nights_that_count(period):
        return []
    feeds = MentorProfile.objects.filter(source=AvailabilitySource.FEED, offering=True)
    return [str(pk) for pk in feeds.order_by("pk").values_list("pk", flat=True)]


@job("mentoring.calendars", title="Read mentors' calendars", schedule=Nightly(), plan=feeds_to_read)
def read_calendars(period: str, key: str) -> dict[str, object]:
    return {"read": read_feed(UUID(key))}


@job(READING, title="Read a mentor's calendar", plan=lambda period: [period.split()[0]])
def read_calendar(period: str, key: str) -> dict[str, object]:
    """On request. The period is the profile and the minute."""
    return {"read": read_feed(UUID(key))}


@job(runs.FREEZE_JOB, title="Freeze what a matching is told")
def freeze_matching(period: str, key: str) -> None:
    runs.freeze_run(_run_of(period), on=timezone.localdate())


@job(runs.MATCH_JOB, title="Match mentees with mentors")
def match(period: str, key: str) -> dict[str, object]:
    run = _run_of(period)
    done = match_run(run)
    if run.origin == RunOrigin.QUARTERLY:
        finish_refresh(run, publishes_itself=run.weights.publishes_itself)
    return done


@job("mentoring.refresh", title="Match every cohort again", schedule=Quarterly())
def refresh(period: str, key: str) -> dict[str, object]:
    """At a quarter's beginning, for the quarter that has begun: what is made up for late is made once."""
    return {"matchings": refresh_cohorts(on=timezone.localdate())}


def _run_of(period: str) -> MatchRun:
    """The period of a matching's jobs is its id; locked, so that a retry waits for the try before it."""
    return MatchRun.objects.select_for_update(no_key=True, of=("self",)).get(pk=UUID(period))
