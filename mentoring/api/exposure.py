"""The exposure log over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.enums import ExposureKind, Tier
from mentoring.models import Exposure
from mentoring.queries.exposure import exposures_given_by, exposures_of
from mentoring.services.exposure import log_exposure, remove_exposure
from people.rest.answers import MOVED, ONE_LINE, done, optional_words, valid
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class ExposureEntry(serializers.ModelSerializer[Exposure]):
    """A look at leadership that a mentor gave a mentee."""

    kind = serializers.ChoiceField(choices=ExposureKind.choices, read_only=True)
    tier = serializers.ChoiceField(source="mentorship.tier", choices=Tier.choices, read_only=True)
    mentor = serializers.CharField(source="mentorship.mentor.name", read_only=True)
    mentee = serializers.CharField(source="mentorship.mentee.name", read_only=True)

    class Meta:
        model = Exposure
        fields = ["id", "day", "kind", "text", "tier", "mentor", "mentee"]


class NewExposure(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ExposureKind.choices)
    day = serializers.DateField(help_text="Of the last five quarters, today at the latest.")
    mentorships = serializers.ListField(
        child=serializers.UUIDField(),
        allow_null=True,
        help_text="Of whose mentees; null for all that ran on the day.",
    )
    text = optional_words(120, ONE_LINE, help_text="Needed for something else. On one line.")


class Logged(serializers.Serializer[Any]):
    mentees = serializers.IntegerField(read_only=True, help_text="For how many it was logged.")


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

    @extend_schema(
        operation_id="log_exposure",
        summary="Log what I gave my mentees a look at",
        description="Logging the same again changes nothing.",
        tags=TAGS,
        request=NewExposure,
        responses={201: Logged, **MOVED},
    )
    def post(self, request: Request) -> Response:
        body = valid(NewExposure(data=request.data))
        logged = done(
            lambda: log_exposure(
                ExposureKind(body["kind"]),
                day=body["day"],
                text=body["text"],
                mentorship_ids=body["mentorships"],
                by=self.member,
            )
        )
        return Response(Logged({"mentees": logged}).data, status=status.HTTP_201_CREATED)


class ExposureView(MemberAPIView):
    @extend_schema(
        operation_id="remove_exposure",
        summary="Take back what I logged by mistake, while the quarter is open",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, exposure_id: UUID) -> Response:
        found = get_object_or_404(exposures_given_by(self.member.person_id), pk=exposure_id)
        done(lambda: remove_exposure(found, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReceivedExposureView(MemberListAPIView):
    serializer_class = ExposureEntry
    pagination_class = ExposurePages

    def get_queryset(self) -> QuerySet[Exposure]:
        return exposures_of(self.member.person_id).select_related("mentorship__mentee")

    @extend_schema(operation_id="my_exposure", summary="What my mentors logged for me", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)
