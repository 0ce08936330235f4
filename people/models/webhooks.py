from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from people.enums import DeliveryState, WebhookTrouble
from people.models.persons import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class WebhookEndpoint(TenantModel):
    """Where another system of the organisation's is told that something happened here."""

    url = models.URLField(max_length=500)
    # Encrypted (web/ciphers.py): what is signed with has to be read again. The one before holds for a while
    # after a change, so that no event fails while the receiver is given the new one.
    secret = models.TextField(editable=False)
    secret_before = models.TextField(blank=True, editable=False)
    secret_changed_at = models.DateTimeField(null=True, editable=False)
    added_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    switched_off_at = models.DateTimeField(null=True, editable=False)
    # After a failure nothing is sent before: who does not answer one event will not answer the next.
    retry_at = models.DateTimeField(null=True, editable=False)
    failing = models.BooleanField(default=False, editable=False)  # given up on one, and told so

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("added_by", redact=("secret", "secret_before")),
            models.UniqueConstraint(fields=["organization", "url"], name="people_webhookendpoint_url"),
        ]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(TenantModel):
    """One event on its way to one endpoint, and what became of it. Forgotten after a month."""

    endpoint = TenantForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=40)
    ids = models.JSONField(encoder=DjangoJSONEncoder)  # of what it is about; nothing else leaves
    happened_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    status = models.PositiveSmallIntegerField(null=True, editable=False)  # what the endpoint answered
    trouble = models.CharField(max_length=12, choices=WebhookTrouble.choices, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("endpoint", audited=False),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="people_webhookdelivery_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "endpoint", "-happened_at"], name="people_webhookdelivery_recent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
