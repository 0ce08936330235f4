"""Representation in the pools, as it was told: once a year, in groups, by a function of the database alone.

The application's role reads the rule, tellings and figures. It may not touch who was counted
(sql/representation.sql): that table says what each person had declared when it was told.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from people.models import Person, Unit
from succession.enums import Trait
from tenancy.models import TenantForeignKey, TenantModel, walls


class RepresentationRule(TenantModel):
    """Whether an organisation looks at it at all, and for what: without a purpose it stays off."""

    purpose = models.TextField(max_length=2000, blank=True)
    is_on = models.BooleanField(default=False)
    changed_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("changed_by"),
            models.UniqueConstraint(fields=["organization"], name="succession_representationrule_once"),
            models.CheckConstraint(
                condition=Q(is_on=False) | ~Q(purpose=""), name="succession_representationrule_purpose"
            ),
        ]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"


class RepresentationTelling(TenantModel):
    """One trait in one year: told, or kept back because single answers could be worked out."""

    year = models.PositiveSmallIntegerField()
    trait = models.CharField(max_length=9, choices=Trait.choices)
    told_on = models.DateField()
    is_told = models.BooleanField()
    groups = ArrayField(models.TextField(), default=list)  # small ones together; the same in every year

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(),
            models.UniqueConstraint(
                fields=["organization", "year", "trait"], name="succession_representationtelling_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trait} in {self.year}"


class RepresentationFigure(TenantModel):
    """How many of a group are in pools, and among everybody, of one part of the organisation."""

    telling = TenantForeignKey(RepresentationTelling, on_delete=models.CASCADE, related_name="figures")
    # Of the people who work there; nobody's unit: of the whole organisation.
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.TextField()  # empty: not declared
    in_pools = models.PositiveIntegerField()
    workforce = models.PositiveIntegerField()  # those in pools included

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("telling", "unit", audited=False),
            models.UniqueConstraint(
                fields=["organization", "telling", "unit", "group"],
                name="succession_representationfigure_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.in_pools} of {self.workforce}"


class CountedPerson(TenantModel):
    """Who was counted where, and as what: kept so that no later telling gives one person's answer away."""

    telling = TenantForeignKey(RepresentationTelling, on_delete=models.DO_NOTHING, related_name="+")
    # Nobody: erased since. Their answer stays in the sum that was told, and is nobody's.
    person = TenantForeignKey(Person, on_delete=models.DO_NOTHING, null=True, related_name="+")
    unit = TenantForeignKey(Unit, on_delete=models.DO_NOTHING, null=True, related_name="+")
    in_pool = models.BooleanField()
    answer = models.TextField(null=True)  # noqa: DJ001 - empty: not declared; NULL: withdrawn since

    class Meta(TenantModel.Meta):
        constraints = [*walls("telling", "person", "unit", audited=False)]
        indexes = [
            models.Index(fields=["organization", "telling", "person"], name="succession_counted_person"),
            models.Index(fields=["organization", "person"], name="succession_counted_of"),
        ]

    def __str__(self) -> str:
        return "somebody"
