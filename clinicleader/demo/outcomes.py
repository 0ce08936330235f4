"""What came of actions: attested, some of it in the Passport; and a wish that is private. By the services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet

from clinicleader.demo.programmes import member_of
from clinicleader.demo.staff import Person, Staff
from passport.enums import ALIVE
from passport.models import Stamp
from passport.queries import milestones_in_force
from people.models import Person as PersonRow
from sponsors.enums import ActionKind, ActionState, SponsorshipState
from sponsors.models import Action, Goal, Sponsorship
from sponsors.services.outcomes import Report, attest_outcome, release_to_passport, report_progress
from sponsors.services.regimens import Step, add_action

LEADERS: Final = 8


def attest_outcomes(staff: Staff, today: dt.date) -> None:
    """Two outcomes of each of the first leaders, the personas before all: every second leader has one of them
    in the Passport, the others have still to let theirs go."""
    people = {one.id: one for one in staff.people}
    planned = Goal.objects.values("leader")
    running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE, leader__in=planned)
    pairs = [
        (people[each.leader_id], people[each.sponsor_id]) for each in running.order_by("leader__external_id")
    ]
    pairs.sort(key=lambda pair: not pair[0].part)
    for place, (leader, sponsor) in enumerate(pairs[:LEADERS]):
        _attest(leader, sponsor, today)
        first = _done_by(leader).filter(attested_at__isnull=False).first()
        if first is not None and place % 2:
            release_to_passport(first, by=member_of(leader, today))
        if leader.part:
            _keep_private(leader, sponsor, today)


def _done_by(leader: Person) -> QuerySet[Action]:
    return Action.objects.filter(leader=leader.id, state=ActionState.DONE).order_by("due_on", "pk")


def _attest(leader: Person, sponsor: Person, today: dt.date) -> None:
    """The sponsor says which milestones they serve, on the days on which they were done."""
    by = member_of(sponsor, today)
    # The furthest ones: leaders claim what comes next by themselves.
    taken = Stamp.objects.filter(person=leader.id, state__in=ALIVE).values("milestone")
    milestones = milestones_in_force(on=today).exclude(pk__in=taken).order_by("-stage__position", "position")
    for milestone, action in zip(milestones[:2], _done_by(leader), strict=False):
        done_on = action.over_on
        told = report_progress(action, Report(ActionState.DONE, action.outcome, "", milestone.pk), by=by)
        told.over_on = done_on
        told.save(update_fields=["over_on"])
        attest_outcome(told, seen=told.outcome_mark, by=by)


def _keep_private(leader: Person, sponsor: Person, today: dt.date) -> None:
    """Between the two, until the leader lets it go."""
    goal = Goal.objects.filter(leader=leader.id, removed=False).order_by("made_at", "pk").first()
    if goal is None:
        return
    step = Step(
        goal.pk,
        "Talk about a year abroad",
        ActionKind.EXPOSURE,
        "To find out what comes after this post",
        start_on=today,
        due_on=today + dt.timedelta(days=60),
        owner_id=leader.id,
        hours=Decimal(4),
        private=True,
    )
    row, by = PersonRow.objects.get(pk=leader.id), member_of(sponsor, today)
    add_action(row, step, reason="We talk about it first.", by=by)
