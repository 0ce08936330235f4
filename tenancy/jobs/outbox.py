"""Effects on the outside world: written with the change that causes them, delivered after the commit."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tenancy.clock import clock_of
from tenancy.jobs import doorbell
from tenancy.models import OutboxMessage
from tenancy.scope import current_organization_id, tenant_transaction

Delivery = Callable[[OutboxMessage], None]

log = logging.getLogger(__name__)

_deliveries: dict[str, Delivery] = {}


def delivers(topic: str) -> Callable[[Delivery], Delivery]:
    """Register the function that delivers messages of a topic, in a transaction, inside the scope."""

    def register(delivery: Delivery) -> Delivery:
        _deliveries[topic] = delivery
        return delivery

    return register


def post(topic: str, *, recipient_id: UUID | None = None, payload: dict[str, object]) -> OutboxMessage:
    """Leave a message in the transaction at hand. Payloads carry ids and codes, nothing sensitive."""
    [message] = post_many(topic, [(recipient_id, payload)])
    return message


def post_for_later(topic: str, payload: dict[str, object], *, not_before: dt.datetime) -> None:
    """The same for a moment to come; the minute's tick finds it."""
    OutboxMessage.objects.create(topic=topic, payload=payload, not_before=not_before)


def post_many(topic: str, messages: Iterable[tuple[UUID | None, dict[str, object]]]) -> list[OutboxMessage]:
    """The same for many recipients and their payloads, in a few statements."""
    posted = OutboxMessage.objects.bulk_create(
        [OutboxMessage(topic=topic, recipient_id=who, payload=payload) for who, payload in messages],
        batch_size=1000,
    )
    organization_id = current_organization_id()
    transaction.on_commit(lambda: doorbell.ring(organization_id))
    return posted


def deliver_waiting(organization_id: int) -> int:
    """Deliver what waits by the organisation's clock, oldest first; returns how many. What cannot go out
    now waits for the next time."""
    delivered = 0
    failed: list[UUID] = []
    with clock_of(organization_id):
        while (outcome := _deliver_one(organization_id, failed)) is not None:
            delivered += outcome
    return delivered


def _deliver_one(organization_id: int, failed: list[UUID]) -> bool | None:
    """Deliver one message in a transaction of its own: a broken one holds up nobody, and a mail server that
    fails half way gets nothing twice. None when nothing is left."""
    with tenant_transaction(organization_id, reason="outbox"):
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(Q(not_before=None) | Q(not_before__lte=timezone.now()))
            .filter(delivered_at__isnull=True, topic__in=list(_deliveries))
            .exclude(pk__in=failed)
            .order_by("created_at")
            .first()
        )
        if message is None:
            return None
        try:
            with transaction.atomic():
                _deliveries[message.topic](message)
        except Exception:
            log.exception("outbox message %s (%s) could not be delivered", message.pk, message.topic)
            failed.append(message.pk)
            return False
        message.delivered_at = timezone.now()
        message.save(update_fields=["delivered_at"])
        return True
