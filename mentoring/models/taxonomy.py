from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from mentoring.enums import TagKind
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import Permanent

LIGHTEST, HEAVIEST = 1, 9


class Tag(TenantModel):
    """One word of the organisation's taxonomy: what mentees look for is what mentors offer. Retired, never
    deleted."""

    kind = models.CharField(max_length=12, choices=TagKind.choices)
    name = models.CharField(max_length=60)
    # How much it counts in the similarity. Whole numbers: products of them are exact in any order.
    weight = models.PositiveSmallIntegerField(default=1)
    retired_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(),
            Permanent(name="mentoring_tag_permanent"),
            models.UniqueConstraint("organization", "kind", Lower("name"), name="mentoring_tag_once"),
            models.CheckConstraint(condition=Q(kind__in=TagKind.values), name="mentoring_tag_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="mentoring_tag_named"),
            models.CheckConstraint(
                condition=Q(weight__gte=LIGHTEST, weight__lte=HEAVIEST), name="mentoring_tag_weight"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Interest(TenantModel):
    """What somebody would like a mentor for."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="mentoring_interests")
    tag = TenantForeignKey(Tag, on_delete=models.PROTECT, related_name="interests")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "tag"),
            models.UniqueConstraint(fields=["organization", "person", "tag"], name="mentoring_interest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} looks for {self.tag_id}"
