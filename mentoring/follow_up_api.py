"""Exposure, satisfaction, credit and alumni hours over the REST API, by the rules and words of the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.accreditation import figures_for
from mentoring.alumni_queries import library
from mentoring.award import Standing, standing_of
from mentoring.credit import Credit
from mentoring.credit_queries import mentor_years, rule_for
from mentoring.enums import ExposureKind, Tier
from mentoring.exposure_queries import exposures_given_by, exposures_of
from mentoring.exposure_report import KINDS, TIERS, ReportFilter, chair_words, mentees_for
from mentoring.models import AlumniHour, CreditRule, Exposure
from mentoring.permissions import (
    ACCREDITATION_IS_FOR,
    CREDIT_IS_FOR,
    EXPOSURE_IS_FOLLOWED_BY,
    SATISFACTION_IS_FOR,
    can_follow_exposure,
    can_see_accreditation,
    can_see_credit,
    can_see_satisfaction,
)
from mentoring.satisfaction import Told
from mentoring.satisfaction_queries import satisfaction_index
from people.access import demand
from people.models import Person
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from surveys.coding import Bound
from surveys.enums import Dimension

TAGS = ["Mentoring"]
YEARS = (2000, 2100)


class ExposureEntry(serializers.ModelSerializer[Exposure]):
    """A look at leadership that a mentor gave a mentee."""

    kind = serializers.ChoiceField(choices=ExposureKind.choices, read_only=True)
    tier = serializers.ChoiceField(source="mentorship.tier", choices=Tier.choices, read_only=True)
    mentor = serializers.CharField(source="mentorship.mentor.name", read_only=True)
    mentee = serializers.CharField(source="mentorship.mentee.name", read_only=True)

    class Meta:
        model = Exposure
        fields = ["id", "day", "kind", "text", "tier", "mentor", "mentee"]


class ExposurePages(KeysetPages):
    ordering = ("-day", "id")


class GivenExposureView(MemberListAPIView):
    serializer_class = ExposureEntry
    pagination_class = ExposurePages

    def get_queryset(self) -> QuerySet[Exposure]:
        return exposures_given_by(self.member.person_id).select_related("mentorship__mentor")

    @extend_schema(operation_id="my_exposure_log", summary="What I logged as a mentor", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)


class ReceivedExposureView(MemberListAPIView):
    serializer_class = ExposureEntry
    pagination_class = ExposurePages

    def get_queryset(self) -> QuerySet[Exposure]:
        return exposures_of(self.member.person_id).select_related("mentorship__mentee")

    @extend_schema(operation_id="my_exposure", summary="What my mentors logged for me", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)


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


class ExposureReportView(MemberListAPIView):
    serializer_class = MenteeExposure
    pagination_class = MenteePages

    def get_queryset(self) -> QuerySet[Person]:
        return mentees_for(self.member, ReportFilter(dt.date.min), on=timezone.localdate())

    @extend_schema(
        operation_id="exposure_report",
        summary="Looks at leadership by mentee, kind and tier",
        description="For programme directors, of their cohorts, and HR admins. All that was ever logged.",
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        demand(can_follow_exposure(self.member), EXPOSURE_IS_FOLLOWED_BY)
        return self.list(request)


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
        rule = rule_for(known_year(year)) or CreditRule()
        standings = [
            standing_of(each, award_raters=rule.award_raters, grant_months=rule.grant_months)
            for each in mentor_years(year, on=timezone.localdate())
        ]
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


class RecordingEntry(serializers.ModelSerializer[AlumniHour]):
    """An alumni hour whose speaker agrees that the recording is shown."""

    speaker = serializers.CharField(source="speaker_name", read_only=True)
    dimensions = serializers.ListField(
        child=serializers.ChoiceField(choices=Dimension.choices), read_only=True
    )
    tags = serializers.SerializerMethodField()

    class Meta:
        model = AlumniHour
        fields = ["id", "title", "about", "speaker", "starts_at", "recording", "dimensions", "tags"]

    def get_tags(self, hour: AlumniHour) -> list[str]:
        return [each.tag.name for each in hour.tags.all()]


class RecordingPages(KeysetPages):
    ordering = ("-starts_at", "id")


class LibraryView(MemberListAPIView):
    serializer_class = RecordingEntry
    pagination_class = RecordingPages

    def get_queryset(self) -> QuerySet[AlumniHour]:
        return library()

    @extend_schema(operation_id="alumni_library", summary="The library of alumni hours", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)
