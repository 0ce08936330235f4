"""The clinic of an organisation as large as the largest: who sponsors whom, and what is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final
from uuid import UUID

from django.utils import timezone

from clinicleader.demo.scale_conferences import hold_conferences, open_reviews
from clinicleader.demo.scale_support import fill_support
from sponsors.enums import ActionKind, Domain, Outcome, SponsorshipState
from sponsors.models import (
    Action,
    Goal,
    Proposal,
    RegimenChange,
    RegimenVersion,
    SponsorProfile,
    Sponsorship,
    TeamSeat,
)
from sponsors.models.profiles import MOST_PLACES
from sponsors.plan.items import plan_as_json
from sponsors.queries.regimens import plan_of

ACTIONS, MOST_ACTIONS = 6, 200  # of a plan, and of the first member's
GOALS, WISHES = 2, 10
WITHOUT: Final = 5  # every so many-th member has nobody yet
BATCH = 1000


def fill_clinic(members: Sequence[UUID], leaders: Sequence[UUID], *, today: dt.date) -> int:
    """The first member has a plan of 200 actions, in a small organisation as many as there are members, and a
    sponsor whose places are all taken. Returns how many sponsorships there are."""
    SponsorProfile.objects.bulk_create(
        SponsorProfile(
            person_id=one,
            places=MOST_PLACES,
            agreed_version=1,
            agreed_at=timezone.now(),
            experience="A unit.",
        )
        for one in leaders[1:]
    )
    begun = today - dt.timedelta(days=100)
    made = Sponsorship.objects.bulk_create(
        Sponsorship(
            leader_id=member,
            sponsor_id=sponsor,
            state=SponsorshipState.ACTIVE,
            asked_on=begun,
            started_on=begun,
        )
        for member, sponsor in pairs(members, leaders[1:])
    )
    plans = (plan_for(each, place, len(members), begun) for place, each in enumerate(made))
    while batch := list(islice(plans, BATCH)):
        write(batch, begun)
    show_much_of(made[0], members, begun)
    hold_conferences(made, today=today)
    open_reviews(made, today=today)
    fill_support(made, leaders[1:], today=today)
    return len(made)


def pairs(members: Sequence[UUID], sponsors: Sequence[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """The first sponsor has as many leaders as there are places; the others follow in turn."""
    for place, member in enumerate(members):
        if place < MOST_PLACES:
            yield member, sponsors[0]
        elif place % WITHOUT:
            yield member, sponsors[1 + place % (len(sponsors) - 1)]


Planned = tuple[Sponsorship, list[Goal], list[Action]]


def plan_for(sponsorship: Sponsorship, place: int, members: int, begun: dt.date) -> Planned:
    count = min(MOST_ACTIONS, members) if place == 0 else ACTIONS
    goals = [
        Goal(leader_id=sponsorship.leader_id, title=f"Goal {number}", outcome=list(Outcome)[number % 3])
        for number in range(GOALS)
    ]
    actions = [
        Action(
            leader_id=sponsorship.leader_id,
            goal=goals[number % GOALS],
            title=f"Chair meeting {number}",
            kind=list(ActionKind)[number % len(ActionKind)],
            need="To be heard without raising the voice",
            domain=Domain.FINANCE if number % 4 == 0 else "",
            owner_id=sponsorship.leader_id if number % 2 else sponsorship.sponsor_id,
            hours=Decimal(8),
            start_on=begun,
            due_on=begun + dt.timedelta(days=60 + number),
        )
        for number in range(count)
    ]
    return sponsorship, goals, actions


def write(plans: Sequence[Planned], begun: dt.date) -> None:
    """Goals, actions, and the version in force."""
    Goal.objects.bulk_create(goal for _, goals, _ in plans for goal in goals)
    Action.objects.bulk_create(action for _, _, actions in plans for action in actions)
    RegimenVersion.objects.bulk_create(version_of(each, number=1, days=90) for each in plans)


def version_of(planned: Planned, *, number: int, days: int) -> RegimenVersion:
    sponsorship, goals, actions = planned
    return RegimenVersion(
        leader_id=sponsorship.leader_id,
        number=number,
        content=plan_as_json(plan_of(goals, actions)),
        reason="What we agreed on.",
        published_by_id=sponsorship.sponsor_id,
        published_at=timezone.now() - dt.timedelta(days=days),
    )


def show_much_of(sponsorship: Sponsorship, members: Sequence[UUID], begun: dt.date) -> None:
    """Every action changed for version 2, and again for the next one; with a team and proposals."""
    goals = list(Goal.objects.filter(leader=sponsorship.leader_id).order_by("title"))
    actions = list(Action.objects.filter(leader=sponsorship.leader_id).order_by("due_on"))
    for days, version in ((30, 2), (1, None)):
        for action in actions:
            action.hours += 1
        RegimenChange.objects.bulk_create(
            RegimenChange(
                leader_id=sponsorship.leader_id,
                item_id=action.pk,
                by_id=sponsorship.sponsor_id,
                reason="It takes longer.",
                at=timezone.now() - dt.timedelta(days=days, hours=1),
            )
            for action in actions
        )
        if version is not None:
            version_of((sponsorship, goals, actions), number=version, days=days).save()
    Action.objects.bulk_update(actions, ["hours"])
    specialists = members[1 : 1 + len(Domain)]
    TeamSeat.objects.bulk_create(
        TeamSeat(
            leader_id=sponsorship.leader_id,
            specialist_id=specialist,
            domain=domain,
            need="To read a budget",
            start_date=begun,
            convened_by_id=sponsorship.sponsor_id,
        )
        for domain, specialist in zip(Domain, specialists, strict=False)
    )
    Proposal.objects.bulk_create(
        Proposal(leader_id=sponsorship.leader_id, words=f"A look at board {number}")
        for number in range(min(WISHES, len(members)))
    )
