"""How many leaders have a primary sponsor, and who has none, over the REST API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Person
from people.rest.answers import valid
from people.rest.entries import ShareEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from sponsors.api import TAGS
from sponsors.permissions import OVERVIEW_IS_FOR, can_see_leaders_without, can_see_overview
from sponsors.queries.sponsorship_overview import sponsored_of
from sponsors.queries.sponsorships import leaders_without_sponsor


class SponsoredQuestion(serializers.Serializer[Any]):
    cohort = serializers.UUIDField(required=False, help_text="All that I answer for unless named.")


class LoadEntry(serializers.Serializer[Any]):
    """Of those who sponsor here: their places, how many are taken, and who has none left."""

    sponsors = serializers.IntegerField(read_only=True)
    places = serializers.IntegerField(read_only=True)
    taken = serializers.IntegerField(read_only=True)
    full = serializers.IntegerField(read_only=True)


class SponsoredEntry(serializers.Serializer[Any]):
    with_sponsor = ShareEntry(read_only=True)
    load = LoadEntry(read_only=True)
    as_of = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Counted in the night; null: just now."
    )


class SponsoredView(MemberAPIView):
    @extend_schema(
        operation_id="leaders_with_sponsor",
        summary="The share of leaders with a primary sponsor, and the load of sponsors",
        tags=TAGS,
        parameters=[SponsoredQuestion],
        responses=SponsoredEntry,
    )
    def get(self, request: Request) -> Response:
        demand(can_see_overview(self.member), OVERVIEW_IS_FOR)
        asked, today = valid(SponsoredQuestion(data=request.query_params)), timezone.localdate()
        return Response(SponsoredEntry(sponsored_of(self.member, **asked, on=today)).data)


class UnsponsoredEntry(serializers.ModelSerializer[Person]):
    """Somebody whom nobody sponsors; `has_asked`: a sponsor has still to answer."""

    name = serializers.CharField(read_only=True)
    unit = serializers.CharField(source="unit.name", read_only=True)
    has_asked = serializers.BooleanField(read_only=True)

    class Meta:
        model = Person
        fields = ["id", "name", "unit", "career_stage", "has_asked"]


class UnsponsoredPages(KeysetPages):
    ordering = ("search_key", "id")


class UnsponsoredView(MemberListAPIView):
    serializer_class = UnsponsoredEntry
    pagination_class = UnsponsoredPages

    def get_queryset(self) -> QuerySet[Person]:
        asked = valid(SponsoredQuestion(data=self.request.query_params))
        return leaders_without_sponsor(self.member, **asked, on=timezone.localdate())

    @extend_schema(
        operation_id="leaders_without_sponsor",
        summary="Leaders whom nobody sponsors",
        tags=TAGS,
        parameters=[SponsoredQuestion],
    )
    def get(self, request: Request) -> Response:
        demand(can_see_leaders_without(self.member), OVERVIEW_IS_FOR)
        return self.list(request)
