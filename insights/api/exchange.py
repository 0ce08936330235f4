"""Own figures beside those that partners signed."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import TAGS
from insights.enums import Measure
from insights.permissions import INSIGHTS_ARE_FOR, can_see_insights
from insights.queries.exchange import newest_letters, own_figures
from people.access import demand
from people.rest.views import MemberAPIView


class SharedFigureEntry(serializers.Serializer[Any]):
    """Of a whole organisation, with its 95 % interval: shares from 0 to 1, the index in points, scales from 1
    to 5. Nothing is told of fewer than ten."""

    measure = serializers.ChoiceField(choices=Measure.choices, read_only=True)
    group = serializers.CharField(read_only=True, help_text="A profession or a scale; empty: everybody.")
    period = serializers.CharField(read_only=True, help_text="A quarter, a month or a day.")
    n = serializers.IntegerField(read_only=True, help_text="People or positions behind it.")
    value = serializers.FloatField(read_only=True)
    low = serializers.FloatField(read_only=True)
    high = serializers.FloatField(read_only=True)


class OrganizationFiguresEntry(serializers.Serializer[Any]):
    organization = serializers.CharField(read_only=True)
    is_own = serializers.BooleanField(read_only=True)
    issued_on = serializers.DateField(
        read_only=True, allow_null=True, help_text="Of the partner's newest file; null of one's own."
    )
    figures = SharedFigureEntry(many=True, read_only=True)


class ExchangeView(MemberAPIView):
    @extend_schema(
        operation_id="insights_exchange",
        summary="What we would tell today, and the newest file of each partner",
        tags=TAGS,
        responses=OrganizationFiguresEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_see_insights(self.member), INSIGHTS_ARE_FOR)
        own = (self.organization.name, True, None, own_figures())
        theirs = [
            (letter.partner.name, False, letter.issued_on, figures) for letter, figures in newest_letters()
        ]
        names = ("organization", "is_own", "issued_on", "figures")
        told = [dict(zip(names, each, strict=True)) for each in (own, *theirs)]
        return Response(OrganizationFiguresEntry(told, many=True).data)
