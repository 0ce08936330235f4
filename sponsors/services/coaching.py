"""Coaches' places; planning and moving sessions, saying what became of them, and notes for oneself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import MeetingFormat
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import SessionState
from sponsors.flags import own_flag
from sponsors.models import Action, CoachingNote, CoachingSession, CoachProfile
from sponsors.models.profiles import MOST_PLACES
from sponsors.notices import coaching as notices
from sponsors.permissions import SESSIONS_ARE_PLANNED_BY, can_keep_session, can_plan_sessions
from sponsors.plan.places import most_at_once
from sponsors.queries.coaching import (
    NOTES,
    coach_profile_of,
    coaches_of,
    coaching_actions_of,
    coaching_sessions,
    sessions_of_leavers,
    spans_coached_by,
)
from sponsors.queries.team import seat_at
from sponsors.seats import Seat
from sponsors.services.meanwhile import moved_to
from web.ciphers import sealed

REACH: Final = dt.timedelta(days=365)  # how far back one is written down, and how far ahead planned
MOST_AHEAD: Final = 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, how long, how, what about, and towards which action of the regimen it counts."""

    starts_at: dt.datetime
    minutes: int
    format: MeetingFormat
    agenda: str = ""
    action_id: UUID | None = None


@transaction.atomic
def save_coach_profile(places: int, approach: str, *, by: Member) -> CoachProfile:
    """How many leaders one coaches at a time. Whom one coaches already stays, also where it is more."""
    if not 0 <= places <= MOST_PLACES:
        raise ValidationError({"places": _("From 0 to %(most)d.") % {"most": MOST_PLACES}})
    _lock_coach(by.person_id)
    values = {"places": places, "approach": approach.strip()}
    return CoachProfile.objects.update_or_create(person_id=by.person_id, defaults=values)[0]


def take_place(coach: Person, since: dt.date, until: dt.date | None) -> None:
    """ValidationError unless the coach has a place free on every day of [since, until). The coach stays
    locked: of two calls for the last place at once the second one waits, and then finds it taken."""
    _lock_coach(coach.pk)
    places = coach_profile_of(coach.pk).places
    taken = most_at_once(spans_coached_by(coach.pk, since=since), since, until)
    if taken >= places:
        message = _("All places of %(name)s as a coach are taken in that time: %(taken)d of %(places)d.")
        values = {"name": coach.name, "taken": taken, "places": places}
        raise ValidationError({"specialist": message % values})


@transaction.atomic
def plan_session(
    leader: Person, meeting: Meeting, *, coach: Person, flag_id: UUID | None = None, by: Member
) -> CoachingSession:
    """Plan a session, or write down one that was held: the leader with a coach of today, the coach, or
    whoever coaches for a flag. The other one is told of what is ahead."""
    now = timezone.now()
    Person.objects.select_for_update(no_key=True).get(pk=leader.pk)  # the bound below holds for two at once
    flag = own_flag(by, leader.pk, flag_id)
    seat = seat_at(by, leader.pk, on=timezone.localdate())
    demand(flag is not None or can_plan_sessions(seat), SESSIONS_ARE_PLANNED_BY)
    if flag is not None or not seat.is_leader:
        demand(coach.pk == by.person_id, SESSIONS_ARE_PLANNED_BY)
    elif coach not in coaches_of(leader.pk, on=timezone.localdate()):
        raise ValidationError({"coach": _("%(name)s does not coach you.") % {"name": coach.name}})
    _demand_reachable(meeting.starts_at)
    ahead = CoachingSession.objects.filter(leader=leader, state=SessionState.PLANNED, starts_at__gte=now)
    if ahead.count() >= MOST_AHEAD:
        raise ValidationError(_("So many sessions are planned already that some should be held first."))
    made = CoachingSession.objects.create(
        leader=leader,
        coach=coach,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        format=meeting.format,
        agenda=meeting.agenda.strip(),
        action=_action_of(seat, meeting.action_id, before=None),
        flag=flag.id if flag is not None else None,
        changed_at=now,
    )
    if made.starts_at > now:
        notify({leader.pk, coach.pk} - {by.person_id}, notices.planned(made, by=by.name))
    return made


@transaction.atomic
def change_session(session: CoachingSession, meeting: Meeting, *, by: Member) -> CoachingSession:
    """Move it, or change its agenda. The other one is told when the time changed."""
    locked = _locked(session, by=by)
    if locked.is_cancelled:
        raise ValidationError(_("Meanwhile this session was cancelled: plan another one."))
    was_moved = (meeting.starts_at, meeting.minutes) != (locked.starts_at, locked.minutes)
    if was_moved and locked.state != SessionState.PLANNED:
        raise ValidationError(_("What became of this session is written down: its time stays as it was."))
    if was_moved:
        _demand_reachable(meeting.starts_at)
        locked.sequence += 1
    locked.starts_at, locked.minutes = meeting.starts_at, meeting.minutes
    locked.format, locked.agenda = meeting.format, meeting.agenda.strip()
    seat = seat_at(by, locked.leader_id, on=timezone.localdate())
    locked.action = _action_of(seat, meeting.action_id, before=locked.action)
    locked.changed_at = timezone.now()
    locked.save()
    if was_moved:
        notify({locked.leader_id, locked.coach_id} - {by.person_id}, notices.moved(locked, by=by.name))
    return locked


@transaction.atomic
def cancel_session(session: CoachingSession, *, by: Member) -> CoachingSession:
    """It does not take place; calendars strike it out."""
    locked = _locked(session, by=by)
    if locked.state != SessionState.PLANNED:
        raise moved_to(locked.get_state_display())
    _cancel(locked)
    notify({locked.leader_id, locked.coach_id} - {by.person_id}, notices.cancelled(locked, by=by.name))
    return locked


@transaction.atomic
def record_session(session: CoachingSession, state: SessionState, *, by: Member) -> CoachingSession:
    """Held, or missed: either of the two says it, once it has begun; a slip is put right the same way."""
    locked = _locked(session, by=by)
    if state not in {SessionState.HELD, SessionState.MISSED}:
        raise ValidationError({"state": _("Say whether it was held or missed.")})
    if locked.is_cancelled:
        raise moved_to(locked.get_state_display())
    if locked.starts_at > timezone.now():
        raise ValidationError(_("This session has not begun yet."))
    locked.state, locked.changed_at = state, timezone.now()
    locked.save(update_fields=["state", "changed_at"])
    return locked


@transaction.atomic
def write_note(session: CoachingSession, words: str, *, by: Member) -> None:
    """Keep one's own words about a session, which nobody else reads; without words the note is gone."""
    locked = _locked(session, by=by)
    own = CoachingNote.objects.filter(session=locked, author=by.person_id)
    if not words.strip():
        own.delete()
        return
    values = {"text": sealed(words.strip(), purpose=NOTES), "written_at": timezone.now()}
    CoachingNote.objects.update_or_create(session=locked, author_id=by.person_id, defaults=values)


def cancel_sessions_with(coach_id: UUID, leader_id: UUID) -> None:
    """What is ahead of a coach who leaves the team does not take place, except for what a flag asks for.
    Both are told, once each session."""
    ahead = coaching_sessions().filter(
        coach=coach_id, leader=leader_id, state=SessionState.PLANNED, starts_at__gt=timezone.now(), flag=None
    )
    for session in ahead.select_for_update(of=("self",)).order_by("starts_at", "pk"):
        _cancel(session)
        notify({leader_id, coach_id}, notices.released(session))


@transaction.atomic
def cancel_sessions_of_leavers(*, on: dt.date) -> int:
    """What is ahead with a coach or leader who is not here any more does not take place, and whoever of the
    two is here is told; a flag stays with whoever has it. Gives how many."""
    ahead = list(sessions_of_leavers(on=on).select_for_update(of=("self",)).order_by("starts_at", "pk"))
    for session in ahead:
        _cancel(session)
        for left, stays in ((session.coach, session.leader), (session.leader, session.coach)):
            if left.has_left(on) and not stays.has_left(on):
                notify([stays.pk], notices.lost(session, left=left.name))
    return len(ahead)


def _lock_coach(person_id: UUID) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _locked(session: CoachingSession, *, by: Member) -> CoachingSession:
    locked = coaching_sessions().select_for_update(of=("self",)).get(pk=session.pk)
    demand(can_keep_session(by, locked), SESSIONS_ARE_PLANNED_BY)
    return locked


def _cancel(locked: CoachingSession) -> None:
    locked.state, locked.changed_at = SessionState.CANCELLED, timezone.now()
    locked.sequence += 1
    locked.save(update_fields=["state", "changed_at", "sequence"])


def _action_of(seat: Seat, action_id: UUID | None, *, before: Action | None) -> Action | None:
    """The action that is meant. Whoever coaches for a flag without a seat knows of none, and changes none."""
    if not can_plan_sessions(seat):
        return before
    if action_id is None:
        return None
    found = coaching_actions_of(seat.leader_id).filter(pk=action_id).first()
    if found is None:
        raise ValidationError({"action": _("Choose a coaching action of this leader's regimen.")})
    return found


def _demand_reachable(starts_at: dt.datetime) -> None:
    now = timezone.now()
    if not now - REACH <= starts_at <= now + REACH:
        raise ValidationError({"day": _("Choose a day within a year from today.")})
