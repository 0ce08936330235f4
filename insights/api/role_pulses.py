"""Role pulses: every round with what was told of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import TAGS
from insights.enums import GroupedBy, Scale
from insights.permissions import INSIGHTS_ARE_FOR, can_see_insights
from insights.queries.role_pulses import figures_of_all, role_pulses
from insights.role_results import mean_of
from people.access import demand
from people.rest.views import MemberAPIView


class RolePulseFigureEntry(serializers.Serializer[Any]):
    """A mean of 1 to 5 with Student's 95 % interval. Of fewer than five nothing is told."""

    grouped_by = serializers.ChoiceField(choices=GroupedBy.choices, read_only=True)
    group = serializers.CharField(read_only=True, help_text="Empty: everybody who answered.")
    scale = serializers.ChoiceField(choices=Scale.choices, read_only=True)
    n = serializers.IntegerField(read_only=True)
    mean = serializers.FloatField(read_only=True)
    low = serializers.FloatField(read_only=True)
    high = serializers.FloatField(read_only=True)


class RolePulseEntry(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    opened_on = serializers.DateField(read_only=True)
    closes_on = serializers.DateField(read_only=True, help_text="The last day on which an answer counts.")
    closed_on = serializers.DateField(read_only=True, allow_null=True)
    asked = serializers.IntegerField(read_only=True)
    figures = RolePulseFigureEntry(many=True, read_only=True)


class RolePulsesView(MemberAPIView):
    @extend_schema(
        operation_id="role_pulses",
        summary="Every round, the newest first; figures once it is closed",
        tags=TAGS,
        responses=RolePulseEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_see_insights(self.member), INSIGHTS_ARE_FOR)
        told: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for each in figures_of_all():
            mean = mean_of(each)
            told[each.pulse_id].append(
                {
                    **{name: getattr(each, name) for name in ("grouped_by", "group", "scale")},
                    **{name: getattr(mean, name) for name in ("n", "mean", "low", "high")},
                }
            )
        names = ("id", "opened_on", "closes_on", "closed_on", "asked")
        rounds = [
            {**{name: getattr(each, name) for name in names}, "figures": told[each.pk]}
            for each in role_pulses()
        ]
        return Response(RolePulseEntry(rounds, many=True).data)
