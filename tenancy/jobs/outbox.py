"""Effects on the outside world: written with the change that causes them, delivered after the commit."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tenancy.jobs import doorbell
from tenancy.models import OutboxMessage
from tenancy.scope import current_organization_id, tenant_transaction

Delivery = Callable[[OutboxMessage], None]

_deliveries: dict[str, Delivery] = {}
BATCH = 200


def delivers(topic: str) -> Callable[[Delivery], Delivery]:
    """Register the function that delivers messages of a topic, in a transaction, inside the scope."""

    def register(delivery: Delivery) -> Delivery:
        _deliveries[topic] = delivery
        return delivery

    return register


def post(topic: str, *, recipient_id: UUID | None = None, payload: dict[str, object]) -> OutboxMessage:
    """Leave a message in the transaction at hand. Payloads carry ids and codes, nothing sensitive."""
    message = OutboxMessage.objects.create(topic=topic, recipient_id=recipient_id, payload=payload)
    organization_id = current_organization_id()
    transaction.on_commit(lambda: doorbell.ring(organization_id))
    return message


def deliver_waiting(organization_id: int) -> int:
    """Deliver what waits, oldest first, each batch in one transaction; returns how many."""
    delivered = 0
    while True:
        with tenant_transaction(organization_id, reason="outbox"):
            batch = list(
                OutboxMessage.objects.select_for_update(skip_locked=True)
                .filter(delivered_at__isnull=True, topic__in=list(_deliveries))
                .order_by("created_at")[:BATCH]
            )
            for message in batch:
                _deliveries[message.topic](message)
            OutboxMessage.objects.filter(pk__in=[message.pk for message in batch]).update(
                delivered_at=timezone.now()
            )
        delivered += len(batch)
        if len(batch) < BATCH:
            return delivered
