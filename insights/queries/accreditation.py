"""Standards and their requirements, with what is held against each."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from insights.models import DocumentReference, Mapping, Requirement, Standard


def standards() -> QuerySet[Standard]:
    """By name, each with how many requirements apply, and for how many of them nothing is named."""
    mapped = Exists(Mapping.objects.filter(requirement=OuterRef("requirements")))
    documented = Exists(DocumentReference.objects.filter(requirement=OuterRef("requirements")))
    return Standard.objects.annotate(
        count=Count("requirements", filter=Q(requirements__applies=True)),
        gaps=Count("requirements", filter=Q(requirements__applies=True) & ~mapped & ~documented),
    ).order_by("name", "edition", "pk")


def standard_with(standard_id: UUID) -> Standard | None:
    return Standard.objects.filter(pk=standard_id).first()


def requirements_of(standard: Standard) -> list[Requirement]:
    """In their order, each with its mappings and documents. Three queries."""
    found = Requirement.objects.filter(standard=standard).order_by("position", "code", "pk")
    return list(found.prefetch_related("mappings", "documents"))


def requirement_with(requirement_id: UUID) -> Requirement | None:
    return Requirement.objects.select_related("standard").filter(pk=requirement_id).first()


def mappings_of(requirement: Requirement) -> QuerySet[Mapping]:
    return Mapping.objects.filter(requirement=requirement).order_by("source")


def documents_of(requirement: Requirement) -> QuerySet[DocumentReference]:
    return DocumentReference.objects.filter(requirement=requirement).order_by("title", "pk")
