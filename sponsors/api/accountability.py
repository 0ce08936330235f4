"""Whether reviews are held, over the REST API: by unit, what is late by name, and the rule."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, done, valid
from people.rest.entries import ColleagueEntry, ShareEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from sponsors.api import TAGS
from sponsors.models import Review, ReviewRule
from sponsors.permissions import (
    ACCOUNTABILITY_IS_FOR,
    LATE_REVIEWS_ARE_FOR,
    REVIEW_RULE_IS_KEPT_BY,
    can_keep_review_rule,
    can_see_accountability,
    can_see_late_reviews,
)
from sponsors.plan.reviews import LONGEST_DAYS, SHORTEST_DAYS
from sponsors.queries.accountability import Line, accountability
from sponsors.queries.reviews import review_rule_in_force, reviews_that_escalate
from sponsors.services.review_calls import change_review_rule


class AccountabilityLine(serializers.Serializer[Line]):
    """Reviews of a year, of five leaders or more. `others`: smaller units told together with this one."""

    unit = serializers.CharField(read_only=True, allow_null=True)
    others = serializers.ListField(child=serializers.CharField(), read_only=True)
    leaders = serializers.IntegerField(source="tally.leaders", read_only=True, help_text="With a regimen.")
    late = serializers.IntegerField(source="tally.late", read_only=True)
    overdue = serializers.IntegerField(source="tally.overdue", read_only=True)
    in_time = ShareEntry(source="share", read_only=True, help_text="Of those that were to be held by now.")


class AccountabilityEntry(serializers.Serializer[Any]):
    whole = AccountabilityLine(read_only=True, allow_null=True, help_text="Null: too few to tell.")
    lines = AccountabilityLine(many=True, read_only=True)
    as_of = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Counted in the night; null: just now."
    )


class AccountabilityView(MemberAPIView):
    @extend_schema(
        operation_id="review_accountability",
        summary="Whether the reviews of the last twelve months were held, by unit",
        description="Over the leaders I answer for: programme directors, HR admins and executives.",
        tags=TAGS,
        responses=AccountabilityEntry,
    )
    def get(self, request: Request) -> Response:
        demand(can_see_accountability(self.member), ACCOUNTABILITY_IS_FOR)
        return Response(AccountabilityEntry(accountability(self.member, on=timezone.localdate())).data)


class LateReview(serializers.ModelSerializer[Review]):
    """A review that is overdue for more than two weeks."""

    leader = ColleagueEntry(read_only=True)
    unit = serializers.CharField(source="leader.unit.name", read_only=True)
    sponsor_signed = serializers.SerializerMethodField()
    manager_signed = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ["leader", "unit", "due_on", "sponsor_signed", "manager_signed"]

    def get_sponsor_signed(self, review: Review) -> bool:
        return review.sponsor_id is not None

    def get_manager_signed(self, review: Review) -> bool:
        return review.manager_id is not None


class LatePages(KeysetPages):
    ordering = ("due_on", "id")


class LateReviewsView(MemberListAPIView):
    serializer_class = LateReview
    pagination_class = LatePages

    def get_queryset(self) -> QuerySet[Review]:
        return reviews_that_escalate(self.member, on=timezone.localdate())

    @extend_schema(
        operation_id="late_reviews",
        summary="Reviews that are overdue for more than two weeks, by name",
        description="For programme directors, of their cohorts, and HR admins.",
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        demand(can_see_late_reviews(self.member), LATE_REVIEWS_ARE_FOR)
        return self.list(request)


class ReviewRuleEntry(serializers.ModelSerializer[ReviewRule]):
    changed_by = ColleagueEntry(read_only=True, allow_null=True, help_text="Null: nobody has, as yet.")
    changed_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = ReviewRule
        fields = ["every_days", "changed_by", "changed_at"]


class ReviewRuleBody(serializers.Serializer[Any]):
    every_days = serializers.IntegerField(min_value=SHORTEST_DAYS, max_value=LONGEST_DAYS)


class ReviewRuleView(MemberAPIView):
    @extend_schema(
        operation_id="review_rule",
        summary="How often regimens are reviewed here",
        description="For HR admins and directors of all programmes.",
        tags=TAGS,
        responses=ReviewRuleEntry,
    )
    def get(self, request: Request) -> Response:
        demand(can_keep_review_rule(self.member), REVIEW_RULE_IS_KEPT_BY)
        return Response(ReviewRuleEntry(review_rule_in_force()).data)

    @extend_schema(
        operation_id="change_review_rule",
        summary="Say how often; the days of open reviews move with it, and nobody is late at once",
        tags=TAGS,
        request=ReviewRuleBody,
        responses={200: ReviewRuleEntry, **MOVED},
    )
    def put(self, request: Request) -> Response:
        demand(can_keep_review_rule(self.member), REVIEW_RULE_IS_KEPT_BY)
        body = valid(ReviewRuleBody(data=request.data))
        done(lambda: change_review_rule(body["every_days"], by=self.member))
        return self.get(request)
