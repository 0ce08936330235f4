"""The fairness report over the REST API: the cells of its page and file, nothing finer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.figures.fairness import ASPECTS, MEASURES, FairnessReport
from mentoring.permissions import FAIRNESS_IS_FOR, can_see_fairness
from mentoring.queries.fairness import outcomes_by_group, spread_of_mentees
from people.access import demand
from people.rest.views import MemberAPIView


class FairnessEntry(serializers.Serializer[Any]):
    """A coarse figure of a group of five people at least. `value` is null where `figure` says why."""

    aspect = serializers.ChoiceField(choices=list(ASPECTS), read_only=True)
    group = serializers.CharField(read_only=True)
    measure = serializers.ChoiceField(
        source="measure.key", choices=[each.key for each in MEASURES], read_only=True
    )
    definition = serializers.CharField(source="measure.definition", read_only=True)
    n = serializers.CharField(source="figure.n", read_only=True)
    figure = serializers.CharField(source="figure.words", read_only=True)
    interval = serializers.CharField(source="figure.interval", read_only=True)
    value = serializers.FloatField(source="figure.value", read_only=True, allow_null=True)
    low = serializers.FloatField(source="figure.low", read_only=True, allow_null=True)
    high = serializers.FloatField(source="figure.high", read_only=True, allow_null=True)


class FairnessView(MemberAPIView):
    @extend_schema(
        operation_id="mentoring_fairness",
        summary="What came of mentoring by group",
        description="For directors of all programmes, HR admins and executives.",
        tags=TAGS,
        responses=FairnessEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_see_fairness(self.member), FAIRNESS_IS_FOR)
        today = timezone.localdate()
        report = FairnessReport(outcomes_by_group(on=today), spread_of_mentees(on=today))
        return Response(FairnessEntry(report.cells(), many=True).data)
