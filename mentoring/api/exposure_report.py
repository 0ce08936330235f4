"""The report of uniform exposure over the REST API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.exposure.report import (
    KINDS,
    TIERS,
    Report,
    begin_of,
    chair_words,
    mentees_of,
    report_for,
    summary_of,
    summary_told,
    with_looks,
)
from mentoring.permissions import (
    EXPOSURE_IS_FOLLOWED_BY,
    EXPOSURE_IS_SUMMED_UP_FOR,
    can_follow_exposure,
    can_see_exposure_summary,
)
from people.access import demand
from people.models import Person
from people.rest.answers import valid
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class MenteeExposure(serializers.Serializer[Any]):
    """One mentee of the exposure report."""

    id = serializers.UUIDField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True)
    total = serializers.IntegerField(read_only=True)
    by_kind = serializers.SerializerMethodField()
    by_tier = serializers.SerializerMethodField()
    chair_level = serializers.SerializerMethodField(
        help_text="Whether there was chair-level exposure within six months of entering, in words."
    )

    def get_by_kind(self, person: Person) -> dict[str, int]:
        return {kind: getattr(person, f"{kind}_count") for kind in KINDS}

    def get_by_tier(self, person: Person) -> dict[str, int]:
        return {tier: getattr(person, f"{tier}_count") for tier in TIERS}

    def get_chair_level(self, person: Any) -> str:
        return chair_words(person.entered, person.first_chair, on=timezone.localdate())


class MenteePages(KeysetPages):
    ordering = ("search_key", "id")


class ReportQuestion(serializers.Serializer[Any]):
    cohort = serializers.UUIDField(required=False)
    period = serializers.ChoiceField(
        choices=["quarter", "year", "all"], default="all", help_text="When it was logged."
    )


def asked_for(view: MemberAPIView) -> Report:
    """What the question of an address is about."""
    asked, on = valid(ReportQuestion(data=view.request.query_params)), timezone.localdate()
    since = begin_of(asked["period"], on)
    return report_for(view.member, since=since, on=on, cohort=asked.get("cohort"))


class ExposureReportView(MemberListAPIView):
    serializer_class = MenteeExposure
    pagination_class = MenteePages

    def get_queryset(self) -> QuerySet[Person]:
        report = asked_for(self)
        return with_looks(mentees_of(report), report)

    @extend_schema(
        operation_id="exposure_report",
        summary="Looks at leadership by mentee, kind and tier",
        description="For programme directors, of their cohorts, and HR admins.",
        tags=TAGS,
        parameters=[ReportQuestion],
    )
    def get(self, request: Request) -> Response:
        demand(can_follow_exposure(self.member), EXPOSURE_IS_FOLLOWED_BY)
        return self.list(request)


class ExposureSummary(serializers.Serializer[Any]):
    """The same people summed up. Null is not told: it would be about fewer than five."""

    people = serializers.IntegerField(read_only=True)
    none = serializers.IntegerField(read_only=True, allow_null=True, help_text="Without any look.")
    in_time = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Chair-level exposure within six months of entering."
    )
    due = serializers.IntegerField(read_only=True, help_text="Who had it, or entered longer ago.")
    reached = serializers.DictField(
        child=serializers.IntegerField(allow_null=True), read_only=True, help_text="Mentees by kind."
    )
    looks = serializers.ListField(
        child=serializers.IntegerField(),
        read_only=True,
        allow_null=True,
        help_text="Mentees with none, one, two, three, four or more.",
    )


class ExposureSummaryView(MemberAPIView):
    @extend_schema(
        operation_id="exposure_summary",
        summary="Looks at leadership over all mentees",
        description="For programme directors, HR admins and executives, who see no persons.",
        tags=TAGS,
        parameters=[ReportQuestion],
        responses=ExposureSummary,
    )
    def get(self, request: Request) -> Response:
        demand(can_see_exposure_summary(self.member), EXPOSURE_IS_SUMMED_UP_FOR)
        summary = summary_of(asked_for(self))
        told = summary_told(summary, persons=can_follow_exposure(self.member))
        return Response(ExposureSummary(told).data)
