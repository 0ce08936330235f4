"""Who leads, by profession and quarter."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import TAGS
from insights.critical_mass import who_leads
from insights.permissions import INSIGHTS_ARE_FOR, can_see_insights
from insights.queries.leadership import quarters_kept
from people.access import demand
from people.enums import Profession
from people.rest.views import MemberAPIView


class LeadingShareEntry(serializers.Serializer[Any]):
    """A part of a whole."""

    part = serializers.IntegerField(read_only=True)
    whole = serializers.IntegerField(read_only=True)
    value = serializers.FloatField(read_only=True, allow_null=True, help_text="0 to 1; null of nobody.")
    low = serializers.FloatField(read_only=True, allow_null=True, help_text="95 % interval, as is `high`.")
    high = serializers.FloatField(read_only=True, allow_null=True)


class LeadingHoursEntry(serializers.Serializer[Any]):
    """Hours a week for leading in the job plans of leaders."""

    n = serializers.IntegerField(read_only=True)
    mean = serializers.FloatField(read_only=True)
    low = serializers.FloatField(read_only=True, allow_null=True, help_text="95 % interval, as is `high`.")
    high = serializers.FloatField(read_only=True, allow_null=True)


class LeadershipEntry(serializers.Serializer[Any]):
    """One profession at the end of one quarter. What is of fewer than five people is null."""

    quarter = serializers.CharField(read_only=True, help_text="As 2026Q3.")
    profession = serializers.ChoiceField(choices=Profession.choices, read_only=True)
    leads = LeadingShareEntry(read_only=True, help_text="Of its staff: hold a position or lead somebody.")
    holds = LeadingShareEntry(read_only=True, help_text="Of its staff: hold a titled position.")
    of_positions = LeadingShareEntry(read_only=True, help_text="Of all who hold a titled position.")
    hours = LeadingHoursEntry(read_only=True, allow_null=True)
    hours_per_staff = serializers.FloatField(
        read_only=True,
        allow_null=True,
        help_text="Coaching and mentoring of a year, for 100 of the staff.",
    )
    developed = serializers.IntegerField(read_only=True, allow_null=True, help_text="People who were there.")


FIELDS = ("profession", "leads", "holds", "of_positions", "hours", "hours_per_staff", "developed")


class LeadershipView(MemberAPIView):
    @extend_schema(
        operation_id="insights_leadership",
        summary="Who leads, by profession and quarter, the oldest first",
        tags=TAGS,
        responses=LeadershipEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_see_insights(self.member), INSIGHTS_ARE_FOR)
        found = [
            {"quarter": quarter, **{name: getattr(row, name) for name in FIELDS}}
            for quarter, counted in quarters_kept().items()
            for row in who_leads(counted)
        ]
        return Response(LeadershipEntry(found, many=True).data)
