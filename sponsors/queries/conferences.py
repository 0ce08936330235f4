"""Questions about case conferences, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from people.member import Member
from sponsors.models import Attendee, Conference, ConferenceEvidence, Diagnosis
from sponsors.queries.profiles import names_of_immediate_leaders
from sponsors.queries.team import sits_in_team, sponsored_by, team_of
from sponsors.seats import Seat
from tenancy.kept import kept

NEWEST: Final = 8


def conferences_of(leader_id: UUID) -> QuerySet[Conference]:
    """All of a leader's, the newest first, with how many diagnoses were released in each."""
    found = Conference.objects.filter(leader=leader_id).annotate(released=Count("diagnoses"))
    return found.order_by("-held_on", "-opened_at")


def conferences_shown_to(seat: Seat) -> QuerySet[Conference]:
    """A specialist reads those to which they were asked, whoever reads all domains all of them."""
    found = conferences_of(seat.leader_id)
    if seat.reads_all_domains:
        return found
    if not seat.domains:
        return found.none()
    asked = Attendee.objects.filter(conference=OuterRef("pk"), person=seat.person_id)
    return found.filter(Exists(asked))


def newest_conferences(seat: Seat) -> QuerySet[Conference]:
    """As many as a chart has; of all of them for whoever only sees that the clinic runs."""
    found = conferences_shown_to(seat) if seat.is_in_team else conferences_of(seat.leader_id)
    return found[:NEWEST]


def conference_shown_to(seat: Seat, conference_id: UUID) -> Conference | None:
    """One of them."""
    return next(iter(kept(_one_shown_to, seat, conference_id)), None)


def _one_shown_to(seat: Seat, conference_id: UUID) -> QuerySet[Conference]:
    return conferences_shown_to(seat).filter(pk=conference_id)


def attendees_of(conference: Conference) -> list[Attendee]:
    return kept(_attendees, conference.pk)


def _attendees(conference_id: UUID) -> QuerySet[Attendee]:
    found = Attendee.objects.filter(conference=conference_id)
    return found.select_related("person").order_by("person__search_key")


def evidence_shown_to(seat: Seat, conference: Conference) -> list[ConferenceEvidence]:
    """What was brought, in the order of bringing: what is for all, and of the domains that a seat reads."""
    found = kept(_evidence, conference.pk)
    return [each for each in found if not each.domain or seat.reads_domain(each.domain)]


def _evidence(conference_id: UUID) -> QuerySet[ConferenceEvidence]:
    found = ConferenceEvidence.objects.filter(conference=conference_id)
    return found.select_related("noted_by").order_by("noted_at", "pk")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who could be asked to a conference: a specialist, or without domains an immediate leader."""

    person_id: UUID
    name: str
    domains: tuple[str, ...] = ()


def guests_for(leader_id: UUID, *, on: dt.date) -> list[Guest]:
    """The immediate leaders and the specialists of a day. Two queries."""
    managers = names_of_immediate_leaders(leader_id, on=on)
    guests = [Guest(person_id, name) for person_id, name in managers.items()]
    domains: dict[UUID, list[str]] = {}
    names: dict[UUID, str] = {}
    for seat in team_of(leader_id):
        if seat.holds_on(on) and seat.specialist_id not in managers:
            names[seat.specialist_id] = seat.specialist.name
            domains.setdefault(seat.specialist_id, []).append(seat.get_domain_display())
    return guests + [Guest(each, names[each], tuple(domains[each])) for each in names]


def conferences_to_prepare(member: Member, *, on: dt.date) -> QuerySet[Conference]:
    """Not concluded ones to which the member was asked and where they still sit: specialists and immediate
    leaders until they have released a diagnosis, the sponsor until the end."""
    asked = Attendee.objects.filter(conference=OuterRef("pk"), person=member.person_id)
    diagnosed = Diagnosis.objects.filter(conference=OuterRef("pk"), author=member.person_id)
    return (
        Conference.objects.filter(Exists(asked), sits_in_team(member, leader="leader", on=on))
        .filter(sponsored_by(member, leader="leader") | ~Exists(diagnosed), concluded_at=None)
        .select_related("leader")
        .order_by("held_on", "pk")
    )
