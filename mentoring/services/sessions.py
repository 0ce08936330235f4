"""Planning, moving and cancelling sessions; noting what was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import MeetingFormat, MentorshipState, NoteFor
from mentoring.models import Mentorship, Session, SessionNote
from mentoring.notices import sessions as notices
from mentoring.permissions import SESSION_IS_KEPT_BY, can_keep_sessions
from mentoring.services.locking import lock_mentorship
from mentoring.session_notes import sealed
from people.access import demand
from people.member import Member
from people.notices import notify

REACH = dt.timedelta(days=365)  # how far back one is written down, and how far ahead planned
MOST_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, how long, how, and what about."""

    starts_at: dt.datetime
    minutes: int
    format: MeetingFormat
    agenda: str = ""


@transaction.atomic
def plan_session(mentorship: Mentorship, meeting: Meeting, *, by: Member) -> Session:
    """Plan a meeting, or write down one that was held; the other side is told of what is ahead."""
    locked = lock_mentorship(mentorship)
    demand(can_keep_sessions(by, locked), SESSION_IS_KEPT_BY)
    _demand_running(locked)
    _demand_reachable(meeting.starts_at)
    ahead = Session.objects.filter(mentorship=locked, cancelled_at=None, starts_at__gte=timezone.now())
    if ahead.count() >= MOST_AHEAD:
        raise ValidationError(_("So many sessions are planned already that some should be held first."))
    session = Session.objects.create(
        mentorship=locked,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        format=meeting.format,
        agenda=meeting.agenda.strip(),
        changed_at=timezone.now(),
    )
    if session.starts_at > timezone.now():
        notify([locked.other_side(by.person_id).pk], notices.planned(session, by=by.name))
    return session


@transaction.atomic
def change_session(session: Session, meeting: Meeting, *, by: Member) -> Session:
    """Move it or change its agenda. The other side is told when the time changed."""
    locked = _lock_session(session)
    demand(can_keep_sessions(by, locked.mentorship), SESSION_IS_KEPT_BY)
    _demand_running(locked.mentorship)
    if locked.cancelled_at is not None:
        raise ValidationError(_("Meanwhile this session was cancelled: plan another one."))
    was_moved = (meeting.starts_at, meeting.minutes) != (locked.starts_at, locked.minutes)
    if was_moved:
        _demand_reachable(meeting.starts_at)
        locked.sequence += 1
    locked.starts_at, locked.minutes = meeting.starts_at, meeting.minutes
    locked.format, locked.agenda = meeting.format, meeting.agenda.strip()
    locked.changed_at = timezone.now()
    locked.save()
    if was_moved:
        notify([locked.mentorship.other_side(by.person_id).pk], notices.moved(locked, by=by.name))
    return locked


@transaction.atomic
def cancel_session(session: Session, *, by: Member) -> Session:
    """It does not take place; calendars strike it out."""
    locked = _lock_session(session)
    demand(can_keep_sessions(by, locked.mentorship), SESSION_IS_KEPT_BY)
    if locked.cancelled_at is not None:
        raise ValidationError(_("Meanwhile this session was cancelled."))
    locked.cancelled_at = locked.changed_at = timezone.now()
    locked.sequence += 1
    locked.save(update_fields=["cancelled_at", "changed_at", "sequence"])
    notify([locked.mentorship.other_side(by.person_id).pk], notices.cancelled(locked, by=by.name))
    return locked


@transaction.atomic
def write_note(session: Session, words: str, *, readers: NoteFor, by: Member) -> None:
    """Keep one's own words for one circle of readers; without words the note is gone."""
    locked = _lock_session(session)
    demand(can_keep_sessions(by, locked.mentorship), SESSION_IS_KEPT_BY)
    own = SessionNote.objects.filter(session=locked, author=by.person_id, readers=readers)
    if not words.strip():
        own.delete()
        return
    values = {"text": sealed(words.strip()), "written_at": timezone.now()}
    SessionNote.objects.update_or_create(
        session=locked, author_id=by.person_id, readers=readers, defaults=values
    )


def _lock_session(session: Session) -> Session:
    related = ("mentorship__mentor", "mentorship__mentee")
    return Session.objects.select_for_update(of=("self",)).select_related(*related).get(pk=session.pk)


def _demand_running(mentorship: Mentorship) -> None:
    if mentorship.state != MentorshipState.ACTIVE:
        raise ValidationError(_("Sessions are planned while the mentorship runs."))


def _demand_reachable(starts_at: dt.datetime) -> None:
    now = timezone.now()
    if not now - REACH <= starts_at <= now + REACH:
        raise ValidationError({"day": _("Choose a day within a year from today.")})
