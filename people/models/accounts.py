from __future__ import annotations

from django.db import models
from django.utils import timezone

from people.enums import TokenEnd, TokenPurpose
from people.models.persons import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class Invitation(TenantModel):
    """The one way to an account: a link by mail, for one person, one address, once, for seven days."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, editable=False)
    invited_by = TenantForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "invited_by", redact=("token_hash",)),
            models.UniqueConstraint(fields=["organization", "token_hash"], name="people_invitation_token"),
            models.UniqueConstraint(
                fields=["organization", "person"],
                name="people_invitation_one_open",
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="people_invitation_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class ApiToken(TenantModel):
    """A person's key to the REST API. The secret is shown once; here is only its hash."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    purpose = models.CharField(
        max_length=8, choices=TokenPurpose.choices, default=TokenPurpose.ANYTHING, blank=True
    )
    prefix = models.CharField(max_length=12, editable=False)  # enough to tell two tokens apart in a list
    token_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()  # the last day it works
    last_used_on = models.DateField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_because = models.CharField(max_length=8, choices=TokenEnd.choices, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", redact=("token_hash",)),
            models.UniqueConstraint(fields=["organization", "token_hash"], name="people_apitoken_token"),
            models.CheckConstraint(
                condition=models.Q(purpose__in=TokenPurpose.values), name="people_apitoken_purpose"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=False) | models.Q(revoked_because=""),
                name="people_apitoken_revoked_because",
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="people_apitoken_person")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
