"""Missing exposure logs over the REST API: which, with their history, and closing them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.enums import ReminderName, ReviewEnd
from mentoring.exposure.history import history_of
from mentoring.models import ExposureReminder, ExposureReview
from mentoring.permissions import EXPOSURE_IS_FOLLOWED_BY, can_follow_exposure
from mentoring.queries.exposure import reminders_of, reviews_visible_to
from mentoring.services.exposure import close_review
from people.access import demand
from people.rest.answers import MOVED, done, optional_words, valid
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class MissingLogEntry(serializers.ModelSerializer[ExposureReview]):
    """A mentor's quarter without a log after the days of grace."""

    mentor = ColleagueEntry(read_only=True)

    class Meta:
        model = ExposureReview
        fields = ["id", "mentor", "quarter", "opened_on", "closed_on"]


class ReminderEntry(serializers.ModelSerializer[ExposureReminder]):
    name = serializers.ChoiceField(choices=ReminderName.choices, read_only=True)

    class Meta:
        model = ExposureReminder
        fields = ["name", "sent_on"]


class PastQuarterEntry(serializers.Serializer[Any]):
    """An earlier quarter of the mentor."""

    quarter = serializers.CharField(source="label", read_only=True)
    owed = serializers.BooleanField(read_only=True, help_text="Whether a log was asked for.")
    logged = serializers.IntegerField(read_only=True)
    end = serializers.CharField(read_only=True, help_text="How a missing log ended, in words.")


class MissingLogDetail(MissingLogEntry):
    end = serializers.CharField(read_only=True, help_text="Why there is no log; empty while it is open.")
    closed_by = ColleagueEntry(read_only=True, allow_null=True)
    reminders = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()

    class Meta(MissingLogEntry.Meta):
        fields = [*MissingLogEntry.Meta.fields, "end", "note", "closed_by", "reminders", "history"]

    @extend_schema_field(ReminderEntry(many=True))
    def get_reminders(self, review: ExposureReview) -> Any:
        return ReminderEntry(reminders_of(review.mentor_id, review.quarter), many=True).data

    @extend_schema_field(PastQuarterEntry(many=True))
    def get_history(self, review: ExposureReview) -> Any:
        return PastQuarterEntry(history_of(review.mentor_id, before=review.quarter), many=True).data


class MissingLogPages(KeysetPages):
    ordering = ("opened_on", "id")


class MissingLogsView(MemberListAPIView):
    serializer_class = MissingLogEntry
    pagination_class = MissingLogPages

    def get_queryset(self) -> QuerySet[ExposureReview]:
        return reviews_visible_to(self.member, on=timezone.localdate()).filter(closed_on=None)

    @extend_schema(
        operation_id="missing_exposure_logs",
        summary="Logs that are missing after the days of grace, the oldest first",
        description="For programme directors, of their mentees' mentors, and HR admins.",
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        demand(can_follow_exposure(self.member), EXPOSURE_IS_FOLLOWED_BY)
        return self.list(request)


class OfMissingLog(MemberAPIView):
    """An endpoint of one missing log; 403 for whoever follows none, 404 for another programme's."""

    def find(self, review_id: UUID) -> ExposureReview:
        demand(can_follow_exposure(self.member), EXPOSURE_IS_FOLLOWED_BY)
        return get_object_or_404(reviews_visible_to(self.member, on=timezone.localdate()), pk=review_id)


class MissingLogView(OfMissingLog):
    @extend_schema(
        operation_id="missing_exposure_log",
        summary="One missing log with its reminders and the mentor's earlier quarters",
        tags=TAGS,
        responses=MissingLogDetail,
    )
    def get(self, request: Request, review_id: UUID) -> Response:
        return Response(MissingLogDetail(self.find(review_id)).data)


class CloseLog(serializers.Serializer[Any]):
    end = serializers.ChoiceField(choices=[each for each in ReviewEnd.choices if each[0] != ReviewEnd.LOGGED])
    note = optional_words(600)


class CloseLogView(OfMissingLog):
    @extend_schema(
        operation_id="close_missing_exposure_log",
        summary="Say why there is no log",
        tags=TAGS,
        request=CloseLog,
        responses={200: MissingLogDetail, **MOVED},
    )
    def post(self, request: Request, review_id: UUID) -> Response:
        found, body = self.find(review_id), valid(CloseLog(data=request.data))
        end = ReviewEnd(body["end"])
        done(lambda: close_review(found, end=end, note=body["note"], by=self.member))
        return Response(MissingLogDetail(self.find(review_id)).data)
