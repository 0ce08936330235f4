"""Questions about onboardings, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, StrIndex

from people.member import Member
from people.models import Appointment, Person, ReportingLine
from people.queries import employed, gone, in_force
from sponsors.enums import OnboardingState, SponsorshipState
from sponsors.models import GateItem, Onboarding, OnboardingContents, Sponsorship
from sponsors.plan.onboarding import FURTHEST_BACK
from sponsors.queries.reviews import of_leaders_overseen, oversees_everybody
from sponsors.queries.team import seat_at
from sponsors.seats import Seat
from surveys.enums import CellShown
from surveys.models import PublishedIndex
from surveys.permissions import can_see_report
from surveys.queries import publication_days
from tenancy.kept import first_kept, kept

PROPOSED: Final = 10  # new leaders on a page
NEWEST: Final = 12  # indexes of a leader among which the newest is looked for that a reader may see


def chair_today(*, on: dt.date, of: str = "") -> Combinable:
    """Who decides the gates of a row's onboarding on a day: whoever was named for it and is still here, else
    the nearest leader of a unit, from the leader's own upwards, who is neither the leader nor one of the two
    who recommend. So where the chair of the unit is the immediate leader, the next one above decides. `of`
    leads from the row to the onboarding, as `onboarding__`."""
    leader = f"{of}leader"
    lines = ReportingLine.objects.filter(
        in_force(on), person=OuterRef(OuterRef(leader)), manager=OuterRef("person")
    )
    sponsors = Sponsorship.objects.filter(
        leader=OuterRef(OuterRef(leader)), sponsor=OuterRef("person"), state=SponsorshipState.ACTIVE
    )
    above = (
        Appointment.objects.filter(in_force(on), ~Exists(lines), ~Exists(sponsors), position__leads_unit=True)
        .filter(Q(person__end_date=None) | Q(person__end_date__gte=on))
        .exclude(person=OuterRef(leader))
        # The path of a unit begins with the path of every unit above it.
        .alias(way=StrIndex(OuterRef(f"{leader}__unit__path"), F("position__unit__path")))
        .filter(way=1)
        .order_by("-position__unit__depth", "interim", "start_date", "pk")
    )
    named = Person.objects.filter(employed(on), pk=OuterRef(f"{of}chair"))
    return Coalesce(
        Subquery(named.values("pk")), Subquery(above.values("person")[:1]), output_field=UUIDField()
    )


def onboardings(*, on: dt.date) -> QuerySet[Onboarding]:
    """With the leader, and with `chair_now`."""
    found = Onboarding.objects.select_related("leader__unit", "contents", "chair")
    return found.annotate(chair_now=chair_today(on=on))


def onboarding_of(leader_id: UUID, *, on: dt.date) -> Onboarding | None:
    """The one that runs, else the last one."""
    return first_kept(_onboarding_of, leader_id, on)


def _onboarding_of(leader_id: UUID, on: dt.date) -> QuerySet[Onboarding]:
    running = Q(state=OnboardingState.RUNNING)
    found = onboardings(on=on).filter(leader=leader_id).annotate(runs=running)
    return found.order_by("-runs", "-started_on", "pk")[:1]


def last_onboarding_of(leader_id: UUID) -> Onboarding | None:
    """The same, without the people in it."""
    return first_kept(_last_onboarding, leader_id)


def _last_onboarding(leader_id: UUID) -> QuerySet[Onboarding]:
    found = Onboarding.objects.filter(leader=leader_id).annotate(runs=Q(state=OnboardingState.RUNNING))
    return found.order_by("-runs", "-started_on", "pk")[:1]


def running_onboarding_of(leader_id: UUID) -> Onboarding | None:
    return Onboarding.objects.filter(leader=leader_id, state=OnboardingState.RUNNING).first()


def recommenders_by_leader(leader_ids: Collection[UUID], *, on: dt.date) -> dict[UUID, set[UUID]]:
    """Of each leader the sponsor and the immediate leaders of a day. Two queries, however many leaders."""
    found: dict[UUID, set[UUID]] = {leader_id: set() for leader_id in leader_ids}
    lines = ReportingLine.objects.filter(in_force(on), person__in=leader_ids)
    running = Sponsorship.objects.filter(leader__in=leader_ids, state=SponsorshipState.ACTIVE)
    pairs = [*lines.values_list("person_id", "manager_id"), *running.values_list("leader_id", "sponsor_id")]
    for leader_id, recommender_id in pairs:
        found[leader_id].add(recommender_id)
    return found


def recommenders_of(leader_id: UUID, *, on: dt.date) -> set[UUID]:
    """The sponsor and the immediate leaders of a day."""
    return recommenders_by_leader([leader_id], on=on)[leader_id]


def contents_in_force() -> OnboardingContents | None:
    """The newest version; None before the organisation was furnished."""
    return contents_history().first()


def contents_history() -> QuerySet[OnboardingContents]:
    """Every version, the newest first, with who set it."""
    return OnboardingContents.objects.select_related("set_by").order_by("-version")


def appointments_to_onboard(*, on: dt.date) -> QuerySet[Appointment]:
    """New leaders: whose first term in a position that leads a unit began within a year, who led no unit
    before and were never onboarded. The newest first."""
    earlier = Appointment.objects.filter(
        person=OuterRef("person"), position__leads_unit=True, start_date__lt=OuterRef("start_date")
    )
    onboarded = Onboarding.objects.filter(leader=OuterRef("person"))
    return (
        Appointment.objects.filter(in_force(on), ~Exists(earlier), ~Exists(onboarded))
        .filter(position__leads_unit=True, term_number=1, interim=False, start_date__gt=on - FURTHEST_BACK)
        .exclude(person__in=gone(on))
        .select_related("person__unit", "position")
        .order_by("-start_date", "person__search_key", "pk")
    )


def appointments_to_propose(member: Member, *, on: dt.date) -> QuerySet[Appointment]:
    """Of these, people whose development the member answers for. Nobody begins the own one."""
    found = appointments_to_onboard(on=on).exclude(person=member.person_id)
    return found.filter(of_leaders_overseen(member, on=on, leader="person"))


def first_to_propose(member: Member, *, on: dt.date) -> list[Appointment]:
    """As many as a page has room for."""
    if oversees_everybody(member):
        return kept(_to_propose, member.person_id, on)
    return list(appointments_to_propose(member, on=on)[:PROPOSED])


def _to_propose(person_id: UUID, on: dt.date) -> QuerySet[Appointment]:
    return appointments_to_onboard(on=on).exclude(person=person_id)[:PROPOSED]


def onboardings_of_leavers(*, on: dt.date) -> QuerySet[Onboarding]:
    """Running although the leader is not here any more."""
    return Onboarding.objects.filter(state=OnboardingState.RUNNING, leader__in=gone(on))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands at a leader's onboarding: a seat of the clinic, or as whoever decides."""

    leader: Person
    seat: Seat
    onboarding: Onboarding | None
    is_chair: bool


def place_at(member: Member, leader_id: UUID, *, on: dt.date) -> Place | None:
    """None for whoever has no seat there and decides nothing. Five queries."""
    leader = first_kept(_leader, leader_id)
    if leader is None:
        return None
    seat, onboarding = seat_at(member, leader_id, on=on), onboarding_of(leader_id, on=on)
    is_chair = onboarding is not None and onboarding.chair_now == member.person_id  # type: ignore[attr-defined]  # annotated
    return Place(leader, seat, onboarding, is_chair) if seat.is_anywhere or is_chair else None


def _leader(leader_id: UUID) -> QuerySet[Person]:
    return Person.objects.select_related("unit").filter(pk=leader_id)


def index_shown_to(member: Member, onboarding: Onboarding, *, on: dt.date) -> PublishedIndex | None:
    """The newest published leader index of the leader's since the beginning, by the rules of surveys for this
    reader. Two queries."""
    found = kept(_indexes, onboarding.leader_id, onboarding.started_on)
    days = publication_days(cell.wave_id for cell in found)
    shown = (
        cell for cell in found if can_see_report(member, cell, published_on=days.get(cell.wave_id), on=on)
    )
    return next(shown, None)


def _indexes(leader_id: UUID, since: dt.date) -> QuerySet[PublishedIndex]:
    cells = PublishedIndex.objects.filter(
        leader=leader_id, state=CellShown.PUBLISHED, wave__closes_on__gte=since
    )
    return cells.select_related("wave", "unit").order_by("-wave__closes_on", "position")[:NEWEST]


def appointment_to_begin_with(leader_id: UUID, *, on: dt.date) -> Appointment | None:
    """The newest of a leader's today that began within a year and had no onboarding: leading posts first."""
    used = Onboarding.objects.filter(appointment=OuterRef("pk"))
    return (
        Appointment.objects.filter(in_force(on), ~Exists(used), person=leader_id)
        .filter(start_date__gte=on - FURTHEST_BACK)
        .select_related("position")
        .order_by("-position__leads_unit", "-start_date", "pk")
        .first()
    )


def items_in(contents: OnboardingContents | None) -> list[GateItem]:
    """What a version asks for, in its order."""
    return list(GateItem.objects.filter(contents=contents).order_by("gate", "position"))
