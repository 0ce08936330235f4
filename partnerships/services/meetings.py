"""The meeting log."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Meeting, Partnership
from partnerships.models.meetings import LONGEST
from partnerships.services.locking import locked_by_partner
from people.member import Member


@transaction.atomic
def log_meeting(
    partnership: Partnership, held_on: dt.date, minutes: int, *, words: str = "", by: Member
) -> Meeting:
    """A meeting that took place, with a line of the partners' own."""
    kept = locked_by_partner(partnership, by)
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": _("Log a meeting when it has taken place.")})
    if held_on < kept.start_date:
        raise ValidationError({"held_on": _("The partnership had not begun on that day.")})
    if not 5 <= minutes <= LONGEST:
        raise ValidationError({"minutes": _("Between 5 minutes and ten hours.")})
    return Meeting.objects.create(
        partnership=kept, held_on=held_on, minutes=minutes, words=words.strip(), logged_by_id=by.person_id
    )


@transaction.atomic
def strike_meeting(meeting: Meeting, *, by: Member) -> None:
    """It was logged by mistake."""
    locked_by_partner(meeting.partnership, by)
    Meeting.objects.filter(pk=meeting.pk).delete()
