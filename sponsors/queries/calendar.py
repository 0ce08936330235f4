"""What of the clinic somebody's calendar shows, each a queryset."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring.queries.calendar_feed import REACHES_BACK
from people.member import Member
from sponsors.enums import ActionState
from sponsors.models import Action, Attendee, Conference, Review
from sponsors.queries.team import sits_in_team, sponsored_by


def reviews_for_calendar(member: Member) -> QuerySet[Review]:
    """The next review of the own regimen, and of those that the member holds."""
    holds = sponsored_by(member, leader="leader") | Q(leader__in=member.reports)
    return Review.objects.filter(holds | Q(leader=member.person_id), closed_on=None).order_by("due_on", "pk")


def conferences_for_calendar(member: Member, *, on: dt.date) -> QuerySet[Conference]:
    """About oneself, and those one was asked to and still sits in the team for."""
    asked = Exists(Attendee.objects.filter(conference=OuterRef("pk"), person=member.person_id))
    comes = Q(asked) & sits_in_team(member, leader="leader", on=on)
    found = Conference.objects.filter(comes | Q(leader=member.person_id), held_on__gte=on - REACHES_BACK)
    return found.order_by("held_on", "pk")


def actions_for_calendar(member: Member, *, on: dt.date) -> QuerySet[Action]:
    """Open ones of the own regimen, and those that the member sees to and may read: what is private the
    leader and the sponsor, what is shared the immediate leader too, and a specialist of its domain."""
    reads = sponsored_by(member, leader="leader") | Q(private=False) & sits_in_team(
        member, leader="leader", domain="domain", on=on
    )
    mine = Q(leader=member.person_id) | Q(owner=member.person_id) & reads
    states = [ActionState.OPEN, ActionState.STARTED]
    found = Action.objects.filter(mine, removed=False, state__in=states, due_on__gte=on - REACHES_BACK)
    return found.order_by("due_on", "pk")
