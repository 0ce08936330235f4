"""Writing the codebook of a programme: codes that change leave how they read before."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Code, CodeVersion, PartnershipProgramme, Theme
from partnerships.permissions import CODEBOOK_IS_KEPT_BY, can_keep_codebook
from partnerships.queries.coding import codebook_stands, codes_for, codes_to_give
from partnerships.queries.programmes import programmes
from people.access import demand
from people.member import Member

MOST_CODES = 40  # beyond that nobody codes reliably
MOST_THEMES = 15


@dataclass(frozen=True, slots=True)
class Wording:
    """A code in words: what it means, and an example in the coders' own words."""

    name: str
    definition: str
    example: str = ""


@transaction.atomic
def add_code(programme: PartnershipProgramme, wording: Wording, *, by: Member) -> Code:
    """One more code."""
    kept = _locked(programme, by)
    _require_movable(kept)
    if codes_to_give(kept.pk).count() >= MOST_CODES:
        raise ValidationError(_("%(most)d codes are enough: retire one first.") % {"most": MOST_CODES})
    code = Code(programme=kept, name=wording.name, definition=wording.definition, example=wording.example)
    _save(code, _("Another code has this name."))
    _note_version(code, "", by)
    return code


@transaction.atomic
def change_code(code: Code, wording: Wording, why: str, *, by: Member) -> Code:
    """From now on it reads so; how it read before stays, with the reason."""
    kept = _locked(code.programme, by)
    _require_movable(kept)
    now = Code.objects.select_for_update(of=("self",)).get(pk=code.pk)
    if (now.name, now.definition, now.example) == (wording.name, wording.definition, wording.example):
        raise ValidationError(_("Nothing has changed."))
    if not why.strip():
        raise ValidationError({"why": _("Say why: coders after you will ask.")})
    now.name, now.definition, now.example = wording.name, wording.definition, wording.example
    now.version += 1
    _save(now, _("Another code has this name."))
    _note_version(now, why.strip(), by)
    return now


@transaction.atomic
def retire_code(code: Code, *, by: Member) -> Code:
    """It is given no more, or again; comments that have it keep it."""
    kept = _locked(code.programme, by)
    _require_movable(kept)
    now = Code.objects.select_for_update(of=("self",)).get(pk=code.pk)
    now.retired_on = timezone.localdate() if now.retired_on is None else None
    now.save(update_fields=["retired_on"])
    return now


@transaction.atomic
def add_theme(programme: PartnershipProgramme, name: str, definition: str, *, by: Member) -> Theme:
    """One more theme; codes are put under it."""
    kept = _locked(programme, by)
    if Theme.objects.filter(programme=kept).count() >= MOST_THEMES:
        raise ValidationError(_("%(most)d themes are enough.") % {"most": MOST_THEMES})
    theme = Theme(programme=kept, name=name, definition=definition)
    _save(theme, _("Another theme has this name."))
    return theme


@transaction.atomic
def change_theme(theme: Theme, name: str, definition: str, *, by: Member) -> Theme:
    """Findings that are released keep the words they had."""
    _locked(theme.programme, by)
    now = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    now.name, now.definition = name, definition
    _save(now, _("Another theme has this name."))
    return now


@transaction.atomic
def group_code(code: Code, theme: Theme | None, *, by: Member) -> Code:
    """Put a code under a theme of its programme, or under none."""
    _locked(code.programme, by)
    if theme is not None and theme.programme_id != code.programme_id:
        raise ValidationError({"theme": _("This theme belongs to another programme.")})
    now = Code.objects.select_for_update(of=("self",)).get(pk=code.pk)
    now.theme = theme
    now.save(update_fields=["theme"])
    return now


def _locked(programme: PartnershipProgramme, by: Member) -> PartnershipProgramme:
    PartnershipProgramme.objects.select_for_update().get(pk=programme.pk)
    kept = programmes().get(pk=programme.pk)
    demand(can_keep_codebook(by, kept, codes=codes_for(by, kept)), CODEBOOK_IS_KEPT_BY)
    if not kept.is_open:
        raise ValidationError(_("This programme is closed. What was written stays as it is."))
    return kept


def _require_movable(programme: PartnershipProgramme) -> None:
    if codebook_stands(programme):
        raise ValidationError(_("Two people code by this codebook: it stands still until they have settled."))


def _save(row: Code | Theme, taken: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "_name" not in str(error):
            raise
        raise ValidationError({"name": taken}) from error


def _note_version(code: Code, why: str, by: Member) -> None:
    CodeVersion.objects.create(
        code=code,
        version=code.version,
        name=code.name,
        definition=code.definition,
        example=code.example,
        why=why,
        written_on=timezone.localdate(),
        written_by_id=by.person_id,
    )
