"""Calling a case conference, bringing evidence to it, and concluding it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import Domain, EvidenceKind
from sponsors.evidence import pieces_for
from sponsors.models import Attendee, Conference, ConferenceEvidence
from sponsors.notices import conferences as notices
from sponsors.permissions import (
    CONFERENCE_IS_OPENED_BY,
    EVIDENCE_COMES_FROM,
    can_hold_conference,
    can_note_evidence,
    can_take_evidence,
)
from sponsors.queries.conferences import guests_for
from sponsors.queries.team import seat_at
from sponsors.seats import Seat

LONGEST_UNTIL_REVIEW: Final = dt.timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is to be looked at, when, and with whom of the team beside the sponsor."""

    question: str
    held_on: dt.date
    guest_ids: Collection[UUID]


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of evidence. `path`: a page inside the organisation, as notices hold it."""

    kind: EvidenceKind
    words: str
    domain: Domain | None = None
    path: str = ""


@transaction.atomic
def open_conference(leader: Person, invitation: Invitation, *, by: Member) -> Conference:
    """The sponsor calls the team together. Whoever is asked is told, and so is the leader."""
    today = timezone.localdate()
    demand(can_hold_conference(seat_at(by, leader.pk, on=today)), CONFERENCE_IS_OPENED_BY)
    guests = set(invitation.guest_ids)
    errors = {}
    if not invitation.question.strip():
        errors["question"] = _("Say what the team should answer.")
    if invitation.held_on < today:
        errors["held_on"] = _("A conference is called for today or later.")
    if not guests:
        errors["guests"] = _("Ask somebody of the team: a conference takes two at least.")
    elif not guests <= {each.person_id for each in guests_for(leader.pk, on=today)}:
        errors["guests"] = _("Choose from the team as it is today.")
    if errors:
        raise ValidationError(errors)
    made = Conference.objects.create(
        leader=leader,
        question=invitation.question.strip(),
        held_on=invitation.held_on,
        opened_by_id=by.person_id,
    )
    Attendee.objects.bulk_create(
        Attendee(conference=made, person_id=person_id) for person_id in sorted(guests | {by.person_id})
    )
    notify(guests, notices.asked_to(made))
    notify([leader.pk], notices.called(made))
    return made


@transaction.atomic
def note_evidence(conference: Conference, note: Note, *, by: Member) -> ConferenceEvidence:
    """What somebody at the conference knows. The words stay as they are."""
    locked, seat = _lock_to_bring(conference, by)
    demand(can_note_evidence(seat, domain=note.domain or ""), EVIDENCE_COMES_FROM)
    _require_open(locked)
    if not note.words.strip():
        raise ValidationError({"words": _("Say in a sentence what it shows.")})
    values = asdict(note) | {"words": note.words.strip(), "domain": note.domain or ""}
    return ConferenceEvidence.objects.create(conference=locked, noted_by_id=by.person_id, **values)


@transaction.atomic
def take_evidence(conference: Conference, key: str, *, by: Member) -> ConferenceEvidence:
    """A piece of the records as they stand, by the key under which `by` has read it. It stays as it is,
    whatever becomes of the records."""
    locked, seat = _lock_to_bring(conference, by)
    demand(can_take_evidence(seat), EVIDENCE_COMES_FROM)
    _require_open(locked)
    found = pieces_for(by, locked.leader, seat, timezone.localdate())
    piece = next((each for each in found if each.key == key), None)
    if piece is None:
        raise ValidationError(_("The records say otherwise meanwhile. Look again."))
    if locked.evidence.filter(kind=piece.kind, words=piece.words, domain="").exists():
        raise ValidationError(_("It is among the evidence already."))
    return ConferenceEvidence.objects.create(
        conference=locked, noted_by_id=by.person_id, kind=piece.kind, words=piece.words, path=piece.path
    )


def _lock_to_bring(conference: Conference, by: Member) -> tuple[Conference, Seat]:
    locked = Conference.objects.select_for_update(of=("self",)).select_related("leader").get(pk=conference.pk)
    return locked, seat_at(by, locked.leader_id, on=timezone.localdate())


def _require_open(conference: Conference) -> None:
    if conference.is_concluded:
        raise ValidationError(_("The conference is concluded: take it to the next one."))


@transaction.atomic
def conclude_conference(
    conference: Conference, *, prescription: str, review_on: dt.date, by: Member
) -> Conference:
    """What the team recommends, and when it looks again. No prescription without a diagnosis."""
    locked = Conference.objects.select_for_update(of=("self",)).select_related("leader").get(pk=conference.pk)
    demand(
        can_hold_conference(seat_at(by, locked.leader_id, on=timezone.localdate())), CONFERENCE_IS_OPENED_BY
    )
    if locked.is_concluded:
        raise ValidationError(_("This conference was concluded meanwhile."))
    if not locked.diagnoses.exists():
        raise ValidationError(_("Release a diagnosis first: there is no prescription without one."))
    errors = {}
    if not prescription.strip():
        errors["prescription"] = _("Say what the team recommends.")
    today = timezone.localdate()
    if not max(today, locked.held_on) < review_on <= today + LONGEST_UNTIL_REVIEW:
        errors["review_on"] = _("The team looks again after today and the conference, within 180 days.")
    if errors:
        raise ValidationError(errors)
    locked.prescription, locked.review_on = prescription.strip(), review_on
    locked.concluded_at = timezone.now()
    locked.save(update_fields=["prescription", "review_on", "concluded_at"])
    attendees = set(locked.attendees.values_list("person_id", flat=True))
    notify((attendees | {locked.leader_id}) - {by.person_id}, notices.concluded(locked))
    return locked
