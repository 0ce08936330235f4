"""Notifications: what the services posted while history was made, at the time it would have been, and in the
same words what was copied in. What is older than two weeks has been read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import F
from django.utils import timezone

from passport.enums import StampState
from passport.models import Stamp
from passport.notices import decided
from people.enums import Role
from people.models import Notification, Person
from people.notices import Notice
from people.notices import notify as post_notice
from people.role_queries import holders_of
from people.services.notifications import job_stopped
from readiness.models import CoachingTask
from readiness.notices import coaching_assigned
from surveys.models import PublishedWave
from surveys.notices import report_published
from tenancy.copy import copy_rows
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import JobRun, JobStep, Organization

READ_AFTER = dt.timedelta(days=14)


def notify(organization: Organization, today: dt.date) -> None:
    parked = JobRun.objects.get(steps__state=JobStep.State.PARKED)
    post_notice(holders_of(Role.ORGANIZATION_ADMIN), job_stopped(parked))
    deliver_waiting(organization.pk)
    _date_back(job_stopped(parked), parked.created_at)
    for wave in PublishedWave.objects.select_related("wave"):
        _date_back(report_published(wave.wave), _morning(wave.wave.closes_on + dt.timedelta(days=10)))
    director = Person.objects.get(role_grants__role=Role.PROGRAMME_DIRECTOR, role_grants__cohort=None)
    for task in CoachingTask.objects.select_related("person"):
        _date_back(coaching_assigned(task, by=director.name), _morning(task.opened_on + dt.timedelta(days=1)))
    columns = ["person_id", "title", "path", "icon", "created_at"]
    copy_rows(Notification, columns, list(_decisions_before(today)))  # read before COPY begins
    read = Notification.objects.filter(created_at__lt=_morning(today) - READ_AFTER)
    read.update(read_at=F("created_at") + dt.timedelta(hours=20))


def _date_back(notice: Notice, at: dt.datetime) -> None:
    made = Notification.objects.filter(path=notice.path, title=notice.title)
    made.update(created_at=min(at, timezone.now()))


def _decisions_before(today: dt.date) -> Iterator[tuple[object, ...]]:
    stamps = Stamp.objects.filter(state__in=[StampState.VERIFIED, StampState.DECLINED])
    for stamp in stamps.filter(decided_at__lt=_morning(today)).select_related("milestone", "verified_by"):
        assert stamp.verified_by  # noqa: S101 - the table has it so, and decided_at as well
        notice = decided(stamp, by=stamp.verified_by.name)
        yield (stamp.person_id, notice.title, notice.path, notice.icon, str(stamp.decided_at))


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), dt.UTC)
