"""What happens with an alumni hour over the REST API: seats, who came, consent, the recording."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.alumni import HourDetail, OfHour
from mentoring.models import AlumniSeat
from mentoring.permissions import (
    ALUMNI_IS_ORGANISED_BY,
    CONSENT_IS_GIVEN_BY,
    can_give_consent,
    can_organise_alumni,
)
from mentoring.queries.alumni import seats_of
from mentoring.queries.taxonomy import tags_in_use
from mentoring.services import alumni
from people.access import demand
from people.rest.answers import MOVED, ONE_LINE, done, optional_words, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from surveys.enums import Dimension


class SeatView(OfHour):
    @extend_schema(
        operation_id="take_alumni_seat",
        summary="Sign up for an hour that has not begun",
        description="For those it invites. Signing up again changes nothing.",
        tags=TAGS,
        request=None,
        responses={200: HourDetail, **MOVED},
    )
    def put(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        done(lambda: alumni.take_seat(found, by=self.member))
        return self.answer(found)

    @extend_schema(
        operation_id="give_up_alumni_seat",
        summary="Sign off again before it begins",
        tags=TAGS,
        responses={200: HourDetail, **MOVED},
    )
    def delete(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        done(lambda: alumni.give_up_seat(found, by=self.member))
        return self.answer(found)


class AlumniSeatEntry(serializers.ModelSerializer[AlumniSeat]):
    """Somebody who signed up, and whether they came; null until it is written down."""

    person = ColleagueEntry(read_only=True)

    class Meta:
        model = AlumniSeat
        fields = ["person", "attended"]


class SeatPages(KeysetPages):
    ordering = ("search_key", "id")


class Attendance(serializers.Serializer[Any]):
    came = serializers.ListField(
        child=serializers.UUIDField(), help_text="Who of those signed up came; the others did not."
    )


class AttendanceView(OfHour, MemberListAPIView):
    serializer_class = AlumniSeatEntry
    pagination_class = SeatPages

    def get_queryset(self) -> QuerySet[AlumniSeat]:
        found = self.find(self.kwargs["hour_id"])
        demand(can_organise_alumni(self.member), ALUMNI_IS_ORGANISED_BY)
        return seats_of(found).annotate(search_key=F("person__search_key"))

    @extend_schema(
        operation_id="alumni_attendance",
        summary="Who signed up for an hour, and who came",
        description="For programme directors and HR admins.",
        tags=TAGS,
    )
    def get(self, request: Request, hour_id: UUID) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="note_alumni_attendance",
        summary="Write down who came, once it has begun",
        tags=TAGS,
        request=Attendance,
        responses={200: HourDetail, **MOVED},
    )
    def put(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        demand(can_organise_alumni(self.member), ALUMNI_IS_ORGANISED_BY)
        body = valid(Attendance(data=request.data))
        done(lambda: alumni.note_attendance(found, came=body["came"], by=self.member))
        return self.answer(found)


class Consent(serializers.Serializer[Any]):
    note = optional_words(
        300, ONE_LINE, help_text="Of a guest: how they agreed, and when. On one line; it is not told again."
    )


class ConsentView(OfHour):
    @extend_schema(
        operation_id="consent_to_alumni_recording",
        summary="Agree that a recording is shown to everybody here",
        description="A speaker of the organisation agrees for themselves; whoever organises, for a guest.",
        tags=TAGS,
        request=Consent,
        responses={200: HourDetail, **MOVED},
    )
    def put(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        demand(can_give_consent(self.member, found), CONSENT_IS_GIVEN_BY)
        body = valid(Consent(data=request.data))
        done(lambda: alumni.record_consent(found, note=body["note"], by=self.member))
        return self.answer(found)

    @extend_schema(
        operation_id="withdraw_alumni_consent",
        summary="Withdraw the consent; link and transcript are deleted at once",
        description="For the speaker, and for whoever organises.",
        tags=TAGS,
        responses={200: HourDetail},
    )
    def delete(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        done(lambda: alumni.withdraw_consent(found, by=self.member))
        return self.answer(found)


class NewRecording(serializers.Serializer[Any]):
    link = words(500, help_text="An address that begins with https://.")
    dimensions = serializers.ListField(
        child=serializers.ChoiceField(choices=Dimension.choices), min_length=1, help_text="Competencies."
    )
    tags = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        help_text="All of them; tags that are not offered today are left out.",
    )
    transcript = optional_words(100_000)


class RecordingView(OfHour):
    @extend_schema(
        operation_id="publish_alumni_recording",
        summary="Put the recording into the library, or change what is shown there",
        description="For programme directors and HR admins, once the speaker has agreed.",
        tags=TAGS,
        request=NewRecording,
        responses={200: HourDetail, **MOVED},
    )
    def put(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        demand(can_organise_alumni(self.member), ALUMNI_IS_ORGANISED_BY)
        body = valid(NewRecording(data=request.data))
        tags = list(tags_in_use().filter(pk__in=body.pop("tags")))
        recording = alumni.Recording(**body, tags=tags)
        done(lambda: alumni.publish_recording(found, recording, by=self.member))
        return self.answer(found)
