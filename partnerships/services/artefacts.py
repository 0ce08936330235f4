"""What a programme leaves behind in words: the common mission and the role map."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import ArtefactKind
from partnerships.models import PartnershipProgramme, ProgrammeArtefact
from partnerships.permissions import ARTEFACT_IS_WRITTEN_BY, can_write_artefact
from partnerships.services.programmes import locked_as_it_is, require_open
from people.access import demand
from people.member import Member


@transaction.atomic
def write_artefact(
    programme: PartnershipProgramme, kind: ArtefactKind, words: str, revision: int, *, by: Member
) -> ProgrammeArtefact:
    """`revision`: what the page showed, 0 for nothing; somebody else's words are not lost."""
    kept = locked_as_it_is(programme)
    demand(can_write_artefact(by, kept), ARTEFACT_IS_WRITTEN_BY)
    require_open(kept)
    before = ProgrammeArtefact.objects.filter(programme=kept, kind=kind).first()
    if before is not None and before.revision != revision:
        raise ValidationError(
            {"words": _("It was changed meanwhile. It now says: %(words)s") % {"words": before.words}}
        )
    if not words.strip():
        raise ValidationError({"words": _("Write down what you came to.")})
    written = before or ProgrammeArtefact(programme=kept, kind=kind, revision=0)
    written.words, written.revision = words.strip(), written.revision + 1
    written.written_on, written.written_by_id = timezone.localdate(), by.person_id
    written.save()
    return written
