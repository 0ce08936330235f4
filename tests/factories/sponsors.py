"""One factory a model of the clinic."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mentoring.models import Tag
from people.models import Person
from sponsors.enums import (
    ActionKind,
    CompetencyGroup,
    Decision,
    Domain,
    ObstacleKind,
    Outcome,
    Relation,
    SponsorshipState,
)
from sponsors.models import (
    Action,
    CoachingSession,
    Competency,
    Contact,
    Goal,
    IntakeRequest,
    IntakeRound,
    Obstacle,
    Proposal,
    RegimenVersion,
    Review,
    SponsorInterest,
    SponsorProfile,
    Sponsorship,
    TeamSeat,
)
from sponsors.plan.items import plan_as_json
from sponsors.queries.regimens import next_plan_of
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

ASKED_ON = dt.date(2026, 1, 5)
STARTED_ON = dt.date(2026, 1, 8)
# What the table demands of each state.
_OF_STATE: dict[str, dict[str, Any]] = {
    SponsorshipState.ASKED: {},
    SponsorshipState.ACTIVE: {"started_on": STARTED_ON},
    SponsorshipState.ENDED: {"started_on": STARTED_ON, "over_on": dt.date(2026, 7, 1)},
    SponsorshipState.DECLINED: {"over_on": STARTED_ON},
    SponsorshipState.WITHDRAWN: {"over_on": STARTED_ON},
}


def make_sponsor(person: Person, *tags: Tag, **fields: Any) -> SponsorProfile:
    """Somebody with two places, who agreed to version 1."""
    values = {"places": 2, "agreed_version": 1, "agreed_at": timezone.now(), **fields}
    with tenant_transaction(person.organization_id):
        own = {"organization_id": person.organization_id}
        profile = SponsorProfile.objects.create(**own, person=person, **values)
        SponsorInterest.objects.bulk_create(
            [SponsorInterest(**own, sponsor=profile, tag=tag) for tag in tags]
        )
    return profile


def make_sponsorship(sponsor: Person, leader: Person, **fields: Any) -> Sponsorship:
    """A running one, unless the fields say otherwise. The sponsor's profile is made apart."""
    state = fields.get("state", SponsorshipState.ACTIVE)
    values = {"state": state, "asked_on": ASKED_ON, **_OF_STATE[state], **fields}
    with tenant_transaction(sponsor.organization_id):
        return Sponsorship.objects.create(
            organization_id=sponsor.organization_id, sponsor=sponsor, leader=leader, **values
        )


def make_seat(leader: Person, specialist: Person, *, by: Person, **fields: Any) -> TeamSeat:
    """For finance since the beginning of the year, unless the fields say otherwise."""
    values = {"domain": Domain.FINANCE, "need": "To read a budget", "start_date": ASKED_ON, **fields}
    with tenant_transaction(leader.organization_id):
        return TeamSeat.objects.create(
            organization_id=leader.organization_id,
            leader=leader,
            specialist=specialist,
            convened_by=by,
            **values,
        )


def make_goal(leader: Person, title: str = "Lead a service") -> Goal:
    with tenant_transaction(leader.organization_id):
        return Goal.objects.create(
            organization_id=leader.organization_id, leader=leader, title=title, outcome=Outcome.EXECUTE
        )


def make_action(goal: Goal, **fields: Any) -> Action:
    """Eight hours of experience, due in three months; nobody sees to it unless the fields say who."""
    today = timezone.localdate()
    values = {
        "title": "Chair a meeting",
        "kind": ActionKind.EXPERIENCE,
        "need": "To be heard",
        "hours": Decimal(8),
        "start_on": today,
        "due_on": today + dt.timedelta(days=90),
        **fields,
    }
    with tenant_transaction(goal.organization_id):
        return Action.objects.create(
            organization_id=goal.organization_id, goal=goal, leader_id=goal.leader_id, **values
        )


def make_version(leader: Person, *, by: Person, **fields: Any) -> RegimenVersion:
    """The plan as it is, published as the first version."""
    with tenant_transaction(leader.organization_id):
        values = {
            "number": 1,
            "content": plan_as_json(next_plan_of(leader.pk)),
            "reason": "The first plan.",
            "published_at": timezone.now(),
            **fields,
        }
        return RegimenVersion.objects.create(
            organization_id=leader.organization_id, leader=leader, published_by=by, **values
        )


def make_proposal(leader: Person, words: str = "A look at the board") -> Proposal:
    with tenant_transaction(leader.organization_id):
        return Proposal.objects.create(organization_id=leader.organization_id, leader=leader, words=words)


def make_competency(organization: Organization, name: str = "Listening", **fields: Any) -> Competency:
    """One of the whole organisation, unless the fields name a unit."""
    values = {
        "group": CompetencyGroup.PEOPLE,
        "sentence": "Hears who is easily overheard.",
        "anchors": ["Lets others finish.", "Draws quiet people in.", "Changes plans.", "All have a voice."],
        **fields,
    }
    with tenant_transaction(organization.pk):
        return Competency.objects.create(organization=organization, name=name, **values)


def make_review(leader: Person, **fields: Any) -> Review:
    """An open one, due in ten days, unless the fields say otherwise."""
    today = timezone.localdate()
    days = {"begun_on": today - dt.timedelta(days=80), "due_on": today + dt.timedelta(days=10)}
    with tenant_transaction(leader.organization_id):
        return Review.objects.create(
            organization_id=leader.organization_id, leader=leader, **{**days, **fields}
        )


def make_held_review(leader: Person, *, sponsor: Person, manager: Person, **fields: Any) -> Review:
    """A closed one, of today and in time: to be continued."""
    today, now = timezone.localdate(), timezone.now()
    values = {
        "version": 1,
        "decision": Decision.CONTINUE,
        "reason": "It goes well.",
        "next_on": today + dt.timedelta(days=90),
        "sponsor": sponsor,
        "sponsor_signed_at": now,
        "manager": manager,
        "manager_signed_at": now,
        "closed_on": today,
        **fields,
    }
    return make_review(leader, **values)


def make_intake(leader: Person, *, by: Person, **fields: Any) -> IntakeRound:
    """Open since a week and for another one, unless the fields say otherwise."""
    today = timezone.localdate()
    week = dt.timedelta(days=7)
    values = {"opened_on": today - week, "last_day": today + week, **fields}
    with tenant_transaction(leader.organization_id):
        return IntakeRound.objects.create(
            organization_id=leader.organization_id, leader=leader, opened_by=by, **values
        )


def make_intake_request(
    intake: IntakeRound, person: Person, relation: Relation = Relation.COWORKER, **fields: Any
) -> IntakeRequest:
    with tenant_transaction(intake.organization_id):
        return IntakeRequest.objects.create(
            organization_id=intake.organization_id, round=intake, person=person, relation=relation, **fields
        )


def make_coaching(leader: Person, coach: Person, **fields: Any) -> CoachingSession:
    """An hour in three days, unless the fields say otherwise."""
    now = timezone.now()
    values = {"starts_at": now + dt.timedelta(days=3), "changed_at": now, **fields}
    with tenant_transaction(leader.organization_id):
        return CoachingSession.objects.create(
            organization_id=leader.organization_id, leader=leader, coach=coach, **values
        )


def make_obstacle(leader: Person, owner: Person, *, by: Person, **fields: Any) -> Obstacle:
    """Raised today, to be removed in ten days, unless the fields say otherwise. Without a history."""
    today = timezone.localdate()
    values = {
        "kind": ObstacleKind.TIME,
        "words": "No time beside the clinic",
        "raised_on": today,
        "due_on": today + dt.timedelta(days=10),
        **fields,
    }
    with tenant_transaction(leader.organization_id):
        return Obstacle.objects.create(
            organization_id=leader.organization_id, leader=leader, owner=owner, raised_by=by, **values
        )


def make_contact(leader: Person, author: Person, whom: Person, **fields: Any) -> Contact:
    """Of today, for its author alone, unless the fields say otherwise."""
    values = {"on": timezone.localdate(), "about": "The audit", **fields}
    with tenant_transaction(leader.organization_id):
        return Contact.objects.create(
            organization_id=leader.organization_id, leader=leader, author=author, whom=whom, **values
        )
