"""The clinic's own quality figures over the REST API. No names, no words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import valid
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.overview import SponsoredQuestion
from sponsors.permissions import OVERVIEW_IS_FOR, can_see_overview
from sponsors.queries.quality import waits_of
from sponsors.waiting import Waiting


class WaitingEntry(serializers.Serializer[Any]):
    """How long leaders waited, in days, of the last year. All null of fewer than five."""

    n = serializers.IntegerField(read_only=True, allow_null=True, help_text="How many waits are over.")
    open = serializers.IntegerField(read_only=True, allow_null=True, help_text="How many still wait.")
    median = serializers.FloatField(read_only=True, allow_null=True)
    low = serializers.FloatField(read_only=True, allow_null=True, help_text="The first quartile.")
    high = serializers.FloatField(read_only=True, allow_null=True, help_text="The third quartile.")


class QualityEntry(serializers.Serializer[Any]):
    to_answer = WaitingEntry(read_only=True, help_text="From a question to its answer.")
    to_adjustment = WaitingEntry(read_only=True, help_text="From a diagnosis to the next plan.")
    as_of = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Counted in the night; null: just now."
    )


class QualityView(MemberAPIView):
    @extend_schema(
        operation_id="clinic_quality",
        summary="How long leaders wait for an answer, and for their plan to move",
        description="Over the leaders I answer for: programme directors, HR admins and executives.",
        tags=TAGS,
        parameters=[SponsoredQuestion],
        responses=QualityEntry,
    )
    def get(self, request: Request) -> Response:
        demand(can_see_overview(self.member), OVERVIEW_IS_FOR)
        cohort = valid(SponsoredQuestion(data=request.query_params)).get("cohort")
        waits = waits_of(self.member, cohort=cohort, on=timezone.localdate())
        told = {
            "to_answer": in_tenths(waits.to_answer),
            "to_adjustment": in_tenths(waits.to_adjustment),
            "as_of": waits.as_of,
        }
        return Response(QualityEntry(told).data)


def in_tenths(waiting: Waiting) -> dict[str, float | None]:
    """As exact as the page tells it."""
    return {name: None if days is None else round(days, 1) for name, days in asdict(waiting).items()}
