"""Alumni hours over the REST API: what is planned, and the library of recordings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.models import AlumniHour
from mentoring.permissions import ALUMNI_IS_ORGANISED_BY, can_organise_alumni, can_see_place
from mentoring.queries.alumni import hours_visible_to, invited_to, library, with_seats
from mentoring.services.alumni import Outline, Plan, cancel_hour, change_hour, plan_hour
from people.access import demand
from people.member import Member
from people.models import Cohort
from people.programme_queries import cohorts_visible_to
from people.rest.answers import (
    MOVED,
    ONE_LINE,
    RefusedValues,
    colleague,
    done,
    optional_words,
    valid,
    words_on_one_line,
)
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from surveys.enums import Dimension


class InvitedCohort(serializers.ModelSerializer[Cohort]):
    class Meta:
        model = Cohort
        fields = ["id", "name"]


class HourEntry(serializers.ModelSerializer[AlumniHour]):
    """An hour in which a graduate who became chair tells how it went."""

    speaker = ColleagueEntry(read_only=True, allow_null=True, help_text="Null of a guest.")
    cohort = InvitedCohort(read_only=True, allow_null=True, help_text="Null: everybody in a programme.")
    seats = serializers.IntegerField(source="seat_count", read_only=True, help_text="How many signed up.")
    signed_up = serializers.BooleanField(source="mine", read_only=True, help_text="Whether I did.")
    in_library = serializers.BooleanField(source="is_in_library", read_only=True)

    class Meta:
        model = AlumniHour
        fields = [
            *("id", "title", "about", "starts_at", "speaker", "guest", "cohort"),
            *("seats", "signed_up", "in_library", "cancelled_on", "cancelled_because"),
        ]


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


class ShownRecording(RecordingEntry):
    class Meta(RecordingEntry.Meta):
        fields = ["recording", "transcript", "dimensions", "tags"]


class HourDetail(HourEntry):
    """One hour, with what depends on who asks."""

    invited = serializers.SerializerMethodField(help_text="Whether I am.")
    place = serializers.SerializerMethodField(
        help_text="Null for whoever is not invited, speaks or organises."
    )
    library = serializers.SerializerMethodField(help_text="Null while no recording is shown.")

    class Meta(HourEntry.Meta):
        fields = [*HourEntry.Meta.fields, "invited", "place", "consented_on", "withdrawn_on", "library"]

    def get_invited(self, hour: AlumniHour) -> bool:
        return bool(self.context["invited"])

    def get_place(self, hour: AlumniHour) -> str | None:
        member, invited = self.context["member"], self.context["invited"]
        return hour.place if can_see_place(member, hour, invited=invited) else None

    @extend_schema_field(ShownRecording(allow_null=True))
    def get_library(self, hour: AlumniHour) -> dict[str, Any] | None:
        return ShownRecording(hour).data if hour.is_in_library else None


def detail_of(hour: AlumniHour, member: Member) -> dict[str, Any]:
    """One hour as the member may see it."""
    invited = invited_to(hour, on=timezone.localdate()).filter(pk=member.person_id).exists()
    told: dict[str, Any] = HourDetail(hour, context={"member": member, "invited": invited}).data
    return told


class HourOutline(serializers.Serializer[Any]):
    title = words_on_one_line(120)
    about = optional_words(1200)
    starts_at = serializers.DateTimeField(help_text="Within two years from today.")
    place = words_on_one_line(200, help_text="A room, or the address of a call.")


class NewHour(HourOutline):
    """A speaker of the organisation or a guest, one of the two."""

    speaker = serializers.UUIDField(allow_null=True, default=None)
    guest = optional_words(160, ONE_LINE)
    cohort = serializers.UUIDField(
        allow_null=True, default=None, help_text="Whom it invites; null: everybody in a programme."
    )


class HourPages(KeysetPages):
    ordering = ("-starts_at", "id")


class HoursView(MemberListAPIView):
    serializer_class = HourEntry
    pagination_class = HourPages

    def get_queryset(self) -> QuerySet[AlumniHour]:
        visible = hours_visible_to(self.member, on=timezone.localdate())
        return with_seats(visible, self.member.person_id)

    @extend_schema(
        operation_id="alumni_hours",
        summary="Alumni hours that I am invited to or speak at, and recordings; all for whoever organises",
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="plan_alumni_hour",
        summary="Plan an hour and invite to it",
        description="For programme directors and HR admins. Who is invited and who speaks is told.",
        tags=TAGS,
        request=NewHour,
        responses={201: HourDetail, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(can_organise_alumni(self.member), ALUMNI_IS_ORGANISED_BY)
        body = valid(NewHour(data=request.data))
        speaker, cohort = body.pop("speaker"), body.pop("cohort")
        plan = Plan(
            **body,
            speaker=colleague("speaker", speaker) if speaker else None,
            cohort=self.cohort(cohort) if cohort else None,
        )
        made = done(lambda: plan_hour(plan, by=self.member), day="starts_at")
        told = detail_of(self.get_queryset().get(pk=made.pk), self.member)
        return Response(told, status=status.HTTP_201_CREATED)

    def cohort(self, cohort_id: UUID) -> Cohort:
        found = cohorts_visible_to(self.member).filter(pk=cohort_id).first()
        if found is None:
            raise RefusedValues({"cohort": [_("You see no such cohort.")]})
        return found


class OfHour(MemberAPIView):
    """An endpoint of one hour that the member may see; 404 for every other."""

    def find(self, hour_id: UUID) -> AlumniHour:
        visible = hours_visible_to(self.member, on=timezone.localdate())
        found = with_seats(visible, self.member.person_id).filter(pk=hour_id).first()
        if found is None:
            raise NotFound
        return found

    def answer(self, hour: AlumniHour) -> Response:
        """The hour as it is now."""
        return Response(detail_of(self.find(hour.pk), self.member))


class HourView(OfHour):
    @extend_schema(operation_id="alumni_hour", summary="One hour", tags=TAGS, responses=HourDetail)
    def get(self, request: Request, hour_id: UUID) -> Response:
        return self.answer(self.find(hour_id))

    @extend_schema(
        operation_id="change_alumni_hour",
        summary="Word an hour that has not begun differently, or move it",
        description="Who was invited, signed up or speaks is told of another time or place.",
        tags=TAGS,
        request=HourOutline,
        responses={200: HourDetail, **MOVED},
    )
    def put(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        demand(can_organise_alumni(self.member), ALUMNI_IS_ORGANISED_BY)
        outline = Outline(**valid(HourOutline(data=request.data)))
        return self.answer(done(lambda: change_hour(found, outline, by=self.member), day="starts_at"))


class CancelHour(serializers.Serializer[Any]):
    because = words_on_one_line(300, help_text="Everybody who was invited reads it.")


class CancelHourView(OfHour):
    @extend_schema(
        operation_id="cancel_alumni_hour",
        summary="Cancel an hour that has not begun, with the reason",
        tags=TAGS,
        request=CancelHour,
        responses={200: HourDetail, **MOVED},
    )
    def post(self, request: Request, hour_id: UUID) -> Response:
        found = self.find(hour_id)
        demand(can_organise_alumni(self.member), ALUMNI_IS_ORGANISED_BY)
        body = valid(CancelHour(data=request.data))
        return self.answer(done(lambda: cancel_hour(found, because=body["because"], by=self.member)))


class LibraryQuestion(serializers.Serializer[Any]):
    competency = serializers.ChoiceField(choices=Dimension.choices, required=False)
    words = optional_words(100, help_text="Each may be the beginning of one.")


class LibraryView(MemberListAPIView):
    serializer_class = RecordingEntry
    pagination_class = HourPages

    def get_queryset(self) -> QuerySet[AlumniHour]:
        asked = valid(LibraryQuestion(data=self.request.query_params))
        return library(dimension=asked.get("competency", ""), words=asked["words"])

    @extend_schema(
        operation_id="alumni_library",
        summary="The library of alumni hours",
        tags=TAGS,
        parameters=[LibraryQuestion],
    )
    def get(self, request: Request) -> Response:
        return self.list(request)
