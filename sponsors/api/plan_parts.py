"""Planning the parts of a regimen over the REST API: goals and actions. Whoever changes an item says which
revision they saw; where somebody changed it first, 409 holds the item as it is now."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Person
from people.rest.answers import MOVED, MovedMeanwhile, colleague, done, optional_words, valid, words
from sponsors.api import TAGS
from sponsors.api.plan_entries import ActionEntry, GoalEntry
from sponsors.api.regimens import OfRegimen
from sponsors.enums import ActionKind, ActionState, Domain, Outcome
from sponsors.models import Action, Goal
from sponsors.permissions import REGIMEN_IS_CHANGED_BY, can_change_goals, can_change_regimen
from sponsors.queries.regimens import action_shown_to, goals_of
from sponsors.seats import Seat
from sponsors.services import regimens as services
from sponsors.services.meanwhile import ChangedMeanwhileError
from sponsors.services.outcomes import Report, report_progress
from sponsors.services.regimens import Step

T = TypeVar("T")
CHANGED_FIRST = {
    409: OpenApiResponse(
        description="Somebody changed it first, and `current` is the item as it is now; or a rule does not "
        "allow it. `detail` says which."
    )
}


def changed(act: Callable[[], T], entry: Callable[[Any], serializers.Serializer[Any]]) -> T:
    """What a service did with an item that others may have changed meanwhile."""

    def unless_changed_first() -> T:
        try:
            return act()
        except ChangedMeanwhileError as error:
            raise MovedMeanwhile(" ".join(error.messages), current=entry(error.current).data) from error

    return done(unless_changed_first)


class Reasoned(serializers.Serializer[Any]):
    reason = words(300, help_text="Why, in a few words: the leader and the team read it.")


class Removal(Reasoned):
    revision = serializers.IntegerField(help_text="The one that you saw.")


class GoalBody(Reasoned):
    title = words(200)
    outcome = serializers.ChoiceField(choices=Outcome.choices)


class GoalChange(GoalBody, Removal):
    pass


class OfGoals(OfRegimen):
    """Goals, for whoever may change them."""

    def find_leader(self, person_id: UUID) -> Person:
        leader, seat = self.find_regimen(person_id)
        demand(can_change_goals(seat), REGIMEN_IS_CHANGED_BY)
        return leader

    def find_goal(self, person_id: UUID, goal_id: UUID) -> Goal:
        goal = goals_of(self.find_leader(person_id).pk).filter(pk=goal_id).first()
        if goal is None:
            raise NotFound
        return goal


class GoalsView(OfGoals):
    @extend_schema(
        operation_id="add_regimen_goal",
        summary="Add a goal for the next version",
        tags=TAGS,
        request=GoalBody,
        responses={201: GoalEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, body = self.find_leader(person_id), valid(GoalBody(data=request.data))
        title, outcome = body["title"], Outcome(body["outcome"])
        made = done(lambda: services.add_goal(leader, title, outcome, reason=body["reason"], by=self.member))
        return Response(GoalEntry(made).data, status=status.HTTP_201_CREATED)


class GoalView(OfGoals):
    @extend_schema(
        operation_id="change_regimen_goal",
        summary="Change a goal",
        tags=TAGS,
        request=GoalChange,
        responses={200: GoalEntry, **CHANGED_FIRST},
    )
    def put(self, request: Request, person_id: UUID, goal_id: UUID) -> Response:
        goal, body = self.find_goal(person_id, goal_id), valid(GoalChange(data=request.data))
        after = changed(
            lambda: services.change_goal(
                goal,
                body["title"],
                Outcome(body["outcome"]),
                revision=body["revision"],
                reason=body["reason"],
                by=self.member,
            ),
            GoalEntry,
        )
        return Response(GoalEntry(after).data)


class RemoveGoalView(OfGoals):
    @extend_schema(
        operation_id="remove_regimen_goal",
        summary="Take a goal out of the next version",
        tags=TAGS,
        request=Removal,
        responses={204: None, **CHANGED_FIRST},
    )
    def post(self, request: Request, person_id: UUID, goal_id: UUID) -> Response:
        goal, body = self.find_goal(person_id, goal_id), valid(Removal(data=request.data))
        changed(lambda: services.remove_goal(goal, **body, by=self.member), GoalEntry)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ActionBody(Reasoned):
    goal = serializers.UUIDField()
    title = words(200)
    kind = serializers.ChoiceField(choices=ActionKind.choices)
    need = words(300, help_text="The leader's need that it serves.")
    domain = serializers.ChoiceField(
        choices=Domain.choices, required=False, allow_null=True, default=None, help_text="A specialist's."
    )
    owner = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Who sees to it that it happens."
    )
    hours = serializers.FloatField(min_value=0, max_value=999, help_text="The dose, to a tenth of an hour.")
    start_on = serializers.DateField()
    due_on = serializers.DateField()
    evidence = optional_words(300, help_text="By what one will see that it is done.")
    private = serializers.BooleanField(default=False, help_text="Between leader and sponsor only.")
    diagnosis = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Of the leader, which it answers."
    )


class ActionChange(ActionBody, Removal):
    pass


def step_of(body: dict[str, Any]) -> Step:
    """The action that a body describes."""
    owner = colleague("owner", body["owner"]) if body["owner"] else None
    as_they_are = ("title", "need", "start_on", "due_on", "evidence", "private")
    return Step(
        goal_id=body["goal"],
        kind=ActionKind(body["kind"]),
        domain=Domain(body["domain"]) if body["domain"] else None,
        owner_id=owner.pk if owner else None,
        hours=Decimal(str(round(body["hours"], 1))),
        diagnosis_id=body["diagnosis"],
        **{name: body[name] for name in as_they_are},
    )


class OfAction(OfRegimen):
    """An endpoint of one action that the member may read; 404 for every other."""

    def find_seat_and_action(self, person_id: UUID, action_id: UUID) -> tuple[Seat, Action]:
        _leader, seat = self.find_regimen(person_id)
        action = action_shown_to(seat, action_id)
        if action is None:
            raise NotFound
        return seat, action

    def find_action(self, person_id: UUID, action_id: UUID, *, to_change: bool = False) -> Action:
        seat, action = self.find_seat_and_action(person_id, action_id)
        if to_change:
            allowed = can_change_regimen(seat, domain=action.domain, private=action.private)
            demand(allowed, REGIMEN_IS_CHANGED_BY)
        return action


class ActionsView(OfRegimen):
    @extend_schema(
        operation_id="add_regimen_action",
        summary="Add an action for the next version",
        description="Sponsor and immediate leader; specialists in their own domain.",
        tags=TAGS,
        request=ActionBody,
        responses={201: ActionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_regimen(person_id)
        demand(can_change_goals(seat) or bool(seat.domains), REGIMEN_IS_CHANGED_BY)
        body = valid(ActionBody(data=request.data))
        step = step_of(body)
        made = done(lambda: services.add_action(leader, step, reason=body["reason"], by=self.member))
        return Response(ActionEntry(made).data, status=status.HTTP_201_CREATED)


class ActionView(OfAction):
    @extend_schema(operation_id="regimen_action", summary="One action", tags=TAGS, responses=ActionEntry)
    def get(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        return Response(ActionEntry(self.find_action(person_id, action_id)).data)

    @extend_schema(
        operation_id="change_regimen_action",
        summary="Change an action; it holds when the next version is published",
        tags=TAGS,
        request=ActionChange,
        responses={200: ActionEntry, **CHANGED_FIRST},
    )
    def put(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        action = self.find_action(person_id, action_id, to_change=True)
        body = valid(ActionChange(data=request.data))
        step = step_of(body)
        revision, reason = body["revision"], body["reason"]
        after = changed(
            lambda: services.change_action(action, step, revision=revision, reason=reason, by=self.member),
            ActionEntry,
        )
        return Response(ActionEntry(after).data)


class RemoveActionView(OfAction):
    @extend_schema(
        operation_id="remove_regimen_action",
        summary="Take an action out of the next version",
        tags=TAGS,
        request=Removal,
        responses={204: None, **CHANGED_FIRST},
    )
    def post(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        action = self.find_action(person_id, action_id, to_change=True)
        body = valid(Removal(data=request.data))
        changed(lambda: services.remove_action(action, **body, by=self.member), ActionEntry)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Progress(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=ActionState.choices)
    words = optional_words(1000, help_text="What came of it; needed when it is done or dropped.")
    link = serializers.URLField(
        max_length=500, required=False, allow_blank=True, default="", help_text="Where one can see it."
    )
    milestone = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Of the Passport, which it serves when it is done.",
    )


class ProgressView(OfAction):
    @extend_schema(
        operation_id="report_regimen_action",
        summary="Say how far an action is",
        tags=TAGS,
        request=Progress,
        responses={200: ActionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        action, body = self.find_action(person_id, action_id), valid(Progress(data=request.data))
        report = Report(ActionState(body["state"]), body["words"], body["link"], body["milestone"])
        after = done(lambda: report_progress(action, report, by=self.member))
        return Response(ActionEntry(after).data)
