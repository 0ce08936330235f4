"""Selections to read: where each is, its log, and the slate for whoever takes part. Votes and scores are in
no answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from succession.api import TAGS
from succession.enums import SelectionStep, StandingState
from succession.models import Selection, SelectionEvent, Standing
from succession.permissions import can_see_selection
from succession.queries.selections import (
    events_of,
    seat_in,
    selection_with,
    selections,
    standings_of,
)
from succession.selection_words import facts_of

MOST = 200


class SelectionEntry(serializers.ModelSerializer[Selection]):
    position = serializers.CharField(source="position.title", read_only=True)
    unit = serializers.CharField(source="unit.name", read_only=True, help_text="Whose staff set the slate.")
    asked = serializers.IntegerField(read_only=True, allow_null=True, help_text="On the frozen roll.")
    voted = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="In the ballot that gave the slate."
    )

    class Meta:
        model = Selection
        fields = [
            *("id", "position_id", "position", "unit", "cause", "state", "opened_on", "closes_on"),
            *("asked", "voted", "slate_size", "coverage", "quorum", "criteria"),
        ]


class LogEntry(serializers.ModelSerializer[SelectionEvent]):
    step = serializers.ChoiceField(choices=SelectionStep.choices, read_only=True)
    words = serializers.SerializerMethodField()

    class Meta:
        model = SelectionEvent
        fields = ["on", "step", "words"]

    def get_words(self, event: SelectionEvent) -> str:
        return facts_of(event)


class SlateEntry(serializers.ModelSerializer[Standing]):
    person = ColleagueEntry(read_only=True)
    by_half = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="Half or more of those who voted approved."
    )

    class Meta:
        model = Standing
        fields = ["person", "by_half", "says"]


class SelectionWithLog(SelectionEntry):
    log = serializers.SerializerMethodField()
    slate = serializers.SerializerMethodField(
        help_text="For the staff, who stands, the panel, the incumbent, HR and executives; null for others."
    )

    class Meta(SelectionEntry.Meta):
        fields = [*SelectionEntry.Meta.fields, "log", "slate"]

    @extend_schema_field(LogEntry(many=True))
    def get_log(self, selection: Selection) -> Any:
        return LogEntry(events_of(selection), many=True).data

    @extend_schema_field(SlateEntry(many=True, allow_null=True))
    def get_slate(self, selection: Selection) -> Any:
        if not self.context["may_see"]:
            return None
        return SlateEntry(standings_of(selection).filter(state=StandingState.ON_SLATE), many=True).data


class SelectionsView(MemberAPIView):
    @extend_schema(
        operation_id="succession_selections",
        summary="Selections, the running ones first",
        tags=TAGS,
        responses=SelectionEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(SelectionEntry(selections()[:MOST], many=True).data)


class SelectionView(MemberAPIView):
    @extend_schema(
        operation_id="succession_selection",
        summary="One selection with its log, and its slate for whoever takes part",
        tags=TAGS,
        responses=SelectionWithLog,
    )
    def get(self, request: Request, selection_id: UUID) -> Response:
        found = selection_with(selection_id)
        if found is None:
            raise NotFound
        seat = seat_in(found, self.member.person_id, on=timezone.localdate())
        context = {"may_see": can_see_selection(self.member, seat)}
        return Response(SelectionWithLog(found, context=context).data)
