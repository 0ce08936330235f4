"""Satisfaction with mentorships over the REST API: figures about many, never one person's rating."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.permissions import SATISFACTION_IS_FOR, can_see_satisfaction
from mentoring.queries.satisfaction import satisfaction_index
from mentoring.satisfaction import Told
from people.access import demand
from people.rest.views import MemberAPIView
from surveys.coding import Bound


class ToldEntry(serializers.Serializer[Told]):
    """A figure over five people at least."""

    people = serializers.IntegerField(read_only=True)
    mean = serializers.FloatField(read_only=True)
    bound = serializers.SerializerMethodField(help_text='"or_more" or "or_fewer" for a bound; else empty.')
    low = serializers.FloatField(read_only=True, allow_null=True)
    high = serializers.FloatField(read_only=True, allow_null=True)
    favourable = serializers.SerializerMethodField(
        help_text="Between which shares it lies, twice the same where it is exact; null where not told."
    )

    def get_bound(self, told: Told) -> str:
        return "" if told.bound == Bound.EXACT else Bound(told.bound).name.lower()

    def get_favourable(self, told: Told) -> list[float] | None:
        return None if told.share is None else list(told.share)


class SatisfactionEntry(serializers.Serializer[Any]):
    """The satisfaction index of a quarter; a side that is not told is null."""

    quarter = serializers.CharField(read_only=True)
    mentees = ToldEntry(read_only=True, allow_null=True)
    mentors = ToldEntry(read_only=True, allow_null=True)


class SatisfactionView(MemberAPIView):
    @extend_schema(
        operation_id="mentoring_satisfaction",
        summary="Satisfaction with mentorships by quarter",
        description="For programme directors, HR admins and executives.",
        tags=TAGS,
        responses=SatisfactionEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_see_satisfaction(self.member), SATISFACTION_IS_FOR)
        index = satisfaction_index(on=timezone.localdate())
        return Response(SatisfactionEntry(index, many=True).data)
