"""All mentorships of the cohorts somebody directs over the REST API, and who has no mentor."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.enums import Initiator, MentorshipState, Tier
from mentoring.models import Mentorship
from mentoring.permissions import OVERVIEW_IS_FOR, can_run_matching
from mentoring.queries.overview import coverage_of, leaders_without_mentor, mentorships_directed_by
from people.access import demand
from people.models import Person
from people.rest.answers import valid
from people.rest.entries import ColleagueEntry, ShareEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class CohortQuestion(serializers.Serializer[Any]):
    cohort = serializers.UUIDField(required=False, help_text="One of those I direct; all unless named.")


class CoverageQuestion(CohortQuestion):
    tier = serializers.ChoiceField(choices=Tier.choices, required=False)


class MentorshipQuestion(CoverageQuestion):
    state = serializers.ChoiceField(choices=MentorshipState.choices, required=False)


class DirectedMentorship(serializers.ModelSerializer[Mentorship]):
    """A mentorship as the director's list shows it."""

    mentee = ColleagueEntry(read_only=True)
    unit = serializers.CharField(source="mentee.unit.name", read_only=True)
    mentor = ColleagueEntry(read_only=True)
    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    state = serializers.ChoiceField(choices=MentorshipState.choices, read_only=True)
    initiator = serializers.ChoiceField(choices=Initiator.choices, read_only=True)
    has_contract = serializers.BooleanField(read_only=True, help_text="One that both have signed.")
    met_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="When they met last.")

    class Meta:
        model = Mentorship
        fields = [
            *("id", "mentee", "unit", "mentor", "tier", "state", "initiator"),
            *("offered_on", "started_on", "has_contract", "met_at"),
        ]


class DirectedPages(KeysetPages):
    ordering = ("-offered_on", "id")


class DirectedMentorshipsView(MemberListAPIView):
    serializer_class = DirectedMentorship
    pagination_class = DirectedPages

    def get_queryset(self) -> QuerySet[Mentorship]:
        asked = valid(MentorshipQuestion(data=self.request.query_params))
        return mentorships_directed_by(self.member, **asked, on=timezone.localdate())

    @extend_schema(
        operation_id="directed_mentorships",
        summary="All mentorships of the cohorts I direct, the newest first",
        tags=TAGS,
        parameters=[MentorshipQuestion],
    )
    def get(self, request: Request) -> Response:
        demand(can_run_matching(self.member), OVERVIEW_IS_FOR)
        return self.list(request)


class LeaderEntry(serializers.ModelSerializer[Person]):
    """Somebody whom nobody mentors; `under_way`: how many offers nobody has confirmed yet."""

    name = serializers.CharField(read_only=True)
    unit = serializers.CharField(source="unit.name", read_only=True)
    under_way = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = ["id", "name", "unit", "career_stage", "specialty", "under_way"]

    def get_under_way(self, person: Person) -> int:
        return person.under_way or 0  # type: ignore[attr-defined]  # annotated


class LeaderPages(KeysetPages):
    ordering = ("search_key", "id")


class WithoutMentorView(MemberListAPIView):
    serializer_class = LeaderEntry
    pagination_class = LeaderPages

    def get_queryset(self) -> QuerySet[Person]:
        asked = valid(CoverageQuestion(data=self.request.query_params))
        return leaders_without_mentor(self.member, **asked, on=timezone.localdate())

    @extend_schema(
        operation_id="leaders_without_mentor",
        summary="Leaders of the cohorts I direct whom nobody mentors, in a tier or at all",
        tags=TAGS,
        parameters=[CoverageQuestion],
    )
    def get(self, request: Request) -> Response:
        demand(can_run_matching(self.member), OVERVIEW_IS_FOR)
        return self.list(request)


class TierShare(serializers.Serializer[Any]):
    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    without = ShareEntry(read_only=True)


class CoverageEntry(serializers.Serializer[Any]):
    """Leaders without any mentor, and without one of each tier."""

    without = ShareEntry(read_only=True)
    tiers = TierShare(many=True, read_only=True)


class CoverageView(MemberAPIView):
    @extend_schema(
        operation_id="mentoring_coverage",
        summary="The share of leaders without a mentor",
        tags=TAGS,
        parameters=[CohortQuestion],
        responses=CoverageEntry,
    )
    def get(self, request: Request) -> Response:
        demand(can_run_matching(self.member), OVERVIEW_IS_FOR)
        asked = valid(CohortQuestion(data=request.query_params))
        coverage = coverage_of(self.member, **asked, on=timezone.localdate())
        tiers = [{"tier": tier, "without": share} for tier, share in coverage.by_tier.items()]
        return Response(CoverageEntry({"without": coverage.without, "tiers": tiers}).data)
