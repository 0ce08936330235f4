"""The steps of a mentorship over the REST API, from the answer to an offer to its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.mentorships import MentorshipEntry, OfMentorship
from mentoring.enums import ENDINGS, OBSTACLES, OverCause
from mentoring.services.mentorships import (
    accept_mentorship,
    change_mentor,
    confirm_mentorship,
    decline_mentorship,
    end_mentorship,
    extend_mentorship,
    withdraw_mentorship,
)
from people.rest.answers import MOVED, colleague, done, optional_words, valid, words


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
    words = optional_words(300)


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


class Withdraw(serializers.Serializer[Any]):
    words = words(300, help_text="The programme director reads this.")


class WithdrawView(OfMentorship):
    @extend_schema(
        operation_id="withdraw_mentorship",
        summary="Take an offer back before it begins, as whoever made it or as the director",
        tags=TAGS,
        request=Withdraw,
        responses={200: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found, body = self.find(mentorship_id), valid(Withdraw(data=request.data))
        withdrawn = done(lambda: withdraw_mentorship(found, words=body["words"], by=self.member))
        return Response(MentorshipEntry(withdrawn).data)


class End(serializers.Serializer[Any]):
    cause = serializers.ChoiceField(choices=[(cause.value, cause.label) for cause in ENDINGS])
    words = optional_words(300, help_text="Both sides and the director read this.")


class EndView(OfMentorship):
    @extend_schema(
        operation_id="end_mentorship",
        summary="End what runs, with the reason",
        tags=TAGS,
        request=End,
        responses={200: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found, body = self.find(mentorship_id), valid(End(data=request.data))
        cause = OverCause(body["cause"])
        ended = done(lambda: end_mentorship(found, cause=cause, words=body["words"], by=self.member))
        return Response(MentorshipEntry(ended).data)


class Extend(serializers.Serializer[Any]):
    until = serializers.DateField(help_text="After the end planned so far, three years ahead at most.")
    words = words(300, help_text="Why it runs longer.")


class ExtendView(OfMentorship):
    @extend_schema(
        operation_id="extend_mentorship",
        summary="Let it run longer than planned, with the reason",
        tags=TAGS,
        request=Extend,
        responses={200: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found, body = self.find(mentorship_id), valid(Extend(data=request.data))
        extended = done(
            lambda: extend_mentorship(found, until=body["until"], words=body["words"], by=self.member)
        )
        return Response(MentorshipEntry(extended).data)


class Change(serializers.Serializer[Any]):
    mentor = serializers.UUIDField(help_text="The new mentor.")
    words = words(300, help_text="Mentor, mentee and directors read this.")


class ChangeView(OfMentorship):
    @extend_schema(
        operation_id="change_mentor",
        summary="Offer the mentee to another mentor in the same tier, as the director",
        tags=TAGS,
        request=Change,
        responses={201: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found, body = self.find(mentorship_id), valid(Change(data=request.data))
        mentor = colleague("mentor", body["mentor"])
        made = done(lambda: change_mentor(found, mentor, words=body["words"], by=self.member))
        return Response(MentorshipEntry(made).data, status=status.HTTP_201_CREATED)
