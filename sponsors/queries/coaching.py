"""Questions about coaches and their sessions, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from people.models import Person
from people.queries import employed, gone, in_force
from sponsors.enums import ActionKind, Domain, SessionState
from sponsors.models import Action, CoachingNote, CoachingSession, CoachProfile, TeamSeat
from sponsors.models.coaching import USUAL_PLACES
from sponsors.permissions import can_read_action
from sponsors.plan.places import Span
from sponsors.seats import Seat
from tenancy.kept import kept
from web.ciphers import opened

NOTES = "sponsors.coaching_note"  # what their key is derived for
REACHES_BACK = dt.timedelta(days=90)
SOON = dt.timedelta(days=7)  # ahead of which a session waits on the Today page


def coach_profile_of(person_id: UUID) -> CoachProfile:
    """What somebody said of themselves as a coach; the usual places, unsaved, where they said nothing."""
    return CoachProfile.objects.filter(person=person_id).first() or CoachProfile(person_id=person_id)


def coaching_seats() -> QuerySet[TeamSeat]:
    return TeamSeat.objects.filter(domain=Domain.COACHING)


def spans_coached_by(person_id: UUID, *, since: dt.date) -> list[Span]:
    """From when until when somebody coaches, of what is not over by a day."""
    held = coaching_seats().filter(Q(end_date=None) | Q(end_date__gt=since), specialist=person_id)
    return list(held.values_list("start_date", "end_date"))


def coaches_here(*, on: dt.date) -> QuerySet[Person]:
    """Who coaches here or said that they would, with how many leaders on a day and how many at most; whoever
    has most places free comes first."""
    # By id from the two short lists: to ask of everybody who is employed would look through them all.
    ids = CoachProfile.objects.values_list("person_id").union(coaching_seats().values_list("specialist_id"))
    own = CoachProfile.objects.filter(person=OuterRef("pk"))
    seats = coaching_seats().filter(specialist=OuterRef("pk"))
    now = seats.filter(in_force(on)).order_by().values("specialist").annotate(count=Count("pk"))
    return (
        Person.objects.filter(employed(on), pk__in=ids)
        .annotate(
            coached=Coalesce(Subquery(now.values("count")), 0),
            places=Coalesce(Subquery(own.values("places")), USUAL_PLACES),
            approach=Subquery(own.values("approach")),
            free=F("places") - F("coached"),
        )
        .order_by("-free", "search_key", "pk")
    )


def coaches_of(leader_id: UUID, *, on: dt.date) -> list[Person]:
    """Who coaches a leader on a day."""
    return [each.specialist for each in kept(_coaches, leader_id, on)]


def _coaches(leader_id: UUID, on: dt.date) -> QuerySet[TeamSeat]:
    seats = coaching_seats().filter(in_force(on), leader=leader_id).select_related("specialist")
    return seats.order_by("specialist__search_key")


def leaders_coached_by(person_id: UUID, *, on: dt.date) -> QuerySet[TeamSeat]:
    """Whom somebody coaches on a day."""
    found = coaching_seats().filter(in_force(on), specialist=person_id).select_related("leader__unit")
    return found.order_by("leader__search_key")


def coaching_sessions() -> QuerySet[CoachingSession]:
    """With the two people."""
    return CoachingSession.objects.select_related("leader", "coach")


def sessions_of(leader_id: UUID) -> QuerySet[CoachingSession]:
    """Of one leader, the latest first."""
    return coaching_sessions().filter(leader=leader_id).order_by("-starts_at", "pk")


def session_of_the_two(person_id: UUID, leader_id: UUID, session_id: UUID) -> CoachingSession | None:
    """One session of a leader, for the leader and its coach; None for everybody else."""
    of_the_two = sessions_of(leader_id).filter(Q(leader=person_id) | Q(coach=person_id))
    return of_the_two.select_related("action").filter(pk=session_id).first()


def sessions_with(person_id: UUID) -> QuerySet[CoachingSession]:
    """On either side."""
    return coaching_sessions().filter(Q(leader=person_id) | Q(coach=person_id)).order_by("starts_at", "pk")


def sessions_that_wait_for(person_id: UUID) -> QuerySet[CoachingSession]:
    """Of the next days; and of the last months those of which nobody has said what became of them.
    PostgreSQL says when now is: the statement is kept."""
    near = (Now() - REACHES_BACK, Now() + SOON)
    return sessions_with(person_id).filter(state=SessionState.PLANNED, starts_at__range=near)


def sessions_coached_by(person_id: UUID) -> QuerySet[CoachingSession]:
    """What a coach has planned and not yet said of what became of it, the earliest first."""
    found = coaching_sessions().filter(coach=person_id, state=SessionState.PLANNED)
    return found.order_by("starts_at", "pk")


def next_sessions_of(leader_id: UUID) -> QuerySet[CoachingSession]:
    """What is planned and has not begun, the next one first."""
    return _sessions_after(leader_id, timezone.now())


def next_session_of(leader_id: UUID, now: dt.datetime) -> QuerySet[CoachingSession]:
    """The first of them."""
    return _sessions_after(leader_id, now)[:1]


def _sessions_after(leader_id: UUID, moment: dt.datetime) -> QuerySet[CoachingSession]:
    planned = coaching_sessions().filter(leader=leader_id, state=SessionState.PLANNED)
    return planned.filter(starts_at__gte=moment).order_by("starts_at", "pk")


def sessions_of_leavers(*, on: dt.date) -> QuerySet[CoachingSession]:
    """Planned and ahead although one of the two is not here any more."""
    of_leavers = coaching_sessions().filter(Q(leader__in=gone(on)) | Q(coach__in=gone(on)))
    return of_leavers.filter(state=SessionState.PLANNED, starts_at__gt=timezone.now())


def sessions_for_flag(flag_id: UUID) -> QuerySet[CoachingSession]:
    """What was planned and held for something that a room above wants coached, the latest first."""
    return coaching_sessions().filter(flag=flag_id).order_by("-starts_at", "pk")


def sessions_for_calendar(person_id: UUID) -> QuerySet[CoachingSession]:
    """The last three months and everything ahead; cancelled ones too, so that calendars strike them out."""
    return sessions_with(person_id).filter(starts_at__gte=timezone.now() - REACHES_BACK)


def note_of(person_id: UUID, session: CoachingSession) -> str:
    """Somebody's own words about a session. PostgreSQL shows them to whoever acts, if they are theirs."""
    found = CoachingNote.objects.filter(session=session.pk, author=person_id).first()
    return opened(found.text, purpose=NOTES) if found else ""


@dataclass(frozen=True, slots=True)
class Dose:
    """A coaching action of the regimen: the hours it was prescribed with, and those that were held."""

    action: Action
    held: Decimal

    @property
    def percent(self) -> int:
        """Of the dose, 100 at most."""
        return min(100, round(100 * self.held / self.action.hours)) if self.action.hours else 0


def coaching_actions_of(leader_id: UUID) -> QuerySet[Action]:
    """The coaching of a regimen that coach and leader both may read: of their domain, shared."""
    return Action.objects.filter(
        leader=leader_id, kind=ActionKind.COACHING, domain=Domain.COACHING, private=False, removed=False
    ).order_by("due_on", "pk")


def doses_of(seat: Seat) -> list[Dose]:
    """Of every coaching action that a seat may read, by the sessions that were held and count towards it."""
    return [
        Dose(each, round(Decimal(each.minutes_held) / 60, 1))  # type: ignore[attr-defined]  # annotated
        for each in kept(_coaching_with_minutes, seat.leader_id)
        if can_read_action(seat, domain=each.domain, private=each.private)
    ]


def _coaching_with_minutes(leader_id: UUID) -> QuerySet[Action]:
    held = Sum("sessions__minutes", filter=Q(sessions__state=SessionState.HELD))
    return coaching_actions_of(leader_id).annotate(minutes_held=Coalesce(held, 0))
