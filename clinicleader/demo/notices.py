"""Notifications, through the outbox that delivers them, some of them read."""

from __future__ import annotations

import datetime as dt
import random
from uuid import UUID

from clinicleader.demo.programmes import Programmes, member_of
from clinicleader.demo.staff import Staff
from people.models import Notification
from people.services.notifications import TOPIC, mark_notifications_read
from tenancy.jobs import post
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import Organization

TO_MEMBERS = (
    ("Your readiness score for the last quarter is there.", "gauge"),
    ("A milestone was verified.", "rosette"),
    ("The confidence pulse of this quarter is open.", "clipboard"),
)
TO_PARTS = {
    "leader": ("The leader index of your unit is published.", "chart-bar"),
    "chair": ("The leader index of your unit is published.", "chart-bar"),
    "director": ("Evidence waits for a verifier.", "rosette"),
    "survey_steward": ("A wave was published.", "chart-bar"),
    "hr_admin": ("The nightly import of staff has no corrections to make.", "file-import"),
    "organization_admin": ("A nightly job is parked and can be retried.", "alert-triangle"),
}


def notify(
    organization: Organization, staff: Staff, programmes: Programmes, today: dt.date, rng: random.Random
) -> None:
    for person in programmes.members():
        for title, icon in TO_MEMBERS:
            _post(person.id, title, icon)
    for part, (title, icon) in TO_PARTS.items():
        _post(staff.part(part).id, title, icon)
    deliver_waiting(organization.pk)
    for notification in Notification.objects.order_by("person__external_id", "title"):
        earlier = dt.timedelta(days=rng.randrange(1, 40), minutes=rng.randrange(600))
        Notification.objects.filter(pk=notification.pk).update(created_at=notification.created_at - earlier)
    for person in programmes.members():
        if not person.part and person.works_on(today) and rng.random() < 0.4:
            mark_notifications_read(by=member_of(person, today))


def _post(recipient: UUID, title: str, icon: str) -> None:
    post(TOPIC, recipient_id=recipient, payload={"title": title, "path": "", "icon": icon})
