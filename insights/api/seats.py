"""How positions are set up."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import TAGS
from insights.enums import Lack
from insights.permissions import INSIGHTS_ARE_FOR, can_see_insights
from insights.queries.seats import lines_in_force, seats
from insights.set_up import is_warned_of, lacks_of
from people.access import demand
from people.rest.views import MemberAPIView


class HeldPositionEntry(serializers.Serializer[Any]):
    """A position that is held, and what its holder was not given."""

    position_id = serializers.UUIDField(read_only=True)
    title = serializers.CharField(read_only=True)
    unit = serializers.CharField(read_only=True)
    since = serializers.DateField(read_only=True)
    interim = serializers.BooleanField(read_only=True)
    hours = serializers.FloatField(
        read_only=True, allow_null=True, help_text="A week, for leading; null: no job plan says it."
    )
    reports = serializers.IntegerField(
        read_only=True, help_text="People whose immediate leader its holder is."
    )
    lacks = serializers.ListField(child=serializers.ChoiceField(choices=Lack.choices), read_only=True)
    is_warned = serializers.BooleanField(read_only=True)


class SetUpView(MemberAPIView):
    @extend_schema(
        operation_id="insights_set_up",
        summary="How positions are set up: time, span, partner, onboarding and sponsor of whoever holds them",
        tags=TAGS,
        responses=HeldPositionEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_see_insights(self.member), INSIGHTS_ARE_FOR)
        rule, found = lines_in_force(), []
        for seat in seats(on=timezone.localdate()):
            lacks = lacks_of(seat, rule)
            own = {name: getattr(seat, name) for name in SEAT_FIELDS}
            found.append({**own, "lacks": lacks, "is_warned": is_warned_of(lacks, rule)})
        return Response(HeldPositionEntry(found, many=True).data)


SEAT_FIELDS = ("position_id", "title", "unit", "since", "interim", "hours", "reports")
