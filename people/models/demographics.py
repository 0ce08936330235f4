from __future__ import annotations

from django.db import models

from people.models.persons import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class Demographics(TenantModel):
    """What a person says about themselves, for representation alone.

    The application's role cannot select from this table (people/sql/demographics.sql): a person's own
    declaration is reached by definer functions, and nobody else's is reached at all.
    """

    # PostgreSQL's own key removes the row with its person; Django, as the application, may not look.
    person = TenantForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+")
    gender = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=80, blank=True)
    declared_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", redact=("gender", "ethnicity")),
            models.UniqueConstraint(fields=["organization", "person"], name="people_demographics_once"),
        ]

    def __str__(self) -> str:
        return "demographics"
