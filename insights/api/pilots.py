"""Pilots, and what their outcomes say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import TAGS
from insights.difference import GroupChange
from insights.models import Pilot, PilotUnit
from insights.permissions import INSIGHTS_ARE_FOR, can_see_insights
from insights.pilot_enums import Arm, Better, Every, OutcomeKind, PilotState, Verdict
from insights.pilot_words import cautions, verdict_of
from insights.queries.pilots import Reading, outcomes_of, pilot_with, pilots, readings, units_of
from people.access import demand
from people.rest.views import MemberAPIView

MOST = 200


class PilotEntry(serializers.ModelSerializer[Pilot]):
    state = serializers.SerializerMethodField()

    class Meta:
        model = Pilot
        fields = ["id", "name", "tried", "starts_on", "ends_on", "state"]

    @extend_schema_field(serializers.ChoiceField(choices=PilotState.choices))
    def get_state(self, pilot: Pilot) -> Any:
        return pilot.state(timezone.localdate()).value


class PilotUnitEntry(serializers.ModelSerializer[PilotUnit]):
    unit = serializers.CharField(source="unit.name", read_only=True)
    arm = serializers.ChoiceField(choices=Arm.choices, read_only=True)

    class Meta:
        model = PilotUnit
        fields = ["unit_id", "unit", "arm", "named_on"]


class ArmEntry(serializers.Serializer[Any]):
    """Of the units with values on both sides, each counted once; means are null of no unit."""

    n = serializers.IntegerField(read_only=True)
    before = serializers.FloatField(read_only=True, allow_null=True)
    after = serializers.FloatField(read_only=True, allow_null=True)
    change = serializers.FloatField(read_only=True, allow_null=True)


class PilotOutcomeEntry(serializers.Serializer[Any]):
    """`difference`: how much more the pilot's units moved than the others, with Welch's 95 % interval over
    units; null where there is nothing to compare."""

    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=OutcomeKind.choices, read_only=True)
    measure = serializers.CharField(read_only=True, help_text="The unit of measure.")
    every = serializers.ChoiceField(choices=Every.choices, read_only=True)
    better = serializers.ChoiceField(choices=Better.choices, read_only=True)
    exploratory = serializers.BooleanField(read_only=True, help_text="Declared after the start.")
    declared_on = serializers.DateField(read_only=True)
    pilot = ArmEntry(read_only=True, allow_null=True)
    comparison = ArmEntry(read_only=True, allow_null=True)
    difference = serializers.FloatField(read_only=True, allow_null=True)
    low = serializers.FloatField(read_only=True, allow_null=True)
    high = serializers.FloatField(read_only=True, allow_null=True)
    verdict = serializers.ChoiceField(choices=Verdict.choices, read_only=True)
    left_out = serializers.IntegerField(
        read_only=True, help_text="Units without a value before or without one after."
    )
    hidden = serializers.IntegerField(read_only=True, help_text="Values of too few people, not counted.")


class PilotWithOutcomes(PilotEntry):
    units = serializers.SerializerMethodField()
    outcomes = serializers.SerializerMethodField()
    cautions = serializers.SerializerMethodField(help_text="What to mind in reading it.")

    class Meta(PilotEntry.Meta):
        fields = [*PilotEntry.Meta.fields, "units", "outcomes", "cautions"]

    @extend_schema_field(PilotUnitEntry(many=True))
    def get_units(self, pilot: Pilot) -> Any:
        return PilotUnitEntry(self.context["units"], many=True).data

    @extend_schema_field(PilotOutcomeEntry(many=True))
    def get_outcomes(self, pilot: Pilot) -> Any:
        return PilotOutcomeEntry(map(_outcome, self.context["readings"]), many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_cautions(self, pilot: Pilot) -> Any:
        return cautions(pilot, self.context["units"], self.context["readings"])


def _outcome(reading: Reading) -> dict[str, Any]:
    made = reading.difference
    contrast = made.contrast if made else None
    names = ("name", "kind", "measure", "every", "better", "exploratory", "declared_on")
    return {
        **{name: getattr(reading.outcome, name) for name in names},
        "pilot": _arm(made.pilot) if made else None,
        "comparison": _arm(made.comparison) if made else None,
        "difference": contrast.value if contrast else None,
        "low": contrast.low if contrast else None,
        "high": contrast.high if contrast else None,
        "verdict": verdict_of(reading).value,
        "left_out": made.left_out if made else 0,
        "hidden": reading.hidden,
    }


def _arm(group: GroupChange) -> dict[str, Any]:
    return {name: getattr(group, name) for name in ("n", "before", "after", "change")}


class PilotsView(MemberAPIView):
    @extend_schema(
        operation_id="pilots",
        summary="Pilots, the newest first; 200 at most",
        tags=TAGS,
        responses=PilotEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_see_insights(self.member), INSIGHTS_ARE_FOR)
        return Response(PilotEntry(pilots()[:MOST], many=True).data)


class PilotView(MemberAPIView):
    @extend_schema(
        operation_id="pilot",
        summary="One pilot: its units, and what each outcome says",
        tags=TAGS,
        responses=PilotWithOutcomes,
    )
    def get(self, request: Request, pilot_id: UUID) -> Response:
        demand(can_see_insights(self.member), INSIGHTS_ARE_FOR)
        pilot = pilot_with(pilot_id)
        if pilot is None:
            raise NotFound
        units = units_of(pilot)
        context = {"units": units, "readings": readings(pilot, outcomes_of(pilot), units)}
        return Response(PilotWithOutcomes(pilot, context=context).data)
