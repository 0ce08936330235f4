"""What the pages of the clinic are opened with, and who opens those that show what is one's own."""

from __future__ import annotations

from uuid import UUID

from bench.mentoring_visits import first_of
from sponsors.enums import SessionState
from sponsors.models import (
    Action,
    CoachingSession,
    Competency,
    Conference,
    Contact,
    GateItem,
    GateProof,
    Goal,
    Obstacle,
    Proposal,
    Review,
    Sponsorship,
    TeamSeat,
)

# Visited by a leader with a long plan, and by a sponsor with many leaders who may change it.
OF_LEADERS = {*("versions", "version", "version_pdf", "chart", "team", "action", "action_progress")}
OF_LEADERS |= {"conference", "reviews", "review", "onboarding", "obstacles"}
OF_SPONSORS = {*("mine", "profile", "regimen", "definition", "caseload", "coaching", "contacts")}
OF_SPONSORS |= {"contacts_mine", "obstacles_mine"}


def arguments_of_clinic(leader: UUID) -> dict[str, object]:
    """By the name of an argument; all of one leader's clinic."""
    return {
        "sponsorship_id": first_of(Sponsorship.objects.filter(leader=leader)),
        "seat_id": first_of(TeamSeat.objects.filter(leader=leader)),
        "goal_id": first_of(Goal.objects.filter(leader=leader)),
        "action_id": first_of(Action.objects.filter(leader=leader)),
        "proposal_id": first_of(Proposal.objects.filter(leader=leader)),
        "conference_id": first_of(Conference.objects.filter(leader=leader)),
        "review_id": first_of(Review.objects.filter(leader=leader)),
        "session_id": first_of(CoachingSession.objects.filter(leader=leader, state=SessionState.PLANNED)),
        "obstacle_id": first_of(Obstacle.objects.filter(leader=leader)),
        "contact_id": first_of(Contact.objects.filter(leader=leader)),
        "item_id": first_of(GateItem.objects.filter(gate=1)),
        "proof_id": first_of(GateProof.objects.filter(onboarding__leader=leader)),
        "competency_id": first_of(Competency.objects.all()),
        "number": 2,
    }


def somebody_to_ask() -> dict[str, dict[str, object]]:
    """By the name of a page: elsewhere a person is the leader."""
    sponsor = Sponsorship.objects.order_by("pk").values_list("sponsor_id", flat=True).first()
    return {"sponsors:ask": {"person_id": sponsor}}
