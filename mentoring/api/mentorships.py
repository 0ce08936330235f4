"""Own mentorships over the REST API, and the answers to an offer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api.answers import MOVED, TAGS, ColleagueEntry, done, valid
from mentoring.enums import OBSTACLES, Initiator, MentorshipState, OverCause, Tier
from mentoring.mentorship_queries import mentorship_visible_to, mentorships_shown_to
from mentoring.models import Mentorship
from mentoring.services.mentorships import accept_mentorship, confirm_mentorship, decline_mentorship
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


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
