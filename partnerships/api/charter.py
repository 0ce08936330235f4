"""What partners agree on, and when they met, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.entries import MatterEntry, MeetingEntry, SharedGoalEntry
from partnerships.api.partnerships import OfPartnership
from partnerships.enums import Decider, GoalState
from partnerships.models import Meeting
from partnerships.models.meetings import LONGEST
from partnerships.permissions import CHARTER_IS_FOR, can_read_charter, is_partner
from partnerships.queries.partnerships import goals_of, meetings_of, responsibilities_of
from partnerships.services.charter import agree_who_decides, drop_matter, finish_goal, set_goal
from partnerships.services.meetings import log_meeting, strike_meeting
from people.access import demand
from people.rest.answers import MOVED, done, optional_words, valid, words
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView


class NewMatter(serializers.Serializer[Any]):
    matter = words(200, help_text="For example new posts, theatre times, complaints.")
    decider = serializers.ChoiceField(choices=Decider.choices)


class MattersView(OfPartnership):
    @extend_schema(
        operation_id="agree_who_decides",
        summary="Agree who has the last word in a matter, as a partner",
        tags=TAGS,
        request=NewMatter,
        responses={201: MatterEntry, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID) -> Response:
        found, body = self.find_as_partner(partnership_id), valid(NewMatter(data=request.data))
        decider = Decider(body["decider"])
        made = done(lambda: agree_who_decides(found, body["matter"], decider, by=self.member))
        return Response(MatterEntry(made).data, status=status.HTTP_201_CREATED)


class MatterView(OfPartnership):
    @extend_schema(
        operation_id="drop_matter",
        summary="Take a matter away that is no longer agreed on, as a partner",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, partnership_id: UUID, matter_id: UUID) -> Response:
        found = self.find_as_partner(partnership_id)
        matter = get_object_or_404(responsibilities_of(found).select_related("partnership"), pk=matter_id)
        done(lambda: drop_matter(matter, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class NewSharedGoal(serializers.Serializer[Any]):
    title = words(200, help_text="One thing that neither reaches alone.")
    due_on = serializers.DateField(help_text="A day to come.")


class GoalsView(OfPartnership):
    @extend_schema(
        operation_id="set_shared_goal",
        summary="Set a goal to reach together, as a partner",
        tags=TAGS,
        request=NewSharedGoal,
        responses={201: SharedGoalEntry, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID) -> Response:
        found, body = self.find_as_partner(partnership_id), valid(NewSharedGoal(data=request.data))
        made = done(lambda: set_goal(found, **body, by=self.member))
        return Response(SharedGoalEntry(made).data, status=status.HTTP_201_CREATED)


class SharedGoalState(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=GoalState.choices)


class GoalView(OfPartnership):
    @extend_schema(
        operation_id="finish_shared_goal",
        summary="Say that a goal is reached, dropped, or under way again, as a partner",
        tags=TAGS,
        request=SharedGoalState,
        responses={200: SharedGoalEntry, **MOVED},
    )
    def put(self, request: Request, partnership_id: UUID, goal_id: UUID) -> Response:
        found = self.find_as_partner(partnership_id)
        goal = get_object_or_404(goals_of(found).select_related("partnership"), pk=goal_id)
        state = GoalState(valid(SharedGoalState(data=request.data))["state"])
        return Response(SharedGoalEntry(done(lambda: finish_goal(goal, state, by=self.member))).data)


class NewMeeting(serializers.Serializer[Any]):
    held_on = serializers.DateField(help_text="Today at the latest.")
    minutes = serializers.IntegerField(min_value=5, max_value=LONGEST)
    words = optional_words(200, help_text="In one line; only the partners read it.")


class MeetingPages(KeysetPages):
    ordering = ("-held_on", "id")


class MeetingsView(OfPartnership, MemberListAPIView):
    serializer_class = MeetingEntry
    pagination_class = MeetingPages

    def get_queryset(self) -> QuerySet[Meeting]:
        found = self.find(self.kwargs["partnership_id"])
        demand(can_read_charter(self.member, found), CHARTER_IS_FOR)
        self.is_partner = is_partner(self.member, found.partner_ids)
        return meetings_of(found)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "is_partner": self.is_partner}

    @extend_schema(
        operation_id="partnership_meetings",
        summary="When the partners met",
        description="For the partners, HR admins and executives.",
        tags=TAGS,
    )
    def get(self, request: Request, partnership_id: UUID) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="log_partnership_meeting",
        summary="Log a meeting that took place, as a partner",
        tags=TAGS,
        request=NewMeeting,
        responses={201: MeetingEntry, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID) -> Response:
        found, body = self.find_as_partner(partnership_id), valid(NewMeeting(data=request.data))
        made = done(lambda: log_meeting(found, **body, by=self.member))
        entry = MeetingEntry(made, context={"is_partner": True})
        return Response(entry.data, status=status.HTTP_201_CREATED)


class MeetingView(OfPartnership):
    @extend_schema(
        operation_id="strike_partnership_meeting",
        summary="Take away a meeting that was logged by mistake, as a partner",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, partnership_id: UUID, meeting_id: UUID) -> Response:
        found = self.find_as_partner(partnership_id)
        meeting = get_object_or_404(meetings_of(found).select_related("partnership"), pk=meeting_id)
        done(lambda: strike_meeting(meeting, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)
