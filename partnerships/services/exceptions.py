"""Following up who missed a part of a programme."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import PartnershipProgramme, ProgrammeException
from partnerships.notices import programmes as notices
from partnerships.permissions import EXCEPTION_IS_SETTLED_BY, can_settle_exception
from partnerships.queries.exceptions import Gap
from partnerships.services.programmes import locked_as_it_is, locked_programme, require_open
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify


@transaction.atomic
def follow_up(
    programme: PartnershipProgramme, gap: Gap, owner: Person, words: str, *, by: Member
) -> ProgrammeException:
    """Somebody sees to it that nobody is left behind, and is told."""
    locked_programme(programme, by)
    if not words.strip():
        raise ValidationError({"words": _("Say what is to be done.")})
    try:
        with transaction.atomic():
            made = ProgrammeException.objects.create(
                participant=gap.participant,
                phase=gap.phase,
                owner=owner,
                words=words.strip(),
                opened_on=timezone.localdate(),
            )
    except IntegrityError as error:
        if "partnerships_exception_once" not in str(error):
            raise
        raise ValidationError({"gap": _("Somebody sees to this already.")}) from error
    notify({owner.pk} - {by.person_id}, notices.to_follow_up(made))
    return made


@transaction.atomic
def settle_exception(exception: ProgrammeException, ending: str, *, by: Member) -> ProgrammeException:
    """How it ended: it was made up for, or why not."""
    programme = locked_as_it_is(exception.phase.programme)
    kept = ProgrammeException.objects.select_for_update().get(pk=exception.pk)
    demand(can_settle_exception(by, programme, kept), EXCEPTION_IS_SETTLED_BY)
    require_open(programme)
    if not kept.is_open:
        raise ValidationError(_("Meanwhile it is settled: %(ending)s") % {"ending": kept.ending})
    if not ending.strip():
        raise ValidationError({"ending": _("Say how it ended.")})
    kept.ending, kept.settled_on = ending.strip(), timezone.localdate()
    kept.save(update_fields=["ending", "settled_on"])
    return kept
