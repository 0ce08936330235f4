"""Telling people something: the one door to it, also for the rooms above.

A notice is posted in the transaction that causes it, so nobody is told of what was rolled back. It is read on
the recipient's own pages and never leaves them: no mail carries its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from people.models import Notification, Person
from people.queries import employed
from tenancy.jobs import post
from tenancy.models import OutboxMessage

TOPIC = "notification"


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told, and the page where it is seen to. Names and titles, no verdict's reasons."""

    title: str
    path: str  # as `page_path` gives it
    icon: str = "bell"


def page_path(name: str, *arguments: object) -> str:
    """A page's path inside its organisation, whatever the organisation is called in addresses."""
    return reverse(name, args=["-", *arguments]).removeprefix(reverse("today", args=["-"]))


def notify(person_ids: Iterable[UUID], notice: Notice) -> None:
    """Have people told, in one statement however many they are."""
    if told := sorted({str(person_id) for person_id in person_ids}):
        title = _short(notice.title)
        post(TOPIC, payload={"to": told, "title": title, "path": notice.path, "icon": notice.icon})


def tell_at_once(person_ids: Iterable[UUID], notice: Notice) -> None:
    """Tell people in the transaction at hand, where no list of them may be left in the outbox."""
    here = Person.objects.filter(employed(timezone.localdate()), pk__in=set(person_ids)).order_by("pk")
    title = _short(notice.title)
    Notification.objects.bulk_create(
        [
            Notification(person_id=person_id, title=title, path=notice.path, icon=notice.icon)
            for person_id in here.values_list("pk", flat=True)
        ],
        batch_size=1000,
    )


def forget_notices(path: str) -> None:
    """Delete everything that people were told about a page, delivered or waiting."""
    OutboxMessage.objects.filter(topic=TOPIC, payload__path=path).delete()
    Notification.objects.filter(path=path).delete()


def _short(title: str) -> str:
    return title[: Notification._meta.get_field("title").max_length]
