"""Own mentorships, their sessions and deliverables over the REST API, by the rules of the pages. Notes of
sessions are on the pages alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.contract_queries import deliverables_in_force
from mentoring.enums import (
    OBSTACLES,
    DeliverableState,
    Initiator,
    MeetingFormat,
    MentorshipState,
    OverCause,
    Tier,
)
from mentoring.mentorship_queries import mentorship_visible_to, mentorships_shown_to
from mentoring.models import Deliverable, Mentorship, Session
from mentoring.models.sessions import LONGEST, SHORTEST
from mentoring.permissions import can_keep_sessions
from mentoring.services.deliverables import attest_deliverable, report_deliverable
from mentoring.services.mentorships import accept_mentorship, confirm_mentorship, decline_mentorship
from mentoring.services.sessions import Meeting, plan_session
from mentoring.session_queries import sessions_of
from people.models import Person
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView

TAGS = ["Mentoring"]
T = TypeVar("T")


class MovedMeanwhile(APIException):
    """What was asked does not fit how things are now, and the words say how they are."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


MOVED = {
    409: OpenApiResponse(
        description="It changed meanwhile, or a rule does not allow it; `detail` says which."
    )
}


def done(act: Callable[[], T]) -> T:
    """What a service did; its refusals as problems: of a value 400, of how things are 409."""
    try:
        return act()
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            raise serializers.ValidationError(error.message_dict) from error
        raise MovedMeanwhile(" ".join(error.messages)) from error


class ColleagueEntry(serializers.ModelSerializer[Person]):
    name = serializers.CharField(read_only=True)

    class Meta:
        model = Person
        fields = ["id", "name"]


class MentorshipEntry(serializers.ModelSerializer[Mentorship]):
    """A mentor and a mentee in one tier. Why somebody said no stays on the page."""

    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    state = serializers.ChoiceField(choices=MentorshipState.choices, read_only=True)
    initiator = serializers.ChoiceField(choices=Initiator.choices, read_only=True)
    mentor = ColleagueEntry(read_only=True)
    mentee = ColleagueEntry(read_only=True)
    waits_for = serializers.UUIDField(read_only=True, allow_null=True, help_text="Who has to say yes or no.")

    class Meta:
        model = Mentorship
        fields = [
            *("id", "tier", "state", "initiator", "mentor", "mentee", "waits_for", "why"),
            *("offered_on", "accepted_on", "started_on", "planned_end", "over_on"),
        ]


class MentorshipPages(KeysetPages):
    ordering = ("-offered_on", "id")


class OwnMentorshipsView(MemberListAPIView):
    serializer_class = MentorshipEntry
    pagination_class = MentorshipPages

    def get_queryset(self) -> QuerySet[Mentorship]:
        return mentorships_shown_to(self.member.person_id)

    @extend_schema(operation_id="my_mentorships", summary="My mentors and mentees", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)


class OfMentorship(MemberAPIView):
    """An endpoint of one mentorship that the member may see; 404 for every other."""

    def find(self, mentorship_id: UUID) -> Mentorship:
        found = mentorship_visible_to(self.member, mentorship_id, on=timezone.localdate())
        if found is None:
            raise NotFound
        return found


class MentorshipView(OfMentorship):
    @extend_schema(operation_id="mentorship", summary="One mentorship", tags=TAGS, responses=MentorshipEntry)
    def get(self, request: Request, mentorship_id: UUID) -> Response:
        return Response(MentorshipEntry(self.find(mentorship_id)).data)


class AcceptView(OfMentorship):
    @extend_schema(
        operation_id="accept_mentorship",
        summary="Accept, as the mentor who was asked",
        tags=TAGS,
        request=None,
        responses={200: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find(mentorship_id)
        return Response(MentorshipEntry(done(lambda: accept_mentorship(found, by=self.member))).data)


class ConfirmView(OfMentorship):
    @extend_schema(
        operation_id="confirm_mentorship",
        summary="Confirm a mentor, as the mentee",
        tags=TAGS,
        request=None,
        responses={200: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find(mentorship_id)
        return Response(MentorshipEntry(done(lambda: confirm_mentorship(found, by=self.member))).data)


class Decline(serializers.Serializer[Any]):
    cause = serializers.ChoiceField(choices=[(cause.value, cause.label) for cause in OBSTACLES])
    words = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class DeclineView(OfMentorship):
    @extend_schema(
        operation_id="decline_mentorship",
        summary="Decline",
        description="The programme director reads the reason. The pair is never proposed again.",
        tags=TAGS,
        request=Decline,
        responses={200: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found, body = self.find(mentorship_id), valid(Decline(data=request.data))
        declined = done(
            lambda: decline_mentorship(
                found, cause=OverCause(body["cause"]), words=body["words"], by=self.member
            )
        )
        return Response(MentorshipEntry(declined).data)


class SessionEntry(serializers.ModelSerializer[Session]):
    format = serializers.ChoiceField(choices=MeetingFormat.choices, read_only=True)
    agenda = serializers.SerializerMethodField(help_text="Null for whoever is neither of the two.")

    class Meta:
        model = Session
        fields = ["id", "starts_at", "minutes", "format", "agenda", "cancelled_at"]

    def get_agenda(self, session: Session) -> str | None:
        return session.agenda if self.context["keeps"] else None


class SessionPlan(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST, default=60)
    format = serializers.ChoiceField(choices=MeetingFormat.choices)
    agenda = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class SessionsView(OfMentorship):
    MOST = 200

    @extend_schema(
        operation_id="mentoring_sessions",
        summary="Sessions of a mentorship, the latest 200",
        tags=TAGS,
        responses=SessionEntry(many=True),
    )
    def get(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find(mentorship_id)
        rows = sessions_of(found.pk)[: self.MOST]
        return Response(SessionEntry(rows, many=True, context=self.context(found)).data)

    @extend_schema(
        operation_id="plan_mentoring_session",
        summary="Plan a session, or write down one that was held",
        tags=TAGS,
        request=SessionPlan,
        responses={201: SessionEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found, body = self.find(mentorship_id), valid(SessionPlan(data=request.data))
        meeting = Meeting(body["starts_at"], body["minutes"], MeetingFormat(body["format"]), body["agenda"])
        made = done(lambda: plan_session(found, meeting, by=self.member))
        return Response(SessionEntry(made, context=self.context(found)).data, status=status.HTTP_201_CREATED)

    def context(self, found: Mentorship) -> dict[str, bool]:
        return {"keeps": can_keep_sessions(self.member, found)}


class DeliverableEntry(serializers.ModelSerializer[Deliverable]):
    state = serializers.ChoiceField(choices=DeliverableState.choices, read_only=True)
    milestone = serializers.UUIDField(read_only=True, allow_null=True)

    class Meta:
        model = Deliverable
        fields = ["id", "title", "due_on", "milestone", "state", "report", "reported_on", "attested_on"]


class DeliverablesView(OfMentorship):
    @extend_schema(
        operation_id="mentoring_deliverables",
        summary="What the contract in force asks for",
        tags=TAGS,
        responses=DeliverableEntry(many=True),
    )
    def get(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find(mentorship_id)
        return Response(DeliverableEntry(deliverables_in_force([found.pk]), many=True).data)


class OfDeliverable(OfMentorship):
    def find_deliverable(self, mentorship_id: UUID, deliverable_id: UUID) -> Deliverable:
        found = self.find(mentorship_id)
        wanted = deliverables_in_force([found.pk]).filter(pk=deliverable_id).first()
        if wanted is None:
            raise NotFound
        return wanted


class Report(serializers.Serializer[Any]):
    words = serializers.CharField(max_length=2000)


class ReportView(OfDeliverable):
    @extend_schema(
        operation_id="report_deliverable",
        summary="Report a deliverable as done, as the mentee",
        tags=TAGS,
        request=Report,
        responses={200: DeliverableEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID, deliverable_id: UUID) -> Response:
        wanted = self.find_deliverable(mentorship_id, deliverable_id)
        body = valid(Report(data=request.data))
        reported = done(lambda: report_deliverable(wanted, words=body["words"], by=self.member))
        return Response(DeliverableEntry(reported).data)


class AttestView(OfDeliverable):
    @extend_schema(
        operation_id="attest_deliverable",
        summary="Attest a deliverable, as the mentor",
        description="What it serves in the Passport is stamped with it, or claimed where the two began the "
        "mentorship by themselves.",
        tags=TAGS,
        request=None,
        responses={200: DeliverableEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID, deliverable_id: UUID) -> Response:
        wanted = self.find_deliverable(mentorship_id, deliverable_id)
        return Response(DeliverableEntry(done(lambda: attest_deliverable(wanted, by=self.member))).data)


def valid(body: serializers.Serializer[Any]) -> dict[str, Any]:
    """The values of a request's body, or 400 with what is wrong with them."""
    body.is_valid(raise_exception=True)
    values: dict[str, Any] = body.validated_data
    return values
