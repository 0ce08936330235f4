"""Talent reviews to read, and what they gave oneself to do. A pool in which whoever asks stands themselves is
in no answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.rest.answers import MOVED, done
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from succession.api import TAGS
from succession.enums import Flag, ReviewState
from succession.models import PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.queries.reviews import (
    actions_of,
    agenda_of,
    pools_standing_in,
    review_visible_to,
    reviews_visible_to,
)
from succession.services.reviews import finish_action

MOST = 200


class TalentReviewEntry(serializers.ModelSerializer[TalentReview]):
    state = serializers.ChoiceField(choices=ReviewState.choices, read_only=True)
    facilitator = ColleagueEntry(read_only=True)
    unit = serializers.CharField(
        source="unit.name", read_only=True, allow_null=True, default=None, help_text="Null: all pools."
    )

    class Meta:
        model = TalentReview
        fields = ["id", "title", "held_on", "state", "facilitator", "unit", "opened_at", "closed_at"]


class PoolDecisionEntry(serializers.ModelSerializer[PoolDecision]):
    decided_by = ColleagueEntry(read_only=True)

    class Meta:
        model = PoolDecision
        fields = ["words", "reason", "decided_by", "decided_at"]


class PoolActionEntry(serializers.ModelSerializer[PoolAction]):
    pool = serializers.CharField(source="snapshot.title", read_only=True, help_text="Of which position.")
    owner = ColleagueEntry(read_only=True)

    class Meta:
        model = PoolAction
        fields = ["id", "pool", "words", "owner", "due_on", "done_on"]


class PoolSnapshotEntry(serializers.ModelSerializer[PoolSnapshot]):
    """A pool as it was when the review opened, and what was decided about it."""

    position_id = serializers.UUIDField(source="pool.position_id", read_only=True)
    position = serializers.CharField(source="title", read_only=True)
    flags = serializers.ListField(child=serializers.ChoiceField(choices=Flag.choices), read_only=True)
    decision = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    class Meta:
        model = PoolSnapshot
        fields = [
            *("place", "position_id", "position", "unit_name", "term_ends", "ready_target", "soon_target"),
            *("members", "ready_now", "one_two", "three_five", "later", "stale", "unassessed"),
            *("interim_cover", "valid_months", "flags", "decision", "actions"),
        ]

    @extend_schema_field(PoolDecisionEntry(allow_null=True))
    def get_decision(self, snapshot: PoolSnapshot) -> Any:
        decided: list[PoolDecision] = snapshot.decided  # type: ignore[attr-defined]  # prefetched
        return PoolDecisionEntry(decided[0]).data if decided else None

    @extend_schema_field(PoolActionEntry(many=True))
    def get_actions(self, snapshot: PoolSnapshot) -> Any:
        return PoolActionEntry(snapshot.given, many=True).data  # type: ignore[attr-defined]  # prefetched


class TalentReviewWithAgenda(TalentReviewEntry):
    agenda = serializers.SerializerMethodField(help_text="Empty until it opens.")

    class Meta(TalentReviewEntry.Meta):
        fields = [*TalentReviewEntry.Meta.fields, "agenda"]

    @extend_schema_field(PoolSnapshotEntry(many=True))
    def get_agenda(self, review: TalentReview) -> Any:
        agenda = agenda_of(review).exclude(pool__in=self.context["mine"]).select_related("pool")
        return PoolSnapshotEntry(agenda, many=True).data


class TalentReviewsView(MemberAPIView):
    @extend_schema(
        operation_id="talent_reviews",
        summary="Talent reviews: all for HR admins, for others those that they facilitate; the newest 200",
        tags=TAGS,
        responses=TalentReviewEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(TalentReviewEntry(reviews_visible_to(self.member)[:MOST], many=True).data)


class TalentReviewView(MemberAPIView):
    @extend_schema(
        operation_id="talent_review",
        summary="One talent review with its agenda, decisions and actions",
        tags=TAGS,
        responses=TalentReviewWithAgenda,
    )
    def get(self, request: Request, review_id: UUID) -> Response:
        found = review_visible_to(self.member, review_id)
        if found is None:
            raise NotFound
        context = {"mine": pools_standing_in(self.member.person_id)}
        return Response(TalentReviewWithAgenda(found, context=context).data)


class OwnReviewActionsView(MemberAPIView):
    @extend_schema(
        operation_id="own_review_actions",
        summary="What talent reviews gave me to do, what waits first; 200 at most",
        tags=TAGS,
        responses=PoolActionEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        own = actions_of(self.member.person_id).select_related("owner")
        return Response(PoolActionEntry(own[:MOST], many=True).data)


class ReviewActionDoneView(MemberAPIView):
    @extend_schema(
        operation_id="finish_review_action",
        summary="Mark one's own action as done",
        tags=TAGS,
        request=None,
        responses={200: PoolActionEntry, **MOVED},
    )
    def post(self, request: Request, action_id: UUID) -> Response:
        own = actions_of(self.member.person_id).select_related("owner")
        found = own.filter(pk=action_id).first()
        if found is None:
            raise NotFound
        done(lambda: finish_action(found, by=self.member))
        return Response(PoolActionEntry(own.get(pk=action_id)).data)
