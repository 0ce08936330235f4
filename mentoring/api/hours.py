"""When a mentor can be met, over the REST API: hours of the week, and the address of a calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.availability.half_hours import Hours
from mentoring.forms.profiles import MOST_ROWS, time_zones
from mentoring.models import MentorProfile
from mentoring.queries.profiles import profile_of
from mentoring.services.calendars import forget_calendar, request_reading, save_feed
from mentoring.services.hours import faults_in, hours_of, save_hours
from people.rest.answers import MOVED, RefusedValues, done, valid, words
from people.rest.views import MemberAPIView


class ClockField(serializers.RegexField):
    """A time on the wall, as 09:30. JSON's own times have an offset, and a clock has none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", **options)

    def to_representation(self, value: Any) -> str:
        return f"{value:%H:%M}"


class HoursEntry(serializers.Serializer[Any]):
    """A time of every week by the clock on the wall."""

    weekday = serializers.IntegerField(
        min_value=min(WEEKDAYS), max_value=max(WEEKDAYS), help_text="Monday is 0."
    )
    starts = ClockField()
    ends = ClockField(help_text="Half an hour after the beginning at least.")


class WeekEntry(serializers.Serializer[Any]):
    """The hours, and how many half-hours of them are free in the next eight weeks."""

    time_zone = serializers.CharField(read_only=True, help_text="Empty: the organisation's.")
    hours = HoursEntry(many=True, read_only=True)
    free_slots = serializers.IntegerField(read_only=True)
    counted_at = serializers.DateTimeField(read_only=True, allow_null=True)
    problem = serializers.CharField(read_only=True, help_text="Why the calendar could not be read last.")


class Week(serializers.Serializer[Any]):
    time_zone = serializers.ChoiceField(choices=time_zones(), allow_blank=True, default="")
    hours = serializers.ListField(child=HoursEntry(), max_length=MOST_ROWS)


def hours_in(rows: list[dict[str, Any]]) -> list[Hours]:
    """The rows of a body, or 422 at those that are wrong."""
    week = [
        Hours(row["weekday"], *(dt.time.fromisoformat(row[name]) for name in ("starts", "ends")))
        for row in rows
    ]
    faults = faults_in(week)
    if any(faults):
        raise RefusedValues({"hours": faults})
    return week


class OwnProfile(MemberAPIView):
    """An endpoint of one's own profile as a mentor; 404 for whoever has none."""

    def own(self) -> MentorProfile:
        found = profile_of(self.member.person_id)
        if found is None:
            raise NotFound(_("First say what you offer as a mentor."))
        return found

    def week(self, profile: MentorProfile) -> Response:
        fields = ("time_zone", "free_slots", "counted_at", "problem")
        told = {name: getattr(profile, name) for name in fields}
        return Response(WeekEntry({**told, "hours": hours_of(profile)}).data)


class HoursView(OwnProfile):
    @extend_schema(
        operation_id="my_mentoring_hours",
        summary="When I can be met as a mentor",
        tags=TAGS,
        responses=WeekEntry,
    )
    def get(self, request: Request) -> Response:
        return self.week(self.own())

    @extend_schema(
        operation_id="save_mentoring_hours",
        summary="Be met in these hours of the week and no others",
        tags=TAGS,
        request=Week,
        responses={200: WeekEntry, **MOVED},
    )
    def put(self, request: Request) -> Response:
        self.own()
        body = valid(Week(data=request.data))
        hours = hours_in(body["hours"])
        return self.week(done(lambda: save_hours(hours, time_zone=body["time_zone"], by=self.member)))


class CalendarAddress(serializers.Serializer[Any]):
    address = words(
        2000, help_text="Begins with https:// or webcal://. It is stored encrypted and never told."
    )


class CalendarView(OwnProfile):
    @extend_schema(
        operation_id="save_mentoring_calendar",
        summary="Have a calendar read from an address, now and each night",
        description="Only the number of free half-hours is kept.",
        tags=TAGS,
        request=CalendarAddress,
        responses={202: None, **MOVED},
    )
    def put(self, request: Request) -> Response:
        self.own()
        body = valid(CalendarAddress(data=request.data))
        done(lambda: save_feed(body["address"], by=self.member))
        return Response(status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        operation_id="forget_mentoring_calendar",
        summary="Delete the address, and count by weekly hours alone",
        tags=TAGS,
        responses={200: WeekEntry},
    )
    def delete(self, request: Request) -> Response:
        self.own()
        return self.week(done(lambda: forget_calendar(by=self.member)))


class ReadCalendarView(OwnProfile):
    @extend_schema(
        operation_id="read_mentoring_calendar",
        summary="Have the calendar read again",
        tags=TAGS,
        request=None,
        responses={202: None, **MOVED},
    )
    def post(self, request: Request) -> Response:
        self.own()
        done(lambda: request_reading(by=self.member))
        return Response(status=status.HTTP_202_ACCEPTED)
