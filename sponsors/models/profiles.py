"""What a sponsor takes on, and who has agreed to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mentoring.models import Tag
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly

MOST_PLACES = 20


class RoleDefinition(TenantModel):
    """What a primary sponsor does here, in the organisation's words. Each change is a new version; a sponsor
    agrees to one of them."""

    version = models.PositiveIntegerField()
    words = models.TextField(max_length=4000)
    set_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("set_by"),
            AppendOnly(name="sponsors_definition_append_only"),
            models.UniqueConstraint(fields=["organization", "version"], name="sponsors_definition_version"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class SponsorProfile(TenantModel):
    """Somebody who agreed to sponsor leaders: what they bring, and how many they can look after."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="sponsor_profiles")
    offering = models.BooleanField(default=True)  # False: takes nobody new
    experience = models.TextField(blank=True, max_length=1000)
    places = models.PositiveSmallIntegerField(default=2)
    agreed_version = models.PositiveIntegerField()  # of the definition of the role
    agreed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", redact=("experience",)),
            models.UniqueConstraint(fields=["organization", "person"], name="sponsors_profile_once"),
            models.CheckConstraint(condition=Q(places__lte=MOST_PLACES), name="sponsors_profile_most"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} sponsors"


class SponsorInterest(TenantModel):
    """A word of the organisation's taxonomy that a sponsor can help with."""

    sponsor = TenantForeignKey(SponsorProfile, on_delete=models.CASCADE, related_name="interests")
    tag = TenantForeignKey(Tag, on_delete=models.PROTECT, related_name="sponsors")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("sponsor", "tag"),
            models.UniqueConstraint(fields=["organization", "sponsor", "tag"], name="sponsors_interest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sponsor_id} offers {self.tag_id}"
