"""Reverse mentoring: arranging it and ending it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.models import ReverseMentoring
from mentoring.notices import reverse as notices
from mentoring.permissions import (
    ALUMNI_IS_ORGANISED_BY,
    REVERSE_IS_ENDED_BY,
    can_end_reverse,
    can_organise_alumni,
)
from mentoring.training import level_of
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify


def arrange_reverse(junior: Person, senior: Person, *, topic: str, by: Member) -> ReverseMentoring:
    """Have a junior mentor a senior, from today. Both are told."""
    demand(can_organise_alumni(by), ALUMNI_IS_ORGANISED_BY)
    if junior.pk == senior.pk:
        raise ValidationError({"senior": _("Nobody mentors themselves.")})
    if level_of(junior) > level_of(senior) > 0:
        raise ValidationError({"junior": _("In reverse mentoring the junior mentors the senior.")})
    try:
        with transaction.atomic():
            pair = ReverseMentoring.objects.create(
                junior=junior,
                senior=senior,
                topic=topic,
                started_on=timezone.localdate(),
                arranged_by_id=by.person_id,
            )
    except IntegrityError as error:
        raise ValidationError(_("These two are in reverse mentoring already.")) from error
    notify({junior.pk, senior.pk} - {by.person_id}, notices.arranged(pair))
    return pair


def end_reverse(pair: ReverseMentoring, *, by: Member) -> None:
    """End it today. Ending it again changes nothing."""
    demand(can_end_reverse(by, pair), REVERSE_IS_ENDED_BY)
    ReverseMentoring.objects.filter(pk=pair.pk, ended_on=None).update(ended_on=timezone.localdate())
