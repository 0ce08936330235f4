"""The key figures of the programmes over the REST API: the lines of the page and its file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.rest.views import MemberAPIView
from readiness.key_figures import Measure
from readiness.question import question_of
from readiness.told import told_to
from web.numbers import as_number


class NumberAsTold(serializers.FloatField):
    """What the page writes, as a number; null where there is none, or a bound in words."""

    def to_representation(self, value: str) -> float | None:  # type: ignore[override]  # told in words
        number = as_number(value) if value else ""
        return float(number) if isinstance(number, Decimal) else None


class KeyFigureEntry(serializers.Serializer[Any]):
    """A line of the page."""

    measure = serializers.ChoiceField(choices=Measure.choices, read_only=True)
    about = serializers.CharField(read_only=True, help_text="Whom, and of which years or quarter.")
    n = NumberAsTold(read_only=True, allow_null=True)
    value = NumberAsTold(read_only=True, allow_null=True)
    low = NumberAsTold(read_only=True, allow_null=True, help_text="95 % interval, as is `high`.")
    high = NumberAsTold(read_only=True, allow_null=True)
    words = serializers.CharField(
        source="value", read_only=True, help_text="The value as the page writes it."
    )
    note = serializers.CharField(read_only=True, help_text="Why there is no value.")
    definition = serializers.CharField(read_only=True)


class KeyFiguresView(MemberAPIView):
    @extend_schema(
        operation_id="key_figures",
        summary="Retention, promotion velocity and satisfaction",
        description="For programme directors, HR admins and executives. Nothing of fewer than five people.",
        tags=["Readiness"],
        parameters=[
            OpenApiParameter(name, str, description="As in the address of the dashboard.")
            for name in ("cohort", "specialty", "site")
        ],
        responses=KeyFigureEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        lines = told_to(question_of(self.member, request.query_params)).lines
        return Response(KeyFigureEntry(lines, many=True).data)
