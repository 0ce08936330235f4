"""Notifications, through the outbox that delivers them, some of them read."""

from __future__ import annotations

import datetime as dt
import random
from uuid import UUID

from django.urls import reverse

from clinicleader.demo.programmes import Programmes, member_of
from clinicleader.demo.staff import Staff
from people.models import Notification
from people.services.notifications import TOPIC, mark_notifications_read
from tenancy.jobs import post
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import Organization

# What it says, its icon, and the page it leads to.
TO_MEMBERS = (
    ("Your readiness score for the last quarter is there.", "gauge", "passport:mine"),
    ("A milestone was verified.", "rosette", "passport:mine"),
    ("The confidence pulse of this quarter is open.", "clipboard", "surveys:pulses"),
)
TO_PARTS = {
    "leader": ("The leader index of your unit is published.", "chart-bar", "surveys:waves"),
    "chair": ("The leader index of your unit is published.", "chart-bar", "surveys:waves"),
    "director": ("Evidence waits for a verifier.", "rosette", "passport:inbox"),
    "survey_steward": ("A wave was published.", "chart-bar", "surveys:waves"),
    "organization_admin": ("A nightly job is parked and can be retried.", "alert-triangle", "people:jobs"),
}


def notify(
    organization: Organization, staff: Staff, programmes: Programmes, today: dt.date, rng: random.Random
) -> None:
    for person in programmes.members():
        for title, icon, page in TO_MEMBERS:
            _post(organization, person.id, title, icon, page)
    for part, (title, icon, page) in TO_PARTS.items():
        _post(organization, staff.part(part).id, title, icon, page)
    deliver_waiting(organization.pk)
    for notification in Notification.objects.order_by("person__external_id", "title"):
        earlier = dt.timedelta(days=rng.randrange(1, 40), minutes=rng.randrange(600))
        Notification.objects.filter(pk=notification.pk).update(created_at=notification.created_at - earlier)
    for person in programmes.members():
        if not person.part and person.works_on(today) and rng.random() < 0.4:
            mark_notifications_read(by=member_of(person, today))


def _post(organization: Organization, recipient: UUID, title: str, icon: str, page: str) -> None:
    path = reverse(page, args=[organization.slug]).removeprefix(reverse("today", args=[organization.slug]))
    post(TOPIC, recipient_id=recipient, payload={"title": title, "path": path, "icon": icon})
