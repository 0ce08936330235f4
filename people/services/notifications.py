"""Notifications: made from outbox messages, marked as read by their person."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import Role
from people.job_runs import title_of
from people.member import Member
from people.notices import Notice, notify, page_path, tell_at_once
from people.queries import notifications_of
from people.role_queries import holders_of
from tenancy.models import JobRun, JobStep, OutboxMessage


def deliver_notification(message: OutboxMessage) -> None:
    """Turn an outbox message {to, title, path, icon} into a notification for each; who has left gets none."""
    told = message.payload
    tell_at_once(map(UUID, told["to"]), Notice(told["title"], told["path"], told["icon"]))


def deliver_parked(message: OutboxMessage) -> None:
    """Tell the organisation admins of a run that has stopped."""
    run = JobRun.objects.get(pk=message.payload["run"])
    notify(holders_of(Role.ORGANIZATION_ADMIN), job_stopped(run))


def job_stopped(run: JobRun) -> Notice:
    title = _("This job has stopped: %(job)s. Look why, and try it again.") % {"job": title_of(run)}
    return Notice(title, f"{page_path('people:jobs')}?state={JobStep.State.PARKED}", "alert-triangle")


def mark_notifications_read(*, by: Member) -> int:
    """Everything a member was told counts as read; returns how many were not."""
    return notifications_of(by).filter(read_at=None).update(read_at=timezone.now())
