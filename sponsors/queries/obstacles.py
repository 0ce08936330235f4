"""Questions about obstacles, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from people.member import Member
from people.queries import gone
from sponsors.enums import ObstacleState
from sponsors.models import Obstacle, ObstacleStep
from sponsors.permissions import can_read_obstacle
from sponsors.queries.reviews import of_leaders_overseen
from sponsors.queries.team import seat_at
from sponsors.seats import Seat

OBSTACLES: Final = 8  # of a chart
SOON: Final = dt.timedelta(days=14)  # ahead of which one is on its owner's Today page


def obstacles() -> QuerySet[Obstacle]:
    """With the people in it."""
    return Obstacle.objects.select_related("leader__unit", "owner", "raised_by")


def obstacles_shown_to(seat: Seat) -> QuerySet[Obstacle]:
    """Of one leader what a seat may read (`can_read_obstacle`), what is open first, by its day."""
    found = obstacles().filter(leader=seat.leader_id)
    if not seat.reads_private:
        shared = Q(private=False) if seat.is_in_team else Q(pk=None)
        found = found.filter(shared | Q(owner=seat.person_id))
    return found.order_by(F("over_on").desc(nulls_first=True), "due_on", "pk")


def obstacle_visible_to(member: Member, obstacle_id: UUID, *, on: dt.date) -> tuple[Obstacle, Seat] | None:
    """One, with the member's seat in its leader's clinic; None for whoever may not read it."""
    found = obstacles().filter(pk=obstacle_id).first()
    if found is None:
        return None
    seat = seat_at(member, found.leader_id, on=on)
    return (found, seat) if can_read_obstacle(seat, found) else None


def steps_of(obstacle: Obstacle) -> QuerySet[ObstacleStep]:
    """Its history, the newest first."""
    return ObstacleStep.objects.filter(obstacle=obstacle).select_related("by", "owner").order_by("-at", "pk")


def obstacles_to_remove(person_id: UUID) -> QuerySet[Obstacle]:
    """What somebody is asked to remove, the most urgent first."""
    found = obstacles().filter(owner=person_id, state=ObstacleState.OPEN)
    return found.order_by("due_on", "pk")


def obstacles_due_soon(person_id: UUID, *, on: dt.date) -> QuerySet[Obstacle]:
    return obstacles_to_remove(person_id).filter(due_on__lte=on + SOON)


def overdue_obstacles(member: Member, *, on: dt.date) -> QuerySet[Obstacle]:
    """Of the leaders whose development a member answers for, the longest first; nothing that is private."""
    late = Obstacle.objects.filter(state=ObstacleState.OPEN, private=False, due_on__lt=on)
    late = late.filter(of_leaders_overseen(member, on=on)).exclude(leader__in=gone(on))
    # In the order of an index. One more person joined, and PostgreSQL expects too few rows to use it.
    return late.select_related("leader__unit", "owner").order_by("due_on", "pk")


def first_obstacles(seat: Seat, on: dt.date) -> QuerySet[Obstacle]:
    """What is open as a chart has it, and one more; for whoever oversees what is overdue."""
    if seat.is_in_team:
        found = obstacles_shown_to(seat).filter(state=ObstacleState.OPEN).select_related(None)
    else:
        found = overdue_obstacles_of(seat.leader_id, on=on)
    return found.select_related("owner")[: OBSTACLES + 1]


def overdue_obstacles_of(leader_id: UUID, *, on: dt.date) -> QuerySet[Obstacle]:
    """Of one leader, for whoever oversees: without the words they say that something waits."""
    late = obstacles().filter(leader=leader_id, state=ObstacleState.OPEN, private=False, due_on__lt=on)
    return late.order_by("due_on", "pk")
