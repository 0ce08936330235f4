"""A light log of contacts: persuasion is informal, with one person at a time, and over time (R111)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person
from sponsors.enums import ContactReaders
from tenancy.models import TenantForeignKey, TenantModel, walls


class Contact(TenantModel):
    """One line: somebody spoke with somebody, about what, and what comes next. It stands in a leader's
    clinic, whose seats say who else reads it."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    author = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    whom = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    about = models.CharField(max_length=200)
    next_step = models.CharField(max_length=200, blank=True)
    readers = models.CharField(max_length=7, choices=ContactReaders.choices, default=ContactReaders.MINE)
    logged_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "author", "whom", redact=("about", "next_step")),
            models.CheckConstraint(
                condition=Q(readers__in=ContactReaders.values), name="sponsors_contact_readers"
            ),
            models.CheckConstraint(condition=~Q(about=""), name="sponsors_contact_about"),
            models.CheckConstraint(condition=~Q(author=F("whom")), name="sponsors_contact_not_oneself"),
        ]
        indexes = [
            models.Index(fields=["organization", "leader", "on"], name="sponsors_contact_leader"),
            models.Index(fields=["organization", "author", "on"], name="sponsors_contact_author"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} with {self.whom_id} on {self.on}"
