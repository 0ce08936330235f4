"""The exposure log over the REST API."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api.answers import TAGS
from mentoring.enums import ExposureKind, Tier
from mentoring.exposure_queries import exposures_given_by, exposures_of
from mentoring.exposure_report import KINDS, TIERS, chair_words, mentees_of, report_for, with_looks
from mentoring.models import Exposure
from mentoring.permissions import EXPOSURE_IS_FOLLOWED_BY, can_follow_exposure
from people.access import demand
from people.models import Person
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView


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
        report = report_for(self.member, since=dt.date.min, on=timezone.localdate())
        return with_looks(mentees_of(report), report)

    @extend_schema(
        operation_id="exposure_report",
        summary="Looks at leadership by mentee, kind and tier",
        description="For programme directors, of their cohorts, and HR admins. All that was ever logged.",
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        demand(can_follow_exposure(self.member), EXPOSURE_IS_FOLLOWED_BY)
        return self.list(request)
