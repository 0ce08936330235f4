"""What an admin does with webhooks: adding one, testing it, changing its secret, switching it off and on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import WebhookDelivery, WebhookEndpoint
from people.permissions import WEBHOOKS_ARE_KEPT_BY, can_keep_webhooks
from people.webhooks.delivering import PURPOSE, put_on_its_way
from people.webhooks.sending import target_of
from people.webhooks.signing import new_secret
from tenancy.turns import one_at_a_time
from web.ciphers import sealed

LIMIT = 5
TEST = "webhook.test"


@transaction.atomic
def add_webhook(url: str, *, by: Member) -> tuple[WebhookEndpoint, str]:
    """Have events sent to an address; returns it with its secret, to be shown once."""
    demand(can_keep_webhooks(by), WEBHOOKS_ARE_KEPT_BY)
    if target_of(url) is None:
        raise ValidationError({"url": _("Write an address that begins with https://, without a password.")})
    one_at_a_time("webhooks")
    if WebhookEndpoint.objects.count() >= LIMIT:
        words = _("There are %(most)d webhooks, and an organisation has no more. Remove one first.")
        raise ValidationError(words % {"most": LIMIT})
    secret = new_secret()
    try:
        with transaction.atomic():
            endpoint = WebhookEndpoint.objects.create(
                url=url, secret=sealed(secret, purpose=PURPOSE), added_by_id=by.person_id
            )
    except IntegrityError as error:
        raise ValidationError({"url": _("This address is told of events already.")}) from error
    return endpoint, secret


@transaction.atomic
def change_secret(endpoint: WebhookEndpoint, *, by: Member) -> str:
    """Sign with a new secret, to be shown once; for a day with the one before as well."""
    demand(can_keep_webhooks(by), WEBHOOKS_ARE_KEPT_BY)
    locked = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    secret = new_secret()
    locked.secret, locked.secret_before = sealed(secret, purpose=PURPOSE), locked.secret
    locked.secret_changed_at = timezone.now()
    locked.save(update_fields=["secret", "secret_before", "secret_changed_at"])
    return secret


@transaction.atomic
def switch_webhook(endpoint: WebhookEndpoint, *, on: bool, by: Member) -> None:
    """Send it events, or none. What happens while it is off is not sent later: the delta API has it."""
    demand(can_keep_webhooks(by), WEBHOOKS_ARE_KEPT_BY)
    locked = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    if on == (locked.switched_off_at is None):
        return
    locked.switched_off_at = None if on else timezone.now()
    locked.retry_at, locked.failing = None, False
    locked.save(update_fields=["switched_off_at", "retry_at", "failing"])


@transaction.atomic
def remove_webhook(endpoint: WebhookEndpoint, *, by: Member) -> None:
    """Forget an endpoint with all that was sent to it."""
    demand(can_keep_webhooks(by), WEBHOOKS_ARE_KEPT_BY)
    WebhookEndpoint.objects.get(pk=endpoint.pk).delete()


@transaction.atomic
def send_test_event(endpoint: WebhookEndpoint, *, by: Member) -> WebhookDelivery:
    """Send an event that says nothing, at once also where the endpoint did not answer before."""
    demand(can_keep_webhooks(by), WEBHOOKS_ARE_KEPT_BY)
    if endpoint.switched_off_at is not None:
        raise ValidationError(_("It is switched off. Switch it on first."))
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(retry_at=None)
    return put_on_its_way(endpoint, TEST, {}, happened_at=timezone.now())
