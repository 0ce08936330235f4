"""Obstacles over the REST API: raised, handed on, removed; and what the report tells."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, colleague, done, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.charts import OfLeader
from sponsors.enums import ObstacleAct, ObstacleKind, ObstacleState
from sponsors.models import Obstacle, ObstacleStep
from sponsors.permissions import (
    OBSTACLE_IS_KEPT_BY,
    OBSTACLE_REPORT_IS_FOR,
    OBSTACLES_ARE_FOR,
    can_keep_obstacle,
    can_see_obstacle_report,
)
from sponsors.queries.obstacle_report import obstacle_report
from sponsors.queries.obstacles import (
    obstacle_visible_to,
    obstacles_shown_to,
    obstacles_to_remove,
    steps_of,
)
from sponsors.services.obstacles import (
    Raised,
    change_obstacle,
    close_obstacle,
    raise_obstacle,
    reopen_obstacle,
)

MOST = 200


class ObstacleEntry(serializers.ModelSerializer[Obstacle]):
    leader = ColleagueEntry(read_only=True)
    kind = serializers.ChoiceField(choices=ObstacleKind.choices, read_only=True)
    private = serializers.BooleanField(
        read_only=True, help_text="Between leader and sponsor, and whoever removes it."
    )
    raised_by = ColleagueEntry(read_only=True)
    owner = ColleagueEntry(read_only=True)
    state = serializers.ChoiceField(choices=ObstacleState.choices, read_only=True)

    class Meta:
        model = Obstacle
        fields = [
            *("id", "leader", "kind", "words", "private", "raised_by", "raised_on", "owner", "due_on"),
            *("state", "over_on"),
        ]


class ObstacleStepEntry(serializers.ModelSerializer[ObstacleStep]):
    """What was done, with owner and day as they were from then on."""

    act = serializers.ChoiceField(choices=ObstacleAct.choices, read_only=True)
    by = ColleagueEntry(read_only=True)
    owner = ColleagueEntry(read_only=True)

    class Meta:
        model = ObstacleStep
        fields = ["act", "by", "at", "owner", "due_on", "words"]


class ObstacleHistoryEntry(ObstacleEntry):
    steps = serializers.SerializerMethodField()

    class Meta(ObstacleEntry.Meta):
        fields = [*ObstacleEntry.Meta.fields, "steps"]

    @extend_schema_field(ObstacleStepEntry(many=True))
    def get_steps(self, obstacle: Obstacle) -> Any:
        return ObstacleStepEntry(steps_of(obstacle), many=True).data


class ObstacleBody(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ObstacleKind.choices)
    words = words(300, help_text="What stands in the way.")
    owner = serializers.UUIDField(help_text="A colleague who can remove it.")
    due_on = serializers.DateField()
    private = serializers.BooleanField(
        default=False, help_text="Between leader and sponsor, who alone may say so."
    )


class ObstaclesView(OfLeader):
    @extend_schema(
        operation_id="leaders_obstacles",
        summary="What stands in a leader's way, what is open first; 200 at most",
        tags=TAGS,
        responses=ObstacleEntry(many=True),
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        _leader, seat = self.find(person_id)
        demand(seat.is_in_team, OBSTACLES_ARE_FOR)
        return Response(ObstacleEntry(obstacles_shown_to(seat)[:MOST], many=True).data)

    @extend_schema(
        operation_id="raise_obstacle",
        summary="Raise an obstacle, as the leader or the team; its owner is asked",
        tags=TAGS,
        request=ObstacleBody,
        responses={201: ObstacleEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(seat.is_in_team, OBSTACLES_ARE_FOR)
        body = valid(ObstacleBody(data=request.data))
        raised = Raised(
            kind=ObstacleKind(body["kind"]),
            words=body["words"],
            owner=colleague("owner", body["owner"]),
            due_on=body["due_on"],
            private=body["private"],
        )
        made = done(lambda: raise_obstacle(leader, raised, by=self.member))
        return Response(ObstacleEntry(made).data, status=status.HTTP_201_CREATED)


class OwnObstaclesView(MemberAPIView):
    @extend_schema(
        operation_id="obstacles_to_remove",
        summary="What I am asked to remove, the most urgent first; 200 at most",
        tags=TAGS,
        responses=ObstacleEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(ObstacleEntry(obstacles_to_remove(self.member.person_id)[:MOST], many=True).data)


class OfObstacle(MemberAPIView):
    """An endpoint of one obstacle that the member may read; 404 for every other."""

    def find_obstacle(self, obstacle_id: UUID, *, to_change: bool = False) -> Obstacle:
        found = obstacle_visible_to(self.member, obstacle_id, on=timezone.localdate())
        if found is None:
            raise NotFound
        obstacle, seat = found
        if to_change:
            demand(can_keep_obstacle(seat, obstacle), OBSTACLE_IS_KEPT_BY)
        return obstacle


class ObstacleView(OfObstacle):
    @extend_schema(
        operation_id="obstacle",
        summary="One obstacle with its history",
        tags=TAGS,
        responses=ObstacleHistoryEntry,
    )
    def get(self, request: Request, obstacle_id: UUID) -> Response:
        return Response(ObstacleHistoryEntry(self.find_obstacle(obstacle_id)).data)


class ObstacleChange(serializers.Serializer[Any]):
    owner = serializers.UUIDField()
    due_on = serializers.DateField()
    words = words(300, help_text="Why.")


class ChangeObstacleView(OfObstacle):
    @extend_schema(
        operation_id="change_obstacle",
        summary="Name another owner or another day; a new owner is asked",
        tags=TAGS,
        request=ObstacleChange,
        responses={200: ObstacleEntry, **MOVED},
    )
    def post(self, request: Request, obstacle_id: UUID) -> Response:
        found = self.find_obstacle(obstacle_id, to_change=True)
        body = valid(ObstacleChange(data=request.data))
        owner = colleague("owner", body["owner"])
        after = done(
            lambda: change_obstacle(
                found, owner=owner, due_on=body["due_on"], words=body["words"], by=self.member
            )
        )
        return Response(ObstacleEntry(after).data)


class ObstacleEnd(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in (ObstacleState.REMOVED, ObstacleState.ACCEPTED)]
    )
    words = words(300, help_text="How it was removed, or why it stays.")


class CloseObstacleView(OfObstacle):
    @extend_schema(
        operation_id="close_obstacle",
        summary="Say that an obstacle is removed, or accepted as it is",
        tags=TAGS,
        request=ObstacleEnd,
        responses={200: ObstacleEntry, **MOVED},
    )
    def post(self, request: Request, obstacle_id: UUID) -> Response:
        found = self.find_obstacle(obstacle_id, to_change=True)
        body = valid(ObstacleEnd(data=request.data))
        state = ObstacleState(body["state"])
        after = done(lambda: close_obstacle(found, state=state, words=body["words"], by=self.member))
        return Response(ObstacleEntry(after).data)


class ObstacleReturn(serializers.Serializer[Any]):
    due_on = serializers.DateField()
    words = words(300, help_text="Why.")


class ReopenObstacleView(OfObstacle):
    @extend_schema(
        operation_id="reopen_obstacle",
        summary="Say that an obstacle is there again",
        tags=TAGS,
        request=ObstacleReturn,
        responses={200: ObstacleEntry, **MOVED},
    )
    def post(self, request: Request, obstacle_id: UUID) -> Response:
        found = self.find_obstacle(obstacle_id, to_change=True)
        body = valid(ObstacleReturn(data=request.data))
        after = done(lambda: reopen_obstacle(found, **body, by=self.member))
        return Response(ObstacleEntry(after).data)


class ObstacleLineEntry(serializers.Serializer[Any]):
    """A kind or a unit; `others`: what is told together in it."""

    name = serializers.CharField(read_only=True)
    others = serializers.ListField(child=serializers.CharField(), read_only=True)
    leaders = serializers.IntegerField(source="tally.leaders", read_only=True)
    open = serializers.IntegerField(source="tally.open", read_only=True)
    overdue = serializers.IntegerField(source="tally.overdue", read_only=True)
    removed = serializers.IntegerField(source="tally.removed", read_only=True)
    accepted = serializers.IntegerField(source="tally.accepted", read_only=True)


class ObstacleReportEntry(serializers.Serializer[Any]):
    by_kind = ObstacleLineEntry(many=True, read_only=True)
    by_unit = ObstacleLineEntry(many=True, read_only=True)
    as_of = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Counted in the night; null: just now."
    )


class ObstacleReportView(MemberAPIView):
    @extend_schema(
        operation_id="obstacle_report",
        summary="What stands in leaders' way, by kind and by unit",
        description="Kinds and units of fewer than five leaders are told together; no private ones.",
        tags=TAGS,
        responses=ObstacleReportEntry,
    )
    def get(self, request: Request) -> Response:
        demand(can_see_obstacle_report(self.member), OBSTACLE_REPORT_IS_FOR)
        return Response(ObstacleReportEntry(obstacle_report(self.member, on=timezone.localdate())).data)
