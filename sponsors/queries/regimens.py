"""Questions about regimens, each a function that returns a queryset or plain values."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from sponsors.models import Action, Goal, Proposal, RegimenChange, RegimenVersion
from sponsors.permissions import can_read_action
from sponsors.plan.items import Plan, PlannedAction, PlannedGoal, plan_from_json
from sponsors.seats import Seat


def goals_of(leader_id: UUID) -> QuerySet[Goal]:
    """As the next version will have them, the oldest first."""
    return Goal.objects.filter(leader=leader_id, removed=False).order_by("made_at", "pk")


def actions_of(leader_id: UUID) -> QuerySet[Action]:
    """As the next version will have them, in the order in which they are due."""
    found = Action.objects.filter(leader=leader_id, removed=False).select_related(
        "owner", "goal", "milestone", "attested_by"
    )
    return found.order_by("due_on", "made_at", "pk")


def actions_shown_to(seat: Seat) -> list[Action]:
    """Of those the ones that a seat may read."""
    return [
        each
        for each in actions_of(seat.leader_id)
        if can_read_action(seat, domain=each.domain, private=each.private)
    ]


def action_shown_to(seat: Seat, action_id: UUID) -> Action | None:
    """One of them."""
    found = actions_of(seat.leader_id).filter(pk=action_id).first()
    if found is None or not can_read_action(seat, domain=found.domain, private=found.private):
        return None
    return found


def versions_of(leader_id: UUID) -> QuerySet[RegimenVersion]:
    """What was published, the newest first."""
    found = RegimenVersion.objects.filter(leader=leader_id).select_related("published_by")
    return found.prefetch_related("acknowledgements").order_by("-number")


def version_in_force(leader_id: UUID) -> RegimenVersion | None:
    return versions_of(leader_id).first()


def version_with_last(leader_id: UUID, number: int) -> tuple[RegimenVersion | None, RegimenVersion | None]:
    """A version and the one before it, each if there is one."""
    found = versions_of(leader_id).filter(number__gte=number - 1, number__lte=number)
    by_number = {each.number: each for each in found}
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
        tuple(
            PlannedAction(
                id=str(action.pk),
                goal=str(action.goal_id),
                title=action.title,
                kind=action.kind,
                need=action.need,
                domain=action.domain,
                owner=str(action.owner_id or ""),
                hours=action.hours,
                start_on=action.start_on,
                due_on=action.due_on,
                evidence=action.evidence,
                private=action.private,
                diagnosis=str(action.diagnosis_id or ""),
            )
            for action in actions
        ),
    )


def changes_since(seat: Seat, version: RegimenVersion | None) -> QuerySet[RegimenChange]:
    """Who changed what since a version, and why, the oldest first, as a seat may read it: what was said while
    something was private stays so when it no longer is."""
    found = RegimenChange.objects.filter(leader=seat.leader_id).select_related("by").order_by("at", "pk")
    if not seat.reads_private:
        found = found.filter(private=False)
    return found.filter(at__gt=version.published_at) if version is not None else found


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


def proposals_shown_to(seat: Seat) -> QuerySet[Proposal]:
    """For those who read the whole plan."""
    found = proposals_of(seat.leader_id)
    return found if seat.reads_all_domains else found.none()
