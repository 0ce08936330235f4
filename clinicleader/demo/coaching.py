"""Coaches, with their places and two years of sessions: most held, some missed, one ahead."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinicleader.demo.sponsorships import NEEDS
from clinicleader.demo.staff import Staff
from mentoring.enums import MeetingFormat
from readiness.enums import CloseReason, CoachingState
from readiness.models import CoachingTask
from sponsors.enums import Domain, SessionState, SponsorshipState
from sponsors.models import Action, CoachingNote, CoachingSession, CoachProfile, Sponsorship, TeamSeat
from sponsors.queries.coaching import NOTES, coaching_seats
from web.ciphers import sealed

APPROACH: Final = (
    "I ask more than I answer. Bring what happened last week.",
    "We begin with one conversation that you are putting off.",
    "I watch you in a meeting first, then we talk.",
)
AGENDA: Final = (
    "How I came across in the budget meeting",
    "The conversation that I am putting off",
    "What to stop doing",
    "How to say no to a friend",
)
KEPT: Final = "Let the silence stand. I fill it too soon."
EVERY: Final = 28  # days from one session to the next
BECAME: Final = (SessionState.HELD, SessionState.MISSED, SessionState.CANCELLED)


def fill_coaching(staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
    """After the regimens, whose coaching the sessions count towards."""
    _coach_the_fellow(staff)
    filling = _Filling(today, ZoneInfo(zone), rng)
    seats = list(coaching_seats().filter(end_date=None).order_by("leader__external_id"))
    coaches = dict.fromkeys(each.specialist_id for each in seats)
    CoachProfile.objects.bulk_create(
        CoachProfile(person_id=each, places=rng.randint(4, 6), approach=rng.choice(APPROACH))
        for each in coaches
        if rng.random() < 0.7
    )
    sessions = [session for seat in seats for session in filling.sessions(seat)]
    CoachingSession.objects.bulk_create(sessions)
    _hold_what_flags_asked_for(filling)
    held = [each for each in sessions if each.state == SessionState.HELD]
    CoachingNote.objects.bulk_create(
        CoachingNote(
            session=each,
            author_id=each.leader_id,
            text=sealed(KEPT, purpose=NOTES),
            written_at=each.ends_at,
        )
        for each in held[::7]
    )


def _hold_what_flags_asked_for(filling: _Filling) -> None:
    """A session for each task that one closed, as its evidence; one ahead for those that a coach has."""
    tasks = CoachingTask.objects.exclude(owner=None).order_by("opened_on", "person__external_id")
    closed = tasks.filter(close_reason=CloseReason.SESSION_HELD)
    for task in [*closed, *tasks.filter(state=CoachingState.ASSIGNED)]:
        assert task.owner_id is not None  # noqa: S101 - asked for above
        is_held = task.closed_on is not None
        day = task.closed_on or filling.today + dt.timedelta(days=5)
        state = SessionState.HELD if is_held else SessionState.PLANNED
        session = filling.session(task.person_id, task.owner_id, day, state)
        session.flag = task.pk
        session.save()
        if is_held:
            CoachingTask.objects.filter(pk=task.pk).update(session=session)


def _coach_the_fellow(staff: Staff) -> None:
    """By the leader of another unit: the two personas meet."""
    fellow, coach = staff.part("fellow"), staff.part("leader")
    for running in Sponsorship.objects.filter(leader=fellow.id, state=SponsorshipState.ACTIVE):
        assert running.started_on is not None  # noqa: S101 - as the table demands of a running one
        if not coaching_seats().filter(leader=fellow.id, specialist=coach.id).exists():
            TeamSeat.objects.create(
                leader_id=fellow.id,
                specialist_id=coach.id,
                domain=Domain.COACHING,
                need=NEEDS[Domain.COACHING],
                start_date=running.started_on,
                convened_by_id=running.sponsor_id,
            )


class _Filling:
    def __init__(self, today: dt.date, zone: ZoneInfo, rng: random.Random) -> None:
        self.today, self.zone, self.rng = today, zone, rng
        shared = Action.objects.filter(domain=Domain.COACHING, private=False, removed=False)
        self.actions = {each.leader_id: each for each in shared.order_by("title", "pk")}

    def sessions(self, seat: TeamSeat) -> Iterator[CoachingSession]:
        """From two weeks after the coach was called, one ahead included."""
        day = seat.start_date + dt.timedelta(days=14)
        while day < self.today:
            state = self.rng.choices(BECAME, (17, 2, 1))[0]
            # Of the last one somebody has still to say what became of it.
            waits = day + dt.timedelta(days=6) >= self.today
            yield self._of_seat(seat, day, SessionState.PLANNED if waits else state)
            day += dt.timedelta(days=EVERY + self.rng.randint(-3, 3))
        yield self._of_seat(
            seat, self.today + dt.timedelta(days=self.rng.randint(2, 12)), SessionState.PLANNED
        )

    def _of_seat(self, seat: TeamSeat, day: dt.date, state: SessionState) -> CoachingSession:
        made = self.session(seat.leader_id, seat.specialist_id, day, state)
        action = self.actions.get(seat.leader_id)
        made.action = action if action and action.start_on <= day else None
        return made

    def session(self, leader_id: UUID, coach_id: UUID, day: dt.date, state: SessionState) -> CoachingSession:
        starts_at = dt.datetime.combine(day, dt.time(self.rng.randint(8, 17), 30), self.zone)
        return CoachingSession(
            leader_id=leader_id,
            coach_id=coach_id,
            state=state,
            starts_at=starts_at,
            minutes=self.rng.choice((45, 60, 60, 90)),
            format=self.rng.choice(list(MeetingFormat)),
            agenda=self.rng.choice(AGENDA),
            changed_at=min(starts_at, timezone.now()),
        )
