"""Questions about a leader's team, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from people.member import Member
from people.models import Person
from people.permissions import guides
from people.queries import gone, in_force
from sponsors.enums import Domain, SponsorshipState
from sponsors.models import Sponsorship, TeamSeat
from sponsors.seats import Seat
from tenancy.kept import kept
from tenancy.scope import current_organization_id

SEAT: Final = (Path(__file__).resolve().parents[1] / "sql" / "seat.sql").read_text()


def seat_at(member: Member, leader_id: UUID, *, on: dt.date) -> Seat:
    """Where a member stands in a leader's clinic on a day. One query."""
    asked: dict[str, Any] = {
        "organization": current_organization_id(),
        "leader": leader_id,
        "member": member.person_id,
        "active": SponsorshipState.ACTIVE.value,
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEAT, asked)
        is_sponsor, domains, cohorts = cursor.fetchone()
    return Seat(
        leader_id=leader_id,
        is_leader=member.person_id == leader_id,
        is_sponsor=is_sponsor,
        is_manager=leader_id in member.reports,
        domains=frozenset(map(Domain, domains)),
        oversees=guides(member, cohorts),
        person_id=member.person_id,
    )


def leader_with_clinic(member: Member, leader_id: UUID, *, on: dt.date) -> tuple[Person, Seat] | None:
    """A leader in whose clinic the member has a seat, with the seat; None for everybody else. The clinic
    stays when somebody leaves: their record is theirs."""
    found = kept(_leader, leader_id)
    if not found:
        return None
    seat = seat_at(member, leader_id, on=on)
    return (found[0], seat) if seat.is_anywhere else None


def _leader(leader_id: UUID) -> QuerySet[Person]:
    return Person.objects.select_related("unit").filter(pk=leader_id)


def sits_in_team(member: Member, *, leader: str, domain: str = "", on: dt.date) -> Q:
    """Rows whose field `leader` names somebody of whose team the member is today; where `domain` names a
    field too, a specialist of that domain only. The leader is not of the own team."""
    seats = TeamSeat.objects.filter(in_force(on), leader=OuterRef(leader), specialist=member.person_id)
    if domain:
        seats = seats.filter(domain=OuterRef(domain))
    return sponsored_by(member, leader=leader) | Q(**{f"{leader}__in": member.reports}) | Q(Exists(seats))


def sponsored_by(member: Member, *, leader: str) -> Q:
    """Rows whose field `leader` names somebody whom the member sponsors."""
    running = Sponsorship.objects.filter(
        leader=OuterRef(leader), sponsor=member.person_id, state=SponsorshipState.ACTIVE
    )
    return Q(Exists(running))


def team_of(leader_id: UUID) -> QuerySet[TeamSeat]:
    """Every seat, of now and of before, those that hold first."""
    seats = TeamSeat.objects.filter(leader=leader_id).select_related("specialist__unit")
    return seats.order_by(F("end_date").desc(nulls_first=True), "domain", "specialist__search_key")


def seats_held_by(person_id: UUID, *, on: dt.date) -> QuerySet[TeamSeat]:
    """Where somebody is a specialist on a day."""
    seats = TeamSeat.objects.filter(in_force(on), specialist=person_id).select_related("leader__unit")
    return seats.order_by("leader__search_key", "domain")


def seats_of_leavers(*, on: dt.date) -> QuerySet[TeamSeat]:
    """Not over although leader or specialist is not here any more; `sponsor_now` is the leader's."""
    running = Sponsorship.objects.filter(leader=OuterRef("leader"), state=SponsorshipState.ACTIVE)
    return (
        TeamSeat.objects.filter(Q(leader__in=gone(on)) | Q(specialist__in=gone(on)))
        .filter(Q(end_date=None) | Q(end_date__gt=on))
        .annotate(sponsor_now=Subquery(running.values("sponsor_id")))
        .select_related("leader", "specialist")
    )


def specialists_here(*, on: dt.date) -> QuerySet[Person]:
    """Who is or was a specialist, with how many leaders they look after on a day; the freest first."""
    now = Q(seats__start_date__lte=on) & (Q(seats__end_date=None) | Q(seats__end_date__gt=on))
    return (
        Person.objects.filter(Q(end_date=None) | Q(end_date__gte=on), seats__isnull=False)
        .annotate(load=Count("seats__leader", filter=now, distinct=True))
        .select_related("unit")
        .order_by("load", "search_key")
    )
