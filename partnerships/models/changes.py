"""What happened to one half."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from partnerships.enums import ChangeCause
from partnerships.models.partnerships import Partner
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class PartnerChange(TenantModel):
    """A partner left, moved or lost the position. Open until the others say how it goes on."""

    partner = TenantForeignKey(Partner, on_delete=models.CASCADE, related_name="changes")
    cause = models.CharField(max_length=11, choices=ChangeCause.choices)
    noticed_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    settled_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("partner", "settled_by"),
            models.UniqueConstraint(
                fields=["organization", "partner"],
                name="partnerships_change_one_open",
                condition=Q(settled_on=None),
            ),
            models.CheckConstraint(
                condition=Q(cause__in=ChangeCause.values), name="partnerships_change_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.cause}"
