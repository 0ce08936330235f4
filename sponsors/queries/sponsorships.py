"""Questions about sponsorships, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Lookup, OuterRef, Q, QuerySet

from mentoring.queries.overview import Share, share_of
from people.member import Member
from people.models import CohortMembership, Person
from people.queries import gone, in_force
from sponsors.enums import SponsorshipState
from sponsors.models import Sponsorship
from sponsors.permissions import can_see_sponsorship
from tenancy.kept import first_kept

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


def sponsor_of(leader_id: UUID) -> Sponsorship | None:
    """The same, for who it is and since when alone."""
    return first_kept(_sponsorship_told, leader_id)


def _sponsorship_told(leader_id: UUID) -> QuerySet[Sponsorship]:
    running = Sponsorship.objects.filter(leader=leader_id, state=SponsorshipState.ACTIVE)
    return running.select_related("sponsor").only("started_on", "sponsor__given_name", "sponsor__family_name")


def asked_sponsorship_of(leader_id: UUID) -> Sponsorship | None:
    """What a leader asked somebody who has not answered yet."""
    return sponsorships().filter(leader=leader_id, state=SponsorshipState.ASKED).first()


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
    left = gone(on).values("pk")
    return sponsorships().filter(
        Q(leader__in=left) | Q(sponsor__in=left), state__in=[SponsorshipState.ASKED, SponsorshipState.ACTIVE]
    )


def leaders_with_sponsor(member: Member | None, *, cohort: UUID | None = None, on: dt.date) -> Share:
    """How many leaders of the cohorts that a member directs have a primary sponsor (R2, target all)."""
    leaders = leaders_to_sponsor(member, cohort=cohort, on=on).distinct()
    found = leaders.aggregate(every=Count("person"), sponsored=Count("person", filter=_is_sponsored()))
    return share_of(found["sponsored"], found["every"])


def leaders_without_sponsor(member: Member, *, cohort: UUID | None = None, on: dt.date) -> QuerySet[Person]:
    """Whom nobody sponsors today; `has_asked` where somebody has still to answer."""
    asked = Sponsorship.objects.filter(leader=OuterRef("pk"), state=SponsorshipState.ASKED)
    without = leaders_to_sponsor(member, cohort=cohort, on=on).exclude(_is_sponsored())
    return (
        Person.objects.filter(_Among(F("pk"), ArraySubquery(without)))
        .select_related("unit")
        .only("given_name", "family_name", "search_key", "career_stage", "unit__name")
        .annotate(has_asked=Exists(asked))
        .order_by("search_key", "pk")
    )


def leaders_to_sponsor(
    member: Member | None, *, cohort: UUID | None, on: dt.date
) -> QuerySet[CohortMembership, Any]:
    """The emerging leaders somebody answers for, by `person`: of the cohorts they direct; of all cohorts for
    others who see the overview, and for no member. Of memberships, in which one person may be twice: from the
    people's side PostgreSQL would read everybody who works here."""
    there = CohortMembership.objects.filter(in_force(on)).exclude(person__in=gone(on))
    if member is not None and member.directed_cohorts:
        there = there.filter(cohort__in=member.directed_cohorts)
    if cohort is not None:
        there = there.filter(cohort=cohort)
    return there.order_by().values("person")


def _is_sponsored() -> Q:
    """Memberships of somebody with a primary sponsor. All at once: one by one they cost ten times that."""
    running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE)
    return Q(person__in=running.values("leader"))


class _Among(Lookup):
    """A value in an array, which PostgreSQL makes first. Joined to a query instead it reads a whole table of
    people for a thousand of them."""

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        (left, of_left), (right, of_right) = (
            self.process_lhs(compiler, connection),
            self.process_rhs(compiler, connection),
        )
        return f"{left} = ANY({right})", (*of_left, *of_right)
