"""Logging a contact, and taking it out again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from sponsors.enums import ContactReaders
from sponsors.models import Contact
from sponsors.permissions import CONTACT_IS_ITS_AUTHORS, CONTACTS_ARE_FOR, can_log_contact
from sponsors.queries.team import seat_at

REACH: Final = dt.timedelta(days=365)  # how far back one is written down


@dataclass(frozen=True, slots=True)
class Spoken:
    """With whom, when, about what, and what comes next."""

    whom: Person
    on: dt.date
    about: str
    next_step: str = ""
    readers: ContactReaders = ContactReaders.MINE


@transaction.atomic
def log_contact(leader: Person, spoken: Spoken, *, by: Member) -> Contact:
    """One line in a leader's clinic, by the leader or the team. Nobody is told: it is a note, not a task."""
    today = timezone.localdate()
    demand(can_log_contact(seat_at(by, leader.pk, on=today)), CONTACTS_ARE_FOR)
    if spoken.whom.pk == by.person_id:
        raise ValidationError({"whom": _("Name whom you spoke with.")})
    if not today - REACH <= spoken.on <= today:
        raise ValidationError({"on": _("Choose a day of the last twelve months.")})
    if not spoken.about.strip():
        raise ValidationError({"about": _("Say what it was about.")})
    return Contact.objects.create(
        leader=leader,
        author_id=by.person_id,
        whom=spoken.whom,
        on=spoken.on,
        about=spoken.about.strip(),
        next_step=spoken.next_step.strip(),
        readers=spoken.readers,
    )


@transaction.atomic
def remove_contact(contact: Contact, *, by: Member) -> None:
    """Its author takes it out, for all who read it."""
    demand(contact.author_id == by.person_id, CONTACT_IS_ITS_AUTHORS)
    contact.delete()
