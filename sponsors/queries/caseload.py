"""The leaders somebody looks after, as sponsor or as immediate leader, with what each of them waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from people.member import Member
from people.models import Person
from people.queries import employed
from sponsors.enums import ActionState, OnboardingState, SponsorshipState
from sponsors.models import Action, Onboarding, Proposal, RegimenVersion, Review, Sponsorship
from sponsors.plan.cautions import Caution, cautions_among
from sponsors.queries.gates import GateWaiting
from tenancy.kept import kept


@dataclass(frozen=True, slots=True)
class Led:
    """Who it is about."""

    pk: UUID
    given_name: str
    family_name: str
    unit: str

    @property
    def name(self) -> str:
        return Person(given_name=self.given_name, family_name=self.family_name).name


class OpenAction(NamedTuple):
    """What a caseload looks at of an action."""

    kind: str
    owner: UUID | None
    hours: Decimal
    due_on: dt.date


@dataclass(slots=True)
class Case:
    """One leader of a caseload. `version`: of the regimen, 0 for none; `proposals`: how many of the leader's
    wait for an answer; `actions`: what is open of the plan, as far as this reader sees it."""

    leader: Led
    is_sponsor: bool
    version: int
    proposals: int
    actions: list[OpenAction] = field(default_factory=list)
    review: Review | None = None
    gate: GateWaiting | None = None  # of the onboarding, where it waits for this reader

    def cautions(self, *, on: dt.date) -> list[Caution]:
        """Of the plan as it is today."""
        return cautions_among(self.actions, on=on)

    def late_actions(self, *, on: dt.date) -> int:
        """How many should be over."""
        return sum(action.due_on < on for action in self.actions)

    def waits_for_signature(self) -> bool:
        """Of this reader, after the other one."""
        return self.review is not None and (
            self.review.manager_id is not None if self.is_sponsor else self.review.sponsor_id is not None
        )


def caseload_of(member: Member, *, on: dt.date, gates: Iterable[GateWaiting] = ()) -> list[Case]:
    """By name. Of people who report to the member those who have a sponsor, a regimen or an onboarding.
    `gates`: those that wait for the member. Three queries."""
    cases = {
        row[0]: Case(Led(*row[:4]), is_sponsor=row[4], version=row[5] or 0, proposals=row[6] or 0)
        for row in kept(_leaders_told, member, on)
    }
    _add_actions(cases)
    for review in kept(_open_reviews, frozenset(cases)):
        cases[review.leader_id].review = review
    for gate in gates:
        if gate.leader_id in cases:
            cases[gate.leader_id].gate = gate
    return list(cases.values())


def _leaders_told(member: Member, on: dt.date) -> QuerySet[Person, Any]:
    """A row as `Led` has it, whether the member sponsors them, the version in force, and proposals."""
    own = Sponsorship.objects.filter(sponsor=member.person_id, state=SponsorshipState.ACTIVE)
    # By id from two short lists: to ask of everybody who is employed would look through them all.
    ids = own.values("leader_id").union(Person.objects.filter(pk__in=member.reports).values("pk"))
    planned = RegimenVersion.objects.filter(leader=OuterRef("pk"))
    running = Sponsorship.objects.filter(leader=OuterRef("pk"), state=SponsorshipState.ACTIVE)
    onboarded = Onboarding.objects.filter(leader=OuterRef("pk"), state=OnboardingState.RUNNING)
    waiting = Proposal.objects.filter(leader=OuterRef("pk"), taken_up=None).order_by().values("leader")
    return (
        Person.objects.filter(employed(on), pk__in=ids)
        .alias(is_known=Exists(running) | Exists(planned) | Exists(onboarded))
        .annotate(
            is_sponsored=Exists(own.filter(leader=OuterRef("pk"))),
            version=Subquery(planned.order_by("-number").values("number")[:1]),
            proposals_waiting=Subquery(waiting.annotate(count=Count("pk")).values("count")),
        )
        .filter(Q(is_sponsored=True) | Q(is_known=True))
        .order_by("search_key", "pk")
        .values_list(
            *("pk", "given_name", "family_name", "unit__name"),
            *("is_sponsored", "version", "proposals_waiting"),
        )
    )


def _add_actions(cases: dict[UUID, Case]) -> None:
    """What is open. What is private is the sponsor's to see, not the immediate leader's."""
    sponsored = frozenset(pk for pk, case in cases.items() if case.is_sponsor)
    others = frozenset(cases) - sponsored
    for leader_id, kind, owner, hours, due_on in kept(_open_actions, sponsored, others):
        cases[leader_id].actions.append(OpenAction(kind, owner, hours, due_on))


def _open_actions(sponsored: frozenset[UUID], others: frozenset[UUID]) -> QuerySet[Action, Any]:
    return Action.objects.filter(
        Q(leader__in=sponsored) | Q(leader__in=others, private=False),
        removed=False,
        state__in=[ActionState.OPEN, ActionState.STARTED],
    ).values_list("leader_id", "kind", "owner_id", "hours", "due_on")


def _open_reviews(leaders: frozenset[UUID]) -> QuerySet[Review]:
    found = Review.objects.filter(leader__in=leaders, closed_on=None)
    return found.only("leader_id", "due_on", "sponsor_id", "manager_id")
