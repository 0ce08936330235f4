"""Events on their way: from the outbox to each endpoint, again after a failure, and given up in the end."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import DeliveryState, Role, WebhookTrouble
from people.models import WebhookDelivery, WebhookEndpoint
from people.notices import Notice, notify, page_path
from people.role_queries import holders_of
from people.webhooks import signing
from people.webhooks.sending import SendingError, send
from tenancy.jobs import post, post_for_later
from tenancy.models import OutboxMessage
from web.ciphers import opened

# {kind, ids}: written with the change itself, by triggers of the rooms above (passport/sql/webhooks.sql).
EVENT_TOPIC = "webhook event"
DELIVERY_TOPIC = "webhook delivery"  # {delivery}
PURPOSE = "people.webhooks"
# After each failure; ten attempts over three days, as the specification suggests.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 840, 1200, 1440))
# Two secrets sign for so long after one was changed.
OVERLAP = dt.timedelta(hours=24)
KEPT = dt.timedelta(days=30)
GONE = 410  # the receiver wants no more, says the specification


def spread_event(message: OutboxMessage) -> None:
    """Put an event on its way to every endpoint that is switched on."""
    for endpoint in WebhookEndpoint.objects.filter(switched_off_at=None):
        put_on_its_way(
            endpoint, message.payload["kind"], message.payload["ids"], happened_at=message.created_at
        )


def put_on_its_way(
    endpoint: WebhookEndpoint, kind: str, ids: dict[str, object], *, happened_at: dt.datetime
) -> WebhookDelivery:
    delivery = WebhookDelivery.objects.create(endpoint=endpoint, kind=kind, ids=ids, happened_at=happened_at)
    post(DELIVERY_TOPIC, payload={"delivery": str(delivery.pk)})
    return delivery


def deliver_event(message: OutboxMessage) -> None:
    """Try once. What fails goes back into the outbox for later; while an endpoint does not answer, what else
    waits for it waits along, without a try of its own."""
    rows = WebhookDelivery.objects.select_for_update(of=("self",)).select_related("endpoint")
    delivery = rows.filter(pk=UUID(message.payload["delivery"]), state=DeliveryState.WAITING).first()
    if delivery is None:
        return
    endpoint, now = delivery.endpoint, timezone.now()
    if endpoint.switched_off_at is not None:
        delivery.state = DeliveryState.DROPPED
        delivery.save(update_fields=["state"])
    elif endpoint.retry_at is not None and endpoint.retry_at > now:
        _again(delivery, endpoint.retry_at)
    else:
        _try(delivery, now)


def _try(delivery: WebhookDelivery, now: dt.datetime) -> None:
    delivery.attempts, delivery.tried_at = delivery.attempts + 1, now
    delivery.status, delivery.trouble = None, ""
    body = body_of(delivery)
    try:
        delivery.status = send(
            delivery.endpoint.url,
            body,
            signing.headers(
                secrets_in_force(delivery.endpoint, now), f"msg_{delivery.pk.hex}", int(now.timestamp()), body
            ),
        )
    except SendingError as error:
        delivery.trouble = error.trouble
    else:
        if 200 <= delivery.status < 300:
            delivery.state = DeliveryState.DONE
        else:
            delivery.trouble = WebhookTrouble.ANSWER
    if delivery.state == DeliveryState.DONE:
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(retry_at=None, failing=False)
    else:
        _after_failure(delivery, now)
    delivery.save(update_fields=["state", "attempts", "tried_at", "status", "trouble"])


def _after_failure(delivery: WebhookDelivery, now: dt.datetime) -> None:
    own = WebhookEndpoint.objects.filter(pk=delivery.endpoint_id)
    if delivery.status == GONE:
        delivery.state = DeliveryState.FAILED
        own.update(switched_off_at=now)
        _tell(delivery.endpoint, _("A webhook is switched off: %(host)s wants no more."))
    elif delivery.attempts > len(WAITS):
        delivery.state = DeliveryState.FAILED
        if own.filter(failing=False).update(failing=True):  # once, until it answers again
            _tell(delivery.endpoint, _("A webhook does not answer, and an event was given up: %(host)s."))
    else:
        later = now + WAITS[delivery.attempts - 1]
        own.update(retry_at=later)
        _again(delivery, later)


def _again(delivery: WebhookDelivery, at: dt.datetime) -> None:
    post_for_later(DELIVERY_TOPIC, {"delivery": str(delivery.pk)}, not_before=at)


def _tell(endpoint: WebhookEndpoint, words: str) -> None:
    title = words % {"host": endpoint.url.split("/")[2]}
    path = page_path("people:webhook", endpoint.pk)
    notify(holders_of(Role.ORGANIZATION_ADMIN), Notice(title, path, "alert-triangle"))


def body_of(delivery: WebhookDelivery) -> bytes:
    """What is sent: kind, moment and ids. Who wants to know more asks the API, with a token of their own."""
    told = {"type": delivery.kind, "timestamp": delivery.happened_at.isoformat(), "data": delivery.ids}
    return json.dumps(told, separators=(",", ":")).encode()


def secrets_in_force(endpoint: WebhookEndpoint, now: dt.datetime) -> list[str]:
    """The secret, and for a day the one before."""
    kept = [endpoint.secret]
    changed = endpoint.secret_changed_at
    if endpoint.secret_before and changed is not None and now < changed + OVERLAP:
        kept.append(endpoint.secret_before)
    return [opened(secret, purpose=PURPOSE) for secret in kept]


def forget_deliveries() -> int:
    """Delete what was delivered or given up a month ago, and secrets that no longer sign."""
    now = timezone.now()
    WebhookEndpoint.objects.filter(~Q(secret_before=""), secret_changed_at__lt=now - OVERLAP).update(
        secret_before=""
    )
    old = WebhookDelivery.objects.filter(happened_at__lt=now - KEPT)
    return old.exclude(state=DeliveryState.WAITING).delete()[0]
