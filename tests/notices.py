"""What was posted for people to be told, for tests of those who post it."""

from __future__ import annotations

from uuid import UUID

from people.notices import TOPIC
from tenancy.models import OutboxMessage


def told() -> list[tuple[set[UUID], str]]:
    """Whom each notice is for and what it says, the oldest first. Inside a scope."""
    posted = OutboxMessage.objects.filter(topic=TOPIC).order_by("created_at")
    return [({UUID(one) for one in message.payload["to"]}, message.payload["title"]) for message in posted]
