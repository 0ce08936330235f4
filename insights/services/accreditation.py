"""Keeping standards, their requirements and what is held against each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.enums import EvidenceSource
from insights.models import DocumentReference, Mapping, Requirement, Standard
from insights.models.accreditation import DOCUMENT_ADDRESS, MOST_REQUIREMENTS
from insights.permissions import ACCREDITATION_IS_KEPT_BY, can_keep_accreditation
from people.access import demand
from people.member import Member

# Constraints of the tables as messages: the field, and what is wrong with it.
TWICE: Final = {
    "insights_standard_once": (
        "edition",
        gettext_lazy("There is a standard of this name and edition already."),
    ),
    "insights_requirement_once": (
        "code",
        gettext_lazy("The standard has a requirement of this number already."),
    ),
}


@dataclass(frozen=True, slots=True)
class StandardWording:
    name: str
    edition: str = ""
    first_month: int = 1


@dataclass(frozen=True, slots=True)
class RequirementWording:
    """`position`: its place among the others; None for the last one."""

    code: str
    text: str
    applies: bool = True
    position: int | None = None


@transaction.atomic
def add_standard(wording: StandardWording, *, by: Member) -> Standard:
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    return _save_standard(Standard(), wording)


@transaction.atomic
def change_standard(standard: Standard, wording: StandardWording, *, by: Member) -> Standard:
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    return _save_standard(Standard.objects.select_for_update().get(pk=standard.pk), wording)


@transaction.atomic
def add_requirement(standard: Standard, wording: RequirementWording, *, by: Member) -> Requirement:
    """A new one, at its place or at the end."""
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    # Two at once would both be the last one.
    Standard.objects.select_for_update().get(pk=standard.pk)
    if standard.requirements.count() >= MOST_REQUIREMENTS:
        raise ValidationError(
            _("A standard has at most %(most)d requirements.") % {"most": MOST_REQUIREMENTS}
        )
    return _save_requirement(Requirement(standard=standard), wording)


@transaction.atomic
def change_requirement(requirement: Requirement, wording: RequirementWording, *, by: Member) -> Requirement:
    """Word it otherwise, move it, or say that it no longer applies. What is held against it stays."""
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    locked = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    return _save_requirement(locked, wording)


@transaction.atomic
def map_evidence(requirement: Requirement, source: EvidenceSource, note: str, *, by: Member) -> Mapping:
    """Name a source as evidence. Named before, its note is changed."""
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    made, _new = Mapping.objects.update_or_create(
        requirement=requirement, source=source, defaults={"note": note.strip()}
    )
    return made


@transaction.atomic
def unmap_evidence(mapping: Mapping, *, by: Member) -> None:
    """The source is evidence for the requirement no longer."""
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    mapping.delete()


@transaction.atomic
def add_document(
    requirement: Requirement, *, title: str, link: str, place: str, by: Member
) -> DocumentReference:
    """Say where a document is kept: an address, or words."""
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    if not link and not place.strip():
        raise ValidationError({"place": _("Say where it is kept: a link, or words.")})
    if link:
        DOCUMENT_ADDRESS(link)
    return DocumentReference.objects.create(
        requirement=requirement, title=title.strip(), link=link, place=place.strip()
    )


@transaction.atomic
def remove_document(document: DocumentReference, *, by: Member) -> None:
    demand(can_keep_accreditation(by), ACCREDITATION_IS_KEPT_BY)
    document.delete()


def _save_standard(standard: Standard, wording: StandardWording) -> Standard:
    standard.name, standard.edition = wording.name.strip(), wording.edition.strip()
    standard.first_month = wording.first_month
    with _once():
        standard.save()
    return standard


def _save_requirement(requirement: Requirement, wording: RequirementWording) -> Requirement:
    requirement.code, requirement.text = wording.code.strip(), wording.text.strip()
    requirement.applies = wording.applies
    if wording.position is not None:
        requirement.position = wording.position
    elif requirement.position is None:
        others = Requirement.objects.filter(standard=requirement.standard_id)
        requirement.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
    with _once():
        requirement.save()
    return requirement


@contextmanager
def _once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for constraint, (field, words) in TWICE.items():
            if constraint in str(error):
                raise ValidationError({field: words}) from error
        raise
