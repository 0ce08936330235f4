"""Questions about sponsorships, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mentoring.queries.overview import Share, leaders_directed_by, share_of
from people.member import Member
from people.models import CohortMembership, Person
from people.queries import employed, in_force
from sponsors.enums import SponsorshipState
from sponsors.models import Sponsorship
from sponsors.permissions import can_see_sponsorship

SHOWN_OF_THE_PAST = 20


def sponsorships() -> QuerySet[Sponsorship]:
    """With the two people and where they work."""
    return Sponsorship.objects.select_related("leader__unit", "sponsor__unit")


@dataclass(frozen=True, slots=True)
class Clinic:
    """What somebody's own page shows: on both sides what runs, what is asked, what is behind them."""

    running: Sponsorship | None
    asked: Sponsorship | None
    leaders: list[Sponsorship]
    requests: list[Sponsorship]
    past: list[Sponsorship]


def clinic_of(person_id: UUID) -> Clinic:
    """Everything of one person, in one query."""
    alive = Q(state__in=[SponsorshipState.ASKED, SponsorshipState.ACTIVE])
    past = sponsorships().filter(Q(leader=person_id) | Q(sponsor=person_id), state=SponsorshipState.ENDED)
    own = list(
        sponsorships().filter(alive, Q(leader=person_id) | Q(sponsor=person_id)).order_by("asked_on", "pk")
    )
    as_leader = {each.state: each for each in own if each.leader_id == person_id}
    as_sponsor = [each for each in own if each.sponsor_id == person_id]
    return Clinic(
        running=as_leader.get(SponsorshipState.ACTIVE),
        asked=as_leader.get(SponsorshipState.ASKED),
        leaders=sorted(
            (each for each in as_sponsor if each.is_running), key=lambda each: each.leader.search_key
        ),
        requests=[each for each in as_sponsor if each.is_asked],
        past=list(past.order_by("-over_on", "pk")[:SHOWN_OF_THE_PAST]),
    )


def requests_to(person_id: UUID) -> QuerySet[Sponsorship]:
    """What somebody has to answer, the oldest first."""
    return sponsorships().filter(sponsor=person_id, state=SponsorshipState.ASKED).order_by("asked_on", "pk")


def running_sponsorship_of(leader_id: UUID) -> Sponsorship | None:
    """With the one primary sponsor, if there is one."""
    return sponsorships().filter(leader=leader_id, state=SponsorshipState.ACTIVE).first()


def sponsorship_visible_to(member: Member, sponsorship_id: UUID, *, on: dt.date) -> Sponsorship | None:
    """One of the own, or of a leader whose development the member oversees."""
    cohorts = CohortMembership.objects.filter(in_force(on), person=OuterRef("leader")).values("cohort_id")
    found = (
        sponsorships()
        .select_related("over_by", "follows__sponsor")
        .annotate(cohort_ids=ArraySubquery(cohorts))
        .filter(pk=sponsorship_id)
        .first()
    )
    if found is None or not can_see_sponsorship(member, found, found.cohort_ids):
        return None
    return found


def handed_over_to(sponsorship: Sponsorship) -> Sponsorship | None:
    """The sponsorship that followed one, if one did."""
    return sponsorships().filter(follows=sponsorship).first()


def sponsorships_of_leavers(*, on: dt.date) -> QuerySet[Sponsorship]:
    """Asked for or running although one of the two is not here any more."""
    gone = Person.objects.filter(end_date__lt=on).values("pk")
    return sponsorships().filter(
        Q(leader__in=gone) | Q(sponsor__in=gone), state__in=[SponsorshipState.ASKED, SponsorshipState.ACTIVE]
    )


def leaders_with_sponsor(member: Member, *, cohort: UUID | None = None, on: dt.date) -> Share:
    """How many leaders of the cohorts that a member directs have a primary sponsor (R2, target all)."""
    leaders = leaders_to_sponsor(member, cohort=cohort, on=on)
    found = leaders.aggregate(every=Count("pk"), sponsored=Count("pk", filter=Q(_sponsored())))
    return share_of(found["sponsored"], found["every"])


def leaders_without_sponsor(member: Member, *, cohort: UUID | None = None, on: dt.date) -> QuerySet[Person]:
    """Whom nobody sponsors today; `has_asked` where somebody has still to answer."""
    asked = Sponsorship.objects.filter(leader=OuterRef("pk"), state=SponsorshipState.ASKED)
    return (
        leaders_to_sponsor(member, cohort=cohort, on=on)
        .filter(~_sponsored())
        .select_related("unit")
        .annotate(has_asked=Exists(asked))
        .order_by("search_key", "pk")
    )


def leaders_to_sponsor(member: Member, *, cohort: UUID | None, on: dt.date) -> QuerySet[Person]:
    """The emerging leaders somebody answers for: of the cohorts they direct; of all cohorts for others who
    see the overview."""
    if member.directed_cohorts or member.directs_everyone:
        return leaders_directed_by(member, cohort=cohort, on=on)
    there = CohortMembership.objects.filter(in_force(on), person=OuterRef("pk"))
    return Person.objects.filter(
        employed(on), Exists(there.filter(cohort=cohort) if cohort is not None else there)
    )


def _sponsored() -> Exists:
    return Exists(Sponsorship.objects.filter(leader=OuterRef("pk"), state=SponsorshipState.ACTIVE))
