"""The quarterly refresh: every cohort that has mentees and mentors is matched again, as proposals."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from mentoring.enums import RunOrigin, RunState
from mentoring.models import MatchRun, MentorProfile
from mentoring.notices import runs as notices
from mentoring.queries.runs import directors_of
from mentoring.services.publishing import publish_run
from mentoring.services.runs import request_refresh
from people.models import Cohort, CohortMembership
from people.notices import notify
from people.queries import in_force
from tenancy.jobs.periods import quarter_of


def refresh_cohorts(*, on: dt.date) -> int:
    """Ask for a matching of every cohort with somebody in it, once for the quarter of a day; how many.

    New mentors, leavers and new interests are in it; the stickiness of the rule in force keeps what runs
    where little is gained.
    """
    if not MentorProfile.objects.filter(offering=True).exists():
        return 0
    cycle = quarter_of(on)
    members = CohortMembership.objects.filter(in_force(on), cohort=OuterRef("pk"))
    done = MatchRun.objects.filter(cohort=OuterRef("pk"), origin=RunOrigin.QUARTERLY, cycle=cycle)
    running = Q(end_date=None) | Q(end_date__gt=on)
    cohorts = Cohort.objects.filter(running, Exists(members), ~Exists(done)).order_by("pk")
    for cohort in cohorts:
        request_refresh(cohort, cycle=cycle)
    return len(cohorts)


def finish_refresh(run: MatchRun, *, publishes_itself: bool) -> None:
    """Publish what the refresh proposes, if the rule says so; otherwise tell the directors that it waits."""
    if run.state != RunState.DONE:
        return
    if publishes_itself and run.proposals.exists():
        publish_run(run, by=None)
    else:
        notify(directors_of(run.cohort_id), notices.refresh_ready(run.pk, run.cohort.name))
