"""Alumni hours: inviting, sitting in, consenting, recording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.alumni_words import words_of
from mentoring.models import AlumniHour, AlumniSeat, AlumniTag, AlumniWord, Tag
from mentoring.models.alumni import RECORDING_ADDRESS
from mentoring.notices import alumni as notices
from mentoring.permissions import (
    ALUMNI_IS_ORGANISED_BY,
    CONSENT_IS_GIVEN_BY,
    can_give_consent,
    can_organise_alumni,
    can_withdraw_consent,
)
from mentoring.queries.alumni import invited_to, people_told_of
from people.access import demand
from people.member import Member
from people.models import Cohort, Person
from people.notices import notify

REACH: Final = dt.timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Outline:
    """What can still be changed of an hour: what it is about, when and where."""

    title: str
    about: str
    starts_at: dt.datetime
    place: str


@dataclass(frozen=True, slots=True)
class Plan(Outline):
    """An hour as somebody wants it: a speaker of the organisation or a guest by name. Neither they nor who is
    invited change later: with them it would be another hour."""

    speaker: Person | None
    guest: str
    cohort: Cohort | None


@dataclass(frozen=True, slots=True)
class Recording:
    """What the library shows of an hour."""

    link: str
    transcript: str
    dimensions: Sequence[str]
    tags: Sequence[Tag]


def plan_hour(plan: Plan, *, by: Member) -> AlumniHour:
    """Plan an hour and invite the cohort, or everybody in a programme; the speaker is told too."""
    demand(can_organise_alumni(by), ALUMNI_IS_ORGANISED_BY)
    if (plan.speaker is None) == (not plan.guest.strip()):
        raise ValidationError({"guest": _("Name a speaker of the organisation or a guest, one of the two.")})
    _demand_within_reach(plan.starts_at)
    with transaction.atomic():
        hour = AlumniHour.objects.create(
            title=plan.title,
            about=plan.about,
            starts_at=plan.starts_at,
            place=plan.place,
            speaker=plan.speaker,
            guest=plan.guest.strip(),
            cohort=plan.cohort,
            organised_by_id=by.person_id,
        )
        invited = set(invited_to(hour, on=timezone.localdate()).values_list("pk", flat=True))
        notify(invited - {hour.speaker_id}, notices.invitation(hour))
        if plan.speaker:
            notify([plan.speaker.pk], notices.speaker(hour))
    return hour


def change_hour(hour: AlumniHour, outline: Outline, *, by: Member) -> AlumniHour:
    """Word an hour that has not begun differently, or move it. Who was invited, signed up or speaks is told
    when it is at another time or place."""
    demand(can_organise_alumni(by), ALUMNI_IS_ORGANISED_BY)
    with transaction.atomic():
        locked = _lock(hour)
        demand_ahead(locked)
        _demand_within_reach(outline.starts_at)
        if outline.starts_at <= timezone.now():
            raise ValidationError({"day": _("Choose a time that is still ahead.")})
        moved = (locked.starts_at, locked.place) != (outline.starts_at, outline.place)
        for name, value in asdict(outline).items():
            setattr(locked, name, value)
        locked.save(update_fields=[field.name for field in fields(outline)])
        if moved:
            told = people_told_of(locked, on=timezone.localdate()) - {by.person_id}
            notify(told, notices.moved(locked))
    return locked


def cancel_hour(hour: AlumniHour, *, because: str, by: Member) -> AlumniHour:
    """Cancel an hour that has not begun, with a reason for all who were told of it. It stays on the list."""
    demand(can_organise_alumni(by), ALUMNI_IS_ORGANISED_BY)
    if not because.strip():
        raise ValidationError({"because": _("Say why: everybody who was invited reads it.")})
    with transaction.atomic():
        locked = _lock(hour)
        demand_ahead(locked)
        locked.cancelled_on, locked.cancelled_because = timezone.localdate(), because.strip()
        locked.save(update_fields=["cancelled_on", "cancelled_because"])
        told = people_told_of(locked, on=timezone.localdate()) - {by.person_id}
        notify(told, notices.cancelled(locked))
    return locked


def _demand_within_reach(starts_at: dt.datetime) -> None:
    """A moment at an end of the calendar could be stored, and never read in another zone."""
    if abs(starts_at.date() - timezone.localdate()) > REACH:
        raise ValidationError({"day": _("Choose a day within two years from today.")})


def _lock(hour: AlumniHour) -> AlumniHour:
    return AlumniHour.objects.select_for_update(of=("self",)).select_related("speaker").get(pk=hour.pk)


def take_seat(hour: AlumniHour, *, by: Member) -> None:
    """Sign up for an hour that has not begun; twice is once. For those who are invited."""
    demand(
        invited_to(hour, on=timezone.localdate()).filter(pk=by.person_id).exists(),
        _("This hour is for the people it invites."),
    )
    with transaction.atomic():
        locked = _lock(hour)
        demand_ahead(locked)
        AlumniSeat.objects.bulk_create(
            [AlumniSeat(hour=locked, person_id=by.person_id)], ignore_conflicts=True
        )


def give_up_seat(hour: AlumniHour, *, by: Member) -> None:
    """Sign off again before it begins."""
    demand_ahead(hour)
    AlumniSeat.objects.filter(hour=hour, person=by.person_id).delete()


def demand_ahead(hour: AlumniHour) -> None:
    """Refuse what an hour that has begun, or never will, no longer allows."""
    _demand_not_cancelled(hour)
    if hour.starts_at <= timezone.now():
        raise ValidationError(_("This hour has begun already."))


def _demand_begun(hour: AlumniHour) -> None:
    _demand_not_cancelled(hour)
    if hour.starts_at > timezone.now():
        raise ValidationError(_("This hour has not begun yet."))


def _demand_not_cancelled(hour: AlumniHour) -> None:
    if hour.cancelled_on:
        raise ValidationError(_("This hour is cancelled."))


def note_attendance(hour: AlumniHour, *, came: Collection[UUID], by: Member) -> None:
    """Write down who of those signed up came; the others did not."""
    demand(can_organise_alumni(by), ALUMNI_IS_ORGANISED_BY)
    with transaction.atomic():
        _demand_begun(_lock(hour))
        signed_up = AlumniSeat.objects.filter(hour=hour).values_list("person", flat=True)
        if not set(came) <= set(signed_up):
            raise ValidationError({"came": _("Not all of them had signed up.")})
        AlumniSeat.objects.filter(hour=hour, person__in=came).update(attended=True)
        AlumniSeat.objects.filter(hour=hour).exclude(person__in=came).update(attended=False)


def record_consent(hour: AlumniHour, *, note: str, by: Member) -> None:
    """The speaker agrees that a recording may be shown. A speaker of the organisation says so themselves; of
    a guest it is written down how they did, such as by a letter of a day."""
    demand(can_give_consent(by, hour), CONSENT_IS_GIVEN_BY)
    if hour.speaker_id is None and not note.strip():
        raise ValidationError({"note": _("Say how the guest agreed, and when.")})
    with transaction.atomic():
        locked = _lock(hour)
        _demand_not_cancelled(locked)
        locked.consented_on, locked.consent_note = timezone.localdate(), note.strip()
        locked.withdrawn_on = None
        locked.save(update_fields=["consented_on", "consent_note", "withdrawn_on"])


def withdraw_consent(hour: AlumniHour, *, by: Member) -> None:
    """Take the recording out of the library at once, with its link, transcript and the words it is found
    by."""
    demand(can_withdraw_consent(by, hour), CONSENT_IS_GIVEN_BY)
    with transaction.atomic():
        AlumniHour.objects.filter(pk=hour.pk).update(
            consented_on=None,
            consent_note="",
            withdrawn_on=timezone.localdate(),
            recording="",
            transcript="",
        )
        AlumniWord.objects.filter(hour=hour).delete()


def publish_recording(hour: AlumniHour, recording: Recording, *, by: Member) -> None:
    """Put an hour into the library, or change what it shows there. Needs the speaker's consent."""
    demand(can_organise_alumni(by), ALUMNI_IS_ORGANISED_BY)
    _demand_safe_address(recording.link)
    with transaction.atomic():
        locked = _lock(hour)
        _demand_begun(locked)
        if locked.consented_on is None:
            raise ValidationError(_("The speaker has not agreed that a recording is shown."))
        locked.recording, locked.transcript = recording.link, recording.transcript
        locked.dimensions = list(dict.fromkeys(recording.dimensions))
        locked.save(update_fields=["recording", "transcript", "dimensions"])
        AlumniTag.objects.filter(hour=locked).delete()
        AlumniTag.objects.bulk_create([AlumniTag(hour=locked, tag=tag) for tag in recording.tags])
        _index(locked, recording.tags)


def _demand_safe_address(link: str) -> None:
    try:
        RECORDING_ADDRESS(link)
    except ValidationError as error:
        raise ValidationError({"link": _("Give an address that begins with https://.")}) from error


def _index(hour: AlumniHour, tags: Sequence[Tag]) -> None:
    """Write anew the words by which an hour is found."""
    names = [tag.name for tag in tags]
    words = words_of(hour.title, hour.speaker_name, *names, hour.about, hour.transcript)
    AlumniWord.objects.filter(hour=hour).delete()
    AlumniWord.objects.bulk_create([AlumniWord(hour=hour, word=word) for word in words], batch_size=2000)
