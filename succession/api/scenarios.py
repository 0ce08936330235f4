"""The years to come: simulated, and kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, RefusedValues, done, valid, words_on_one_line
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from succession.api import TAGS
from succession.api.exceptions import position_named
from succession.models import Scenario
from succession.permissions import SUCCESSION_IS_WATCHED_BY, watches_succession
from succession.services.scenarios import Question, simulate

MOST = 200


class ScenarioEntry(serializers.ModelSerializer[Scenario]):
    """`position_id` and `leaves_on`: who leaves when, where that was asked."""

    made_by = ColleagueEntry(read_only=True)

    class Meta:
        model = Scenario
        fields = ["id", "title", "position_id", "leaves_on", "made_by", "made_at", "start", "runs", "seed"]


class QuantilesEntry(serializers.Serializer[Any]):
    """Numbers of positions at the end of each quarter from `start` on."""

    low = serializers.ListField(child=serializers.IntegerField(), help_text="5 % of the runs are below.")
    median = serializers.ListField(child=serializers.IntegerField())
    high = serializers.ListField(child=serializers.IntegerField(), help_text="5 % of the runs are above.")


class OutlookEntry(serializers.Serializer[Any]):
    vacancies = QuantilesEntry(read_only=True, help_text="Positions that fall vacant.")
    unfilled = QuantilesEntry(read_only=True, help_text="Positions that nobody from the bench fills.")


class OftenUnfilledEntry(serializers.Serializer[Any]):
    position_id = serializers.UUIDField(read_only=True)
    planned = serializers.FloatField(read_only=True, help_text="Share of the runs, 0 to 1.")
    asked = serializers.FloatField(read_only=True, allow_null=True, help_text="The same if they leave.")


class ScenarioWithFigures(ScenarioEntry):
    planned = serializers.SerializerMethodField()
    asked = serializers.SerializerMethodField(help_text="Null: nobody was asked about.")
    often = serializers.SerializerMethodField(help_text="What the question changes most, then most often.")

    class Meta(ScenarioEntry.Meta):
        fields = [*ScenarioEntry.Meta.fields, "planned", "asked", "often"]

    @extend_schema_field(OutlookEntry)
    def get_planned(self, scenario: Scenario) -> Any:
        return _outlook(scenario.figures["planned"])

    @extend_schema_field(OutlookEntry(allow_null=True))
    def get_asked(self, scenario: Scenario) -> Any:
        asked = scenario.figures["asked"]
        return None if asked is None else _outlook(asked)

    @extend_schema_field(OftenUnfilledEntry(many=True))
    def get_often(self, scenario: Scenario) -> Any:
        names = ("position_id", "planned", "asked")
        return [dict(zip(names, row, strict=True)) for row in scenario.figures["often"]]


def _outlook(told: dict[str, list[list[int]]]) -> dict[str, dict[str, list[int]]]:
    names = ("low", "median", "high")
    return {key: dict(zip(names, quantiles, strict=True)) for key, quantiles in told.items()}


class ScenarioBody(serializers.Serializer[Any]):
    title = words_on_one_line(120)
    position = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="What if whoever holds it leaves."
    )
    leaves_on = serializers.DateField(required=False, allow_null=True, default=None)


def kept_scenarios() -> QuerySet[Scenario]:
    return Scenario.objects.select_related("made_by").order_by("-made_at", "pk")


class ScenariosView(MemberAPIView):
    @extend_schema(
        operation_id="scenarios",
        summary="What was simulated, the latest first; 200 at most",
        tags=TAGS,
        responses=ScenarioEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(watches_succession(self.member), SUCCESSION_IS_WATCHED_BY)
        return Response(ScenarioEntry(kept_scenarios().defer("figures")[:MOST], many=True).data)

    @extend_schema(
        operation_id="simulate_years",
        summary="Simulate eight years, as planned or if somebody leaves; takes a second or two",
        tags=TAGS,
        request=ScenarioBody,
        responses={201: ScenarioWithFigures, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(watches_succession(self.member), SUCCESSION_IS_WATCHED_BY)
        body = valid(ScenarioBody(data=request.data))
        if (body["position"] is None) != (body["leaves_on"] is None):
            missing = "leaves_on" if body["position"] else "position"
            raise RefusedValues({missing: [_("Name both the position and the day, or neither.")]})
        if body["position"] is not None:
            body["position"] = position_named("position", body["position"])
        made = done(lambda: simulate(Question(**body), by=self.member))
        return Response(ScenarioWithFigures(made).data, status=status.HTTP_201_CREATED)


class ScenarioView(MemberAPIView):
    @extend_schema(
        operation_id="scenario",
        summary="One simulation, with its quantiles by quarter",
        tags=TAGS,
        responses=ScenarioWithFigures,
    )
    def get(self, request: Request, scenario_id: UUID) -> Response:
        demand(watches_succession(self.member), SUCCESSION_IS_WATCHED_BY)
        return Response(ScenarioWithFigures(get_object_or_404(kept_scenarios(), pk=scenario_id)).data)
