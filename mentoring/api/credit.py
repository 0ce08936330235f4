"""Credit, award and the figures of a year over the REST API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.accreditation import figures_for
from mentoring.api import TAGS
from mentoring.award import Standing, standings_in
from mentoring.credit import Credit
from mentoring.permissions import ACCREDITATION_IS_FOR, CREDIT_IS_FOR, can_see_accreditation, can_see_credit
from people.access import demand
from people.rest.views import MemberAPIView

YEARS = (2000, 2100)


class CreditEntry(serializers.Serializer[Any]):
    """A mentor's year."""

    mentor = serializers.UUIDField(source="year.person.pk", read_only=True)
    name = serializers.CharField(source="year.person.name", read_only=True)
    mentees = serializers.IntegerField(source="year.mentees", read_only=True)
    months = serializers.IntegerField(source="year.credit.months", read_only=True)
    hours = serializers.SerializerMethodField()
    percent_fte = serializers.SerializerMethodField()
    points = serializers.SerializerMethodField()
    qualifies_for_award = serializers.BooleanField(source="qualifies", read_only=True)
    why_not = serializers.ListField(child=serializers.CharField(), read_only=True)
    eligible_for_grant = serializers.BooleanField(source="grant", read_only=True)

    def get_hours(self, standing: Standing) -> float:
        return float(self._credit(standing).hours)

    def get_percent_fte(self, standing: Standing) -> float:
        return float(self._credit(standing).percent_fte)

    def get_points(self, standing: Standing) -> float:
        return float(self._credit(standing).points)

    def _credit(self, standing: Standing) -> Credit:
        return standing.year.credit


class FigureEntry(serializers.Serializer[Any]):
    """A count and what it is out of."""

    figure = serializers.CharField(source="label", read_only=True)
    count = serializers.IntegerField(read_only=True)
    of = serializers.IntegerField(read_only=True, allow_null=True)


YEAR = OpenApiParameter("year", OpenApiTypes.INT, OpenApiParameter.PATH)


def known_year(year: int) -> int:
    """404 for a year that is none of ours."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise NotFound
    return year


class CreditView(MemberAPIView):
    @extend_schema(
        operation_id="mentoring_credit",
        summary="Credit of everybody who mentored in a year, by name",
        description="For HR admins and directors of all programmes. There is no rank.",
        tags=TAGS,
        parameters=[YEAR],
        responses=CreditEntry(many=True),
    )
    def get(self, request: Request, year: int) -> Response:
        demand(can_see_credit(self.member), CREDIT_IS_FOR)
        standings = standings_in(known_year(year), on=timezone.localdate())
        return Response(CreditEntry(standings, many=True).data)


class AccreditationView(MemberAPIView):
    @extend_schema(
        operation_id="mentoring_figures",
        summary="Figures of a year for accreditation",
        description="For programme directors, HR admins and executives.",
        tags=TAGS,
        parameters=[YEAR],
        responses=FigureEntry(many=True),
    )
    def get(self, request: Request, year: int) -> Response:
        demand(can_see_accreditation(self.member), ACCREDITATION_IS_FOR)
        figures = figures_for(known_year(year), on=timezone.localdate())
        return Response(FigureEntry(figures, many=True).data)
