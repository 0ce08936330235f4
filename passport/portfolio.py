"""The research portfolio: what a holder brings in, corrects and takes out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from passport.bibliography import Reference
from passport.models import PassportHolder, Publication
from people.member import Member
from tenancy.turns import one_at_a_time

MOST: Final = 2000  # of one person
_DETAILS: Final = ("title", "authors", "venue", "year", "kind")


@dataclass(frozen=True, slots=True)
class Brought:
    """How many of a list were new, how many told more of one that was there, and how many told nothing."""

    added: int
    completed: int
    known: int


def publications_of(person_id: UUID) -> QuerySet[Publication]:
    """The newest year first; those without a year at the end."""
    return Publication.objects.filter(person=person_id).order_by(
        F("year").desc(nulls_last=True), "title", "doi", "pk"
    )


@transaction.atomic
def bring_in(references: list[Reference], *, by: Member) -> Brought:
    """Add a list to the member's own portfolio. What is there already stays as it is; a DOI that stood alone
    gets its details. Three statements, whatever the length of the list."""
    if not PassportHolder.objects.filter(person=by.person_id).exists():
        raise ValidationError(_("Open your Passport first."))
    one_at_a_time(f"publications {by.person_id}")
    there = {_key(each.doi, each.title, each.year): each for each in publications_of(by.person_id)}
    new: dict[tuple[object, ...], Publication] = {}
    fuller: dict[tuple[object, ...], Publication] = {}
    for reference in references:
        key = _key(reference.doi, reference.title, reference.year)
        found = there.get(key) or new.get(key)
        if found is None:
            new[key] = Publication(person_id=by.person_id, **asdict(reference))
        elif not found.title and reference.title:
            for name in _DETAILS:
                setattr(found, name, getattr(reference, name))
            if key in there:
                fuller[key] = found
    if len(there) + len(new) > MOST:
        raise ValidationError(_("A portfolio holds at most %(most)d publications.") % {"most": MOST})
    Publication.objects.bulk_create(new.values())
    Publication.objects.bulk_update(fuller.values(), _DETAILS)
    return Brought(len(new), len(fuller), len(references) - len(new) - len(fuller))


@transaction.atomic
def add_publication(publication: Publication, *, by: Member) -> None:
    """Save one that was typed. Raises ValidationError where it is there already."""
    if not PassportHolder.objects.filter(person=by.person_id).exists():
        raise ValidationError(_("Open your Passport first."))
    one_at_a_time(f"publications {by.person_id}")
    others = publications_of(by.person_id).exclude(pk=publication.pk)
    if publication.doi and others.filter(doi=publication.doi).exists():
        raise ValidationError({"doi": _("A publication with this DOI is there already.")})
    alike = others.filter(doi="", title__iexact=publication.title, year=publication.year)
    if not publication.doi and alike.exists():
        raise ValidationError({"title": _("It is there already.")})
    publication.save()


def take_out(publication_id: UUID, *, by: Member) -> bool:
    """False where there is no such publication of the member's."""
    deleted, _rows = publications_of(by.person_id).filter(pk=publication_id).delete()
    return bool(deleted)


def _key(doi: str, title: str, year: int | None) -> tuple[object, ...]:
    """What makes two entries the same publication."""
    return (doi,) if doi else (title.lower(), year)
