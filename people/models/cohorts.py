from __future__ import annotations

import datetime as dt

from django.db import models

from people.models.persons import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class Programme(TenantModel):
    """A development programme. It needs a named executive champion before it starts."""

    name = models.CharField(max_length=200)
    champion = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="championed_programmes")
    pilot = models.BooleanField(default=False)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("champion"),
            models.UniqueConstraint(fields=["organization", "name"], name="people_programme_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Cohort(TenantModel):
    """The people who go through a programme together."""

    programme = TenantForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=200)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme"),
            models.UniqueConstraint(fields=["organization", "name"], name="people_cohort_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CohortMembership(TenantModel):
    """A person's time in a cohort."""

    cohort = TenantForeignKey(Cohort, on_delete=models.CASCADE, related_name="memberships")
    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="cohort_memberships")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)  # the first day it no longer holds

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("cohort", "person"),
            models.UniqueConstraint(
                fields=["organization", "cohort", "person"], name="people_cohortmembership_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="people_cohortmember_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cohort_id}"

    @property
    def last_day(self) -> dt.date | None:
        return self.end_date - dt.timedelta(days=1) if self.end_date else None
