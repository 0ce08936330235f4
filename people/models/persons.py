from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models

from people.enums import CareerStage, Profession
from people.models.units import Unit
from tenancy.models import TenantForeignKey, TenantModel, walls


class SearchText(models.Func):
    """The parts with a space between them, lower case and without accents (people/sql/search_text.sql)."""

    function = "people_search_text"
    arg_joiner = " || ' ' || "
    output_field = models.TextField(db_collation="C")


def SearchKey(*parts: str) -> models.GeneratedField:  # noqa: N802 - reads as the field it makes
    """A stored column that PostgreSQL keeps, whoever writes the row."""
    return models.GeneratedField(
        expression=SearchText(*parts), output_field=models.TextField(db_collation="C"), db_persist=True
    )


class DateRange(models.Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class Person(TenantModel):
    """Somebody who works or worked here. Personal data hangs on this row, never on the login."""

    external_id = models.CharField(max_length=64)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    job_title = models.CharField(max_length=200, blank=True)
    profession = models.CharField(max_length=16, choices=Profession.choices, default=Profession.OTHER)
    specialty = models.CharField(max_length=100, blank=True)
    training_grade = models.CharField(max_length=32, blank=True)
    career_stage = models.CharField(max_length=16, choices=CareerStage.choices, default=CareerStage.NONE)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    # The last day of residency or fellowship, wherever it was. Where no file says, the day on which the stage
    # changes from training to attending (people/sql/training_completed.sql).
    training_completed_on = models.DateField(null=True, blank=True)
    locale = models.CharField(max_length=16, blank=True)
    clinical_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    leadership_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    # What the directory finds people by: lower case, no accents, byte order, so that a prefix is one range of
    # an index. lower() and LIKE are not leakproof and would run only after the row policy, on every row.
    search_key = SearchKey("family_name", "given_name")
    given_key = SearchKey("given_name", "family_name")
    email_key = SearchKey("email")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("unit"),
            models.UniqueConstraint(fields=["organization", "external_id"], name="people_person_external_id"),
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True) | models.Q(end_date__gte=models.F("start_date")),
                name="people_person_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "search_key"], name="people_person_search"),
            models.Index(fields=["organization", "given_key"], name="people_person_given"),
            models.Index(fields=["organization", "email_key"], name="people_person_email"),
            models.Index(fields=["organization", "unit"], name="people_person_unit"),
            # Figures of thousands of people by unit read this and no row of theirs.
            models.Index(fields=["organization", "id"], name="people_person_works_in", include=["unit"]),
            models.Index(
                fields=["organization", "end_date", "unit"],
                name="people_person_leaver",  # few: who is still here is everybody but these
                condition=models.Q(end_date__isnull=False),
            ),
            models.Index(
                fields=["organization", "id"],
                name="people_person_in_a_stage",  # few: nurses and managers are in none
                condition=~models.Q(career_stage=CareerStage.NONE),
            ),
            models.Index(
                fields=["organization", "specialty"],
                name="people_person_specialty",
                condition=~models.Q(specialty=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def has_left(self, on: dt.date) -> bool:
        """Whether the last day lies before a day; for rows of the database: queries.employed()."""
        return self.end_date is not None and self.end_date < on


class ReportingLine(TenantModel):
    """Who is somebody's immediate leader, and from when to when. History is never overwritten."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="lines")
    manager = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="managed_lines")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)  # the first day it no longer holds

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "manager"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("manager")), name="people_reportingline_not_oneself"
            ),
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True) | models.Q(end_date__gt=models.F("start_date")),
                name="people_reportingline_dates",
            ),
            ExclusionConstraint(
                name="people_reportingline_one_at_a_time",
                expressions=[
                    ("organization", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange("start_date", "end_date", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "start_date"], name="people_line_person"),
            models.Index(fields=["organization", "manager"], name="people_line_manager"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} reports to {self.manager_id} from {self.start_date}"
