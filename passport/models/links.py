"""Private links to a Passport, which its holder gives to somebody outside."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class PassportLink(TenantModel):
    """A secret address that shows what is attested of a Passport until a day, or until it is revoked."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="passport_links")
    given_to = models.CharField(max_length=80)
    shows_publications = models.BooleanField(default=False)  # nobody attests them: the holder's choice
    made_at = models.DateTimeField()
    last_day = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", redact=("given_to",)),
            models.CheckConstraint(condition=~Q(given_to=""), name="passport_link_given_to"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")), name="passport_link_revoked"
            ),
            models.CheckConstraint(
                condition=Q(opened=0, last_opened_at=None) | Q(opened__gte=1, last_opened_at__isnull=False),
                name="passport_link_opened",
            ),
        ]
        indexes = [models.Index(fields=["organization", "person", "-made_at"], name="passport_link_of")]

    def answers_on(self, day: dt.date) -> bool:
        return self.revoked_at is None and day <= self.last_day

    def __str__(self) -> str:
        return f"link to the Passport of {self.person_id}"
