"""Notifications: made from outbox messages, marked as read by their person."""

from __future__ import annotations

from django.utils import timezone

from people.member import Member
from people.models import Notification
from people.queries import notifications_of
from tenancy.models import OutboxMessage

TOPIC = "notification"


def deliver_notification(message: OutboxMessage) -> None:
    """Turn an outbox message {title, path, icon} into its recipient's notification."""
    if message.recipient_id is None:
        raise ValueError("A notification needs a recipient.")
    Notification.objects.create(
        person_id=message.recipient_id,
        title=message.payload["title"],
        path=message.payload["path"],
        icon=message.payload.get("icon", "bell"),
    )


def mark_notifications_read(*, by: Member) -> int:
    """Everything a member was told counts as read; returns how many were not."""
    return notifications_of(by).filter(read_at=None).update(read_at=timezone.now())
