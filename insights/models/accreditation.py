"""Requirements of outside standards, as the organisation words them, and what it holds against each.

The mapping is the organisation's own: nothing here claims anything for the body that set the standard (C13).
"""

from __future__ import annotations

from typing import Final

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q

from insights.enums import EvidenceSource
from tenancy.models import TenantForeignKey, TenantModel, walls

DOCUMENT_ADDRESS: Final = URLValidator(schemes=["https"])
MOST_REQUIREMENTS: Final = 500  # of one standard


class Standard(TenantModel):
    """A body's standard, by the name and the edition the organisation knows it by."""

    name = models.CharField(max_length=120)
    edition = models.CharField(max_length=60, blank=True)
    # Its year of the self-study: 1 for calendar years, 7 where the academic year begins in July.
    first_month = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(),
            models.UniqueConstraint(
                fields=["organization", "name", "edition"], name="insights_standard_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="insights_standard_name"),
            models.CheckConstraint(condition=Q(first_month__range=(1, 12)), name="insights_standard_month"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.edition}" if self.edition else self.name


class Requirement(TenantModel):
    """One requirement by its number in the standard, in the organisation's words. One that no longer applies
    stays, with what was held against it."""

    standard = TenantForeignKey(Standard, on_delete=models.CASCADE, related_name="requirements")
    code = models.CharField(max_length=40)
    text = models.CharField(max_length=600)
    position = models.PositiveSmallIntegerField()
    applies = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("standard"),
            models.UniqueConstraint(
                fields=["organization", "standard", "code"], name="insights_requirement_once"
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(text=""), name="insights_requirement_words"),
        ]

    def __str__(self) -> str:
        return self.code


class Mapping(TenantModel):
    """What the product counts is evidence for a requirement. The note says why, or what to read out of it."""

    requirement = TenantForeignKey(Requirement, on_delete=models.CASCADE, related_name="mappings")
    source = models.CharField(max_length=16, choices=EvidenceSource.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("requirement"),
            models.UniqueConstraint(
                fields=["organization", "requirement", "source"], name="insights_mapping_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=EvidenceSource.values), name="insights_mapping_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} for {self.requirement_id}"


class DocumentReference(TenantModel):
    """Evidence that the product does not know: which document, and where it is kept."""

    requirement = TenantForeignKey(Requirement, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    link = models.URLField(blank=True, max_length=500, validators=[DOCUMENT_ADDRESS])
    place = models.CharField(max_length=200, blank=True)  # in words, where it has no address

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("requirement"),
            models.CheckConstraint(
                condition=~Q(title="") & (~Q(link="") | ~Q(place="")), name="insights_document_kept"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="insights_document_https"
            ),
        ]
        indexes = [models.Index(fields=["organization", "requirement"], name="insights_document_of")]

    def __str__(self) -> str:
        return self.title
