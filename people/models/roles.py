from __future__ import annotations

from django.db import models

from people.enums import Role
from people.models.cohorts import Cohort
from people.models.persons import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class RoleGrant(TenantModel):
    """A role given to a person; a programme director's may be limited to one cohort."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    cohort = TenantForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="role_grants"
    )
    granted_by = TenantForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "cohort", "granted_by"),
            models.UniqueConstraint(
                fields=["organization", "person", "role", "cohort"],
                name="people_rolegrant_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(cohort__isnull=True) | models.Q(role=Role.PROGRAMME_DIRECTOR),
                name="people_rolegrant_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.person_id}"
