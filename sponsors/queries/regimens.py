"""Questions about regimens, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from people.queries import gone
from sponsors.enums import ActionState
from sponsors.models import Acknowledgement, Action, Goal, Proposal, RegimenChange, RegimenVersion
from sponsors.plan.items import Plan, PlannedAction, PlannedGoal, plan_from_json
from sponsors.seats import Seat
from tenancy.kept import first_kept, kept

PROPOSALS: Final = 10
COMING: Final = 8


def goals_of(leader_id: UUID) -> QuerySet[Goal]:
    """As the next version will have them, the oldest first."""
    return Goal.objects.filter(leader=leader_id, removed=False).order_by("made_at", "pk")


def actions_of(leader_id: UUID) -> QuerySet[Action]:
    """As the next version will have them, in the order in which they are due."""
    found = Action.objects.filter(leader=leader_id, removed=False).select_related(
        "owner", "goal", "milestone", "attested_by"
    )
    return found.order_by("due_on", "made_at", "pk")


def actions_shown_to(seat: Seat) -> QuerySet[Action]:
    """Of those the ones that a seat may read (`can_read_action`)."""
    found = actions_of(seat.leader_id)
    if not seat.reads_private:
        found = found.filter(private=False)
    return found if seat.reads_all_domains else found.filter(domain__in=map(str, seat.domains))


def actions_of_leavers(*, on: dt.date) -> QuerySet[Action]:
    """Not over, although whoever sees to them is not here any more."""
    states = [ActionState.OPEN, ActionState.STARTED]
    found = Action.objects.filter(owner__in=gone(on), removed=False, state__in=states)
    return found.exclude(leader__in=gone(on)).select_related("leader", "owner").order_by("pk")


def next_actions(seat: Seat) -> QuerySet[Action]:
    """Of those what is to be done next, as much as a chart has."""
    coming = actions_shown_to(seat).filter(state__in=[ActionState.OPEN, ActionState.STARTED])
    return coming.select_related(None).select_related("owner")[:COMING]


def action_shown_to(seat: Seat, action_id: UUID) -> Action | None:
    """One of them."""
    return actions_shown_to(seat).filter(pk=action_id).first()


def versions_of(leader_id: UUID) -> QuerySet[RegimenVersion]:
    """What was published, the newest first."""
    found = RegimenVersion.objects.filter(leader=leader_id).select_related("published_by")
    return found.prefetch_related("acknowledgements").order_by("-number")


def version_in_force(leader_id: UUID) -> RegimenVersion | None:
    return versions_of(leader_id).first()


def number_in_force(leader_id: UUID) -> int | None:
    """Of the version in force: what it says may be long."""
    return first_kept(_number_in_force, leader_id)


def _number_in_force(leader_id: UUID) -> QuerySet[RegimenVersion, int]:
    return versions_of(leader_id).prefetch_related(None).values_list("number", flat=True)[:1]


def newest_version_of(leader_id: UUID) -> RegimenVersion | None:
    """The version in force with who published it."""
    return first_kept(_newest_version, leader_id)


def _newest_version(leader_id: UUID) -> QuerySet[RegimenVersion]:
    return versions_of(leader_id).prefetch_related(None)[:1]


def version_with_last(leader_id: UUID, number: int) -> tuple[RegimenVersion | None, RegimenVersion | None]:
    """A version and the one before it, each if there is one."""
    read = Acknowledgement.objects.filter(version=OuterRef("pk"))
    found = versions_of(leader_id).prefetch_related(None).annotate(acknowledged=Exists(read))
    by_number = {each.number: each for each in found.filter(number__gte=number - 1, number__lte=number)}
    return by_number.get(number), by_number.get(number - 1)


def plan_behind(version: RegimenVersion | None) -> Plan:
    """What a version said; the empty plan before there was one."""
    return plan_from_json(version.content) if version is not None else Plan()


def plan_shown_to(seat: Seat, plan: Plan) -> Plan:
    """A plan as a seat may read it."""
    if not seat.reads_private:
        plan = plan.without_private()
    return plan if seat.reads_all_domains else plan.of_domains(frozenset(map(str, seat.domains)))


def next_plan_of(leader_id: UUID) -> Plan:
    """The goals and actions that the next version would say. Two queries."""
    return plan_of(goals_of(leader_id), actions_of(leader_id))


def plan_of(goals: Iterable[Goal], actions: Iterable[Action]) -> Plan:
    """Rows as plain values."""
    return Plan(
        tuple(PlannedGoal(str(goal.pk), goal.title, goal.outcome) for goal in goals),
        tuple(planned({name: getattr(action, name) for name in PLANNED}) for action in actions),
    )


# What a version keeps of an action: as it is, and the ids of rows beside it.
AS_IT_IS: Final = ("title", "kind", "need", "domain", "hours", "start_on", "due_on", "evidence", "private")
PLANNED: Final = (*AS_IT_IS, "pk", "goal_id", "owner_id", "diagnosis_id")


def planned(row: Mapping[str, Any]) -> PlannedAction:
    """The columns `PLANNED` of an action as plain values."""
    return PlannedAction(
        id=str(row["pk"]),
        goal=str(row["goal_id"]),
        owner=str(row["owner_id"] or ""),
        diagnosis=str(row["diagnosis_id"] or ""),
        **{name: row[name] for name in AS_IT_IS},
    )


def drafts_shown_to(seat: Seat) -> list[tuple[PlannedAction, ActionState]]:
    """Each action as the next version will have it, and how far it is: without building rows, of which a page
    that looks at the whole plan shows few."""
    return [(planned(row), ActionState(row["state"])) for row in kept(_drafts, seat)]


def _drafts(seat: Seat) -> QuerySet[Action, Any]:
    found: QuerySet[Action, Any] = actions_shown_to(seat).select_related(None).values(*PLANNED, "state")
    return found


def actions_among(seat: Seat, action_ids: frozenset[UUID]) -> QuerySet[Action]:
    """Some of those that a seat may read, with who sees to each."""
    found = actions_shown_to(seat).filter(pk__in=action_ids)
    return found.select_related(None).select_related("owner")


def changes_since(seat: Seat, version: RegimenVersion | None) -> QuerySet[RegimenChange]:
    """Who changed what since a version, and why, the oldest first, as a seat may read it."""
    return _changes_after(seat, version.published_at if version is not None else None)


def reasons_among(
    seat: Seat, item_ids: frozenset[UUID], *, after: dt.datetime | None, until: dt.datetime | None = None
) -> QuerySet[RegimenChange]:
    """The same of some goals and actions, after one moment and until another."""
    found = _changes_after(seat, after).filter(item_id__in=item_ids)
    return found if until is None else found.filter(at__lte=until)


def _changes_after(seat: Seat, moment: dt.datetime | None) -> QuerySet[RegimenChange]:
    """What was said while something was private stays so when it no longer is."""
    found = RegimenChange.objects.filter(leader=seat.leader_id).select_related("by").order_by("at", "pk")
    if not seat.reads_private:
        found = found.filter(private=False)
    return found if moment is None else found.filter(at__gt=moment)


def changes_between(
    seat: Seat, before: RegimenVersion | None, after: RegimenVersion
) -> QuerySet[RegimenChange]:
    """The same, between two versions."""
    return changes_since(seat, before).filter(at__lte=after.published_at)


def history_of(seat: Seat, action: Action) -> QuerySet[RegimenChange]:
    """Who changed one action, or let it go, and why: the newest first, as a seat may read it."""
    return changes_since(seat, None).filter(item_id=action.pk).order_by("-at", "pk")


def last_release_of(action: Action) -> RegimenChange | None:
    """When it last went from one compartment to another."""
    found = RegimenChange.objects.filter(leader=action.leader_id, item_id=action.pk).exclude(into="")
    return found.order_by("-at", "pk").first()


def proposals_of(leader_id: UUID) -> QuerySet[Proposal]:
    """What the leader proposed, the newest first."""
    found = Proposal.objects.filter(leader=leader_id).select_related("answered_by")
    return found.order_by("-proposed_at", "pk")


def newest_proposals(seat: Seat) -> QuerySet[Proposal]:
    """As many as the page of a regimen has."""
    return proposals_shown_to(seat)[:PROPOSALS]


def proposals_shown_to(seat: Seat) -> QuerySet[Proposal]:
    """For those who read the whole plan."""
    found = proposals_of(seat.leader_id)
    return found if seat.reads_all_domains else found.none()
