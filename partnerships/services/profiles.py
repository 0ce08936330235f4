"""What profiling told somebody: kept, shown to partners and taken away by themselves alone."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Profile, ProgrammeParticipant
from partnerships.notices import programmes as notices
from partnerships.permissions import PROFILE_IS_KEPT_BY, can_keep_profile
from partnerships.queries.profiles import partners_of
from partnerships.services.programmes import locked_as_it_is, require_open
from passport.quarantine import hold, let_go
from people.access import demand
from people.member import Member
from people.notices import notify


@transaction.atomic
def keep_profile(
    participant: ProgrammeParticipant,
    instrument: str,
    made_on: dt.date,
    words: str,
    file: File[bytes] | None,
    *,
    by: Member,
) -> Profile:
    """With which tool and when; words and a file if they want to. Without a new file the old one stays."""
    demand(can_keep_profile(by, participant), PROFILE_IS_KEPT_BY)
    require_open(locked_as_it_is(participant.programme))
    if made_on > timezone.localdate():
        raise ValidationError({"made_on": _("It is kept once it is done, not before.")})
    kept = _own(participant) or Profile(participant=participant)
    kept.instrument, kept.made_on, kept.words = instrument.strip(), made_on, words.strip()
    kept.kept_on = timezone.localdate()
    if file is not None:
        let_go(kept.file)
        kept.file, kept.file_name = file, (file.name or "file")[-120:]
    kept.save()
    if file is not None:
        hold(kept.file)
    return kept


@transaction.atomic
def show_profile(participant: ProgrammeParticipant, *, by: Member) -> Profile:
    """To those who lead the unit with them today, who are told; not to whoever joins them later."""
    kept = _demanded(participant, by)
    readers = partners_of(participant, locked_as_it_is(participant.programme))
    if not readers:
        raise ValidationError(_("Nobody who leads with you takes part at present."))
    kept.readers = sorted(each.person_id for each in readers)
    kept.save(update_fields=["readers"])
    for each in readers:
        notify([each.person_id], notices.profile_shown(each, by=participant.person))
    return kept


@transaction.atomic
def hide_profile(participant: ProgrammeParticipant, *, by: Member) -> Profile:
    """From now on it is for themselves again; also when the programme is closed."""
    kept = _demanded(participant, by)
    kept.readers = []
    kept.save(update_fields=["readers"])
    return kept


@transaction.atomic
def drop_profile(participant: ProgrammeParticipant, *, by: Member) -> None:
    """For good, with its file; also when the programme is closed."""
    kept = _demanded(participant, by)
    let_go(kept.file)
    kept.delete()


def _demanded(participant: ProgrammeParticipant, by: Member) -> Profile:
    demand(can_keep_profile(by, participant), PROFILE_IS_KEPT_BY)
    kept = _own(participant)
    if kept is None:
        raise ValidationError(_("Nothing is kept here."))
    return kept


def _own(participant: ProgrammeParticipant) -> Profile | None:
    return Profile.objects.select_for_update().filter(participant=participant).first()
