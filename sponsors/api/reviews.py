"""A leader's reviews over the REST API: what is written, the leader's own view, the signatures."""

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

from people.access import demand
from people.models import Person
from people.rest.answers import (
    MOVED,
    MovedMeanwhile,
    RefusedValues,
    done,
    optional_words,
    valid,
    words,
)
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from sponsors.api import TAGS
from sponsors.api.charts import OfLeader
from sponsors.enums import Decision, ReviewCause
from sponsors.models import Review, ReviewCall, ReviewNote
from sponsors.permissions import (
    LEADER_VIEW_IS_BY,
    REVIEW_IS_CALLED_BY,
    REVIEW_IS_FOR,
    REVIEW_IS_HELD_BY,
    can_call_review,
    can_hold_review,
)
from sponsors.queries.reviews import missing_in, notes_shown_to, open_actions_of, reviews_of, seen_in
from sponsors.seats import Seat
from sponsors.services.meanwhile import ChangedMeanwhileError
from sponsors.services.review_calls import call_review
from sponsors.services.reviews import (
    Findings,
    add_leader_view,
    sign_review,
    write_review,
)


class CallEntry(serializers.ModelSerializer[ReviewCall]):
    """What is new, and so a review before its time."""

    cause = serializers.ChoiceField(choices=ReviewCause.choices, read_only=True)
    called_by = ColleagueEntry(read_only=True, allow_null=True, help_text="Null: by the appointment.")

    class Meta:
        model = ReviewCall
        fields = ["cause", "words", "called_by", "called_on", "due_on"]


class ReviewEntry(serializers.ModelSerializer[Review]):
    """A review of the regimen: open until sponsor and immediate leader have both signed it."""

    decision = serializers.SerializerMethodField(help_text="Null while nothing is decided.")
    version = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Of the regimen, as it was signed."
    )
    sponsor = ColleagueEntry(read_only=True, allow_null=True, help_text="Who signed as sponsor.")
    manager = ColleagueEntry(read_only=True, allow_null=True, help_text="Who signed as immediate leader.")
    calls = CallEntry(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            *("id", "begun_on", "due_on", "closed_on", "decision", "version"),
            *("sponsor", "sponsor_signed_at", "manager", "manager_signed_at", "calls"),
        ]

    @extend_schema_field(serializers.ChoiceField(choices=Decision.choices, allow_null=True))
    def get_decision(self, review: Review) -> str | None:
        return review.decision or None


class ReviewNoteEntry(serializers.ModelSerializer[ReviewNote]):
    """A word on the progress of an action, as it was called then."""

    action = serializers.UUIDField(source="action_id", read_only=True)

    class Meta:
        model = ReviewNote
        fields = ["action", "title", "private", "words"]


class ReviewDetail(ReviewEntry):
    """As the reader's seat shows it; the context holds the `seat`. `missing` and `seen` are for whoever
    holds it and null once it is closed."""

    notes = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="What has to be said before I can sign, in words.")
    seen = serializers.SerializerMethodField(help_text="What I sign; it changes with what I should read.")

    class Meta(ReviewEntry.Meta):
        fields = [
            *ReviewEntry.Meta.fields,
            *("reason", "next_on", "leader_view", "revision", "notes", "missing", "seen"),
        ]

    @extend_schema_field(ReviewNoteEntry(many=True))
    def get_notes(self, review: Review) -> list[dict[str, Any]]:
        return list(ReviewNoteEntry(notes_shown_to(self.context["seat"], review), many=True).data)

    def get_missing(self, review: Review) -> list[str] | None:
        seat = self.context["seat"]
        return missing_in(review, seat, on=timezone.localdate()) if self.is_held(review) else None

    def get_seen(self, review: Review) -> str | None:
        return str(seen_in(review)) if self.is_held(review) else None

    def is_held(self, review: Review) -> bool:
        return can_hold_review(self.context["seat"]) and not review.is_closed


class OfReviews(OfLeader):
    """An endpoint of a leader's reviews; 403 for whoever only sees that the clinic runs."""

    def find_reviews(self, person_id: UUID) -> tuple[Person, Seat]:
        leader, seat = self.find(person_id)
        demand(seat.reads_all_domains, REVIEW_IS_FOR)
        return leader, seat

    def find_review(self, person_id: UUID, review_id: UUID) -> tuple[Review, Seat]:
        leader, seat = self.find_reviews(person_id)
        found = reviews_of(leader.pk).filter(pk=review_id).first()
        if found is None:
            raise NotFound
        return found, seat

    def shown(self, review: Review, seat: Seat) -> dict[str, Any]:
        """As it is now."""
        now = reviews_of(review.leader_id).get(pk=review.pk)
        told: dict[str, Any] = ReviewDetail(now, context=self.context(seat)).data
        return told


class ReviewPages(KeysetPages):
    ordering = ("-begun_on", "id")


class ReviewsView(OfReviews, MemberListAPIView):
    serializer_class = ReviewEntry
    pagination_class = ReviewPages

    def get_queryset(self) -> QuerySet[Review]:
        leader, _seat = self.find_reviews(self.kwargs["person_id"])
        return reviews_of(leader.pk)

    @extend_schema(
        operation_id="reviews", summary="The reviews of a leader's regimen, the open one first", tags=TAGS
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.list(request)


class ReviewBodyNote(serializers.Serializer[Any]):
    action = serializers.UUIDField()
    words = optional_words(600, help_text="Empty: no word on it any more.")


class ReviewBody(serializers.Serializer[Any]):
    notes = serializers.ListField(
        child=ReviewBodyNote(), default=list, help_text="Words on open actions; the others stay as they are."
    )
    decision = serializers.ChoiceField(choices=Decision.choices, allow_null=True)
    reason = optional_words(2000, help_text="The leader reads every word.")
    next_on = serializers.DateField(allow_null=True, help_text="Not later than usual; null when it stops.")
    revision = serializers.IntegerField(min_value=1, help_text="Of the review as you saw it.")

    def findings(self) -> Findings:
        """Once it is valid."""
        values = self.validated_data
        return Findings(
            words={each["action"]: each["words"] for each in values["notes"]},
            decision=Decision(values["decision"]) if values["decision"] else None,
            reason=values["reason"],
            next_on=values["next_on"],
        )


class ReviewView(OfReviews):
    @extend_schema(operation_id="review", summary="One review", tags=TAGS, responses=ReviewDetail)
    def get(self, request: Request, person_id: UUID, review_id: UUID) -> Response:
        return Response(self.shown(*self.find_review(person_id, review_id)))

    @extend_schema(
        operation_id="write_review",
        summary="Write into an open review, as sponsor or immediate leader",
        description=(
            "Nothing is needed until somebody signs. Where somebody else changed it first, `current` of the "
            "409 is the review as it is now. Whoever signed other words signs again."
        ),
        tags=TAGS,
        request=ReviewBody,
        responses={200: ReviewDetail, **MOVED},
    )
    def put(self, request: Request, person_id: UUID, review_id: UUID) -> Response:
        found, seat = self.find_review(person_id, review_id)
        demand(can_hold_review(seat), REVIEW_IS_HELD_BY)
        body = ReviewBody(data=request.data)
        revision = valid(body)["revision"]
        findings = body.findings()
        if not findings.words.keys() <= {each.pk for each in open_actions_of(seat)}:
            raise RefusedValues({"notes": [_("Write about open actions of this regimen.")]})
        done(lambda: self.write(found, findings, revision, seat))
        return Response(self.shown(found, seat))

    def write(self, review: Review, findings: Findings, revision: int, seat: Seat) -> None:
        try:
            write_review(review, findings, revision=revision, by=self.member)
        except ChangedMeanwhileError as error:
            current = self.shown(error.current, seat)
            raise MovedMeanwhile(" ".join(error.messages), current=current) from error


class OwnView(serializers.Serializer[Any]):
    words = words(2000, help_text="Sponsor and immediate leader read it before they sign.")


class LeaderViewView(OfReviews):
    @extend_schema(
        operation_id="write_own_view_of_review",
        summary="How it goes in my words, as the leader",
        tags=TAGS,
        request=OwnView,
        responses={200: ReviewDetail, **MOVED},
    )
    def put(self, request: Request, person_id: UUID, review_id: UUID) -> Response:
        found, seat = self.find_review(person_id, review_id)
        demand(seat.is_leader, LEADER_VIEW_IS_BY)
        body = valid(OwnView(data=request.data))
        done(lambda: add_leader_view(found, body["words"], by=self.member))
        return Response(self.shown(found, seat))


class Signature(serializers.Serializer[Any]):
    seen = words(200, help_text="As the review told it when you read it.")


class SignReviewView(OfReviews):
    @extend_schema(
        operation_id="sign_review",
        summary="Sign what I have read; the second signature closes the review",
        description="Refused where the review, the plan or an action changed since it was read.",
        tags=TAGS,
        request=Signature,
        responses={200: ReviewDetail, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, review_id: UUID) -> Response:
        found, seat = self.find_review(person_id, review_id)
        demand(can_hold_review(seat), REVIEW_IS_HELD_BY)
        body = valid(Signature(data=request.data))
        done(lambda: sign_review(found, seen=body["seen"], by=self.member))
        return Response(self.shown(found, seat))


class ReviewCallBody(serializers.Serializer[Any]):
    cause = serializers.ChoiceField(choices=ReviewCause.choices)
    words = words(300, help_text="What is new; the leader reads it.")


class CallReviewView(OfReviews):
    @extend_schema(
        operation_id="call_review",
        summary="Call the next review early for a new scope or project, as the sponsor",
        description="A new appointment calls one by itself.",
        tags=TAGS,
        request=ReviewCallBody,
        responses={201: CallEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_reviews(person_id)
        demand(can_call_review(seat), REVIEW_IS_CALLED_BY)
        body = valid(ReviewCallBody(data=request.data))
        cause = ReviewCause(body["cause"])
        made = done(lambda: call_review(leader, cause, body["words"], by=self.member))
        return Response(CallEntry(made).data, status=status.HTTP_201_CREATED)
