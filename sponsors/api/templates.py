"""Templates to begin a regimen with, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, done
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.plan_entries import GoalEntry
from sponsors.api.regimens import OfRegimen
from sponsors.enums import ActionKind, Domain, Outcome
from sponsors.permissions import REGIMEN_IS_CHANGED_BY, can_change_goals
from sponsors.regimen_templates import TEMPLATES, TemplateAction, template_of
from sponsors.services.templates import begin_with_template


class TemplateActionEntry(serializers.Serializer[Any]):
    """`begins` and `lasts` in days from the day the plan is begun."""

    title = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=ActionKind.choices, read_only=True)
    need = serializers.CharField(read_only=True)
    domain = serializers.SerializerMethodField()
    hours = serializers.IntegerField(read_only=True)
    begins = serializers.IntegerField(read_only=True)
    lasts = serializers.IntegerField(read_only=True)
    evidence = serializers.CharField(read_only=True)

    @extend_schema_field(serializers.ChoiceField(choices=Domain.choices, allow_null=True))
    def get_domain(self, action: TemplateAction) -> str | None:
        return action.domain


class TemplateGoalEntry(serializers.Serializer[Any]):
    title = serializers.CharField(read_only=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, read_only=True)
    actions = TemplateActionEntry(many=True, read_only=True)


class RegimenTemplateEntry(serializers.Serializer[Any]):
    """A start, never the result: as it came it is not published."""

    key = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    fits = serializers.CharField(read_only=True, help_text="For whom it may fit.")
    goals = TemplateGoalEntry(many=True, read_only=True)


class RegimenTemplatesView(MemberAPIView):
    @extend_schema(
        operation_id="regimen_templates",
        summary="Plans to begin with",
        tags=TAGS,
        responses=RegimenTemplateEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(RegimenTemplateEntry(list(TEMPLATES), many=True).data)


class BeginView(OfRegimen):
    @extend_schema(
        operation_id="begin_regimen_with_template",
        summary="Begin a leader's plan with a template, where there is none yet",
        tags=TAGS,
        request=None,
        responses={201: GoalEntry(many=True), **MOVED},
    )
    def post(self, request: Request, person_id: UUID, key: str) -> Response:
        leader, seat = self.find_regimen(person_id)
        demand(can_change_goals(seat), REGIMEN_IS_CHANGED_BY)
        template = template_of(key)
        if template is None:
            raise NotFound
        made = done(lambda: begin_with_template(leader, template, by=self.member))
        return Response(GoalEntry(made, many=True).data, status=status.HTTP_201_CREATED)
