"""The leaders somebody looks after, as sponsor or as immediate leader, with what each of them waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from people.member import Member
from people.models import Person
from people.queries import employed
from sponsors.enums import ActionState, OnboardingState, SponsorshipState
from sponsors.models import Action, Gate, Onboarding, Proposal, RegimenVersion, Review, Sponsorship
from sponsors.plan.cautions import Caution, cautions_of
from sponsors.queries.gates import gates_waiting_for
from sponsors.queries.regimens import plan_of


@dataclass(slots=True)
class Case:
    """One leader of a caseload. `proposals`: how many of the leader's wait for an answer."""

    leader: Person
    is_sponsor: bool
    version: int = 0
    actions: list[Action] = field(default_factory=list)
    review: Review | None = None
    proposals: int = 0
    gate: Gate | None = None  # of the onboarding, where it waits for this reader

    def cautions(self, *, on: dt.date) -> list[Caution]:
        """Of the plan as it is today, as far as this reader sees it."""
        return cautions_of(plan_of([], self.actions), on=on)

    def late_actions(self, *, on: dt.date) -> int:
        """How many should be over."""
        return sum(action.due_on < on for action in self.actions)

    def waits_for_signature(self) -> bool:
        """Of this reader, after the other one."""
        return self.review is not None and (
            self.review.manager_id is not None if self.is_sponsor else self.review.sponsor_id is not None
        )


def caseload_of(member: Member, *, on: dt.date) -> list[Case]:
    """By name. Of people who report to the member those who have a sponsor, a regimen or an onboarding. Seven
    queries."""
    sponsored = set(
        Sponsorship.objects.filter(sponsor=member.person_id, state=SponsorshipState.ACTIVE).values_list(
            "leader_id", flat=True
        )
    )
    cases = {
        leader.pk: Case(leader, is_sponsor=leader.pk in sponsored)
        for leader in _leaders(sponsored, member.reports, on=on)
    }
    newest = RegimenVersion.objects.filter(leader__in=cases).order_by("leader", "-number")
    for leader_id, number in newest.distinct("leader").values_list("leader_id", "number"):
        cases[leader_id].version = number
    _add_actions(cases, sponsored)
    for review in Review.objects.filter(leader__in=cases, closed_on=None):
        cases[review.leader_id].review = review
    for gate in gates_waiting_for(member, on=on).filter(onboarding__leader__in=cases):
        cases[gate.onboarding.leader_id].gate = gate
    for proposal in Proposal.objects.filter(leader__in=cases, taken_up=None).only("leader_id"):
        cases[proposal.leader_id].proposals += 1
    return list(cases.values())


def _leaders(sponsored: Collection[UUID], reports: Collection[UUID], *, on: dt.date) -> list[Person]:
    running = Sponsorship.objects.filter(leader=OuterRef("pk"), state=SponsorshipState.ACTIVE)
    planned = RegimenVersion.objects.filter(leader=OuterRef("pk"))
    onboarded = Onboarding.objects.filter(leader=OuterRef("pk"), state=OnboardingState.RUNNING)
    known = Exists(running) | Exists(planned) | Exists(onboarded)
    own = Q(pk__in=sponsored) | Q(known, pk__in=reports)
    return list(
        Person.objects.filter(employed(on)).filter(own).select_related("unit").order_by("search_key", "pk")
    )


def _add_actions(cases: dict[UUID, Case], sponsored: Collection[UUID]) -> None:
    """What is open. What is private is the sponsor's to see, not the immediate leader's."""
    open_ones = Action.objects.filter(
        Q(private=False) | Q(leader__in=sponsored),
        leader__in=cases,
        removed=False,
        state__in=[ActionState.OPEN, ActionState.STARTED],
    )
    for action in open_ones.order_by("due_on", "pk"):
        cases[action.leader_id].actions.append(action)
