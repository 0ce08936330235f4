"""Locks and exclusions of a cohort over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.enums import PairRuleKind, Tier
from mentoring.models import PairRule
from mentoring.permissions import MATCHING_IS_RUN_BY, can_run_matching
from mentoring.queries.runs import cohorts_directed_by, pair_rules_directed_by, rules_of_pairs
from mentoring.services.pairs import remove_pair_rule, rule_pair
from people.access import demand
from people.models import Cohort
from people.rest.answers import MOVED, colleague, done, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class PairRuleEntry(serializers.ModelSerializer[PairRule]):
    """Two people who are kept together in a tier, or apart in one or, without one, in all."""

    kind = serializers.ChoiceField(choices=PairRuleKind.choices, read_only=True)
    mentee = ColleagueEntry(read_only=True)
    mentor = ColleagueEntry(read_only=True)
    tier = serializers.CharField(read_only=True, help_text="Empty: in every tier.")
    set_by = ColleagueEntry(read_only=True)

    class Meta:
        model = PairRule
        fields = ["id", "kind", "mentee", "mentor", "tier", "reason", "set_by", "set_at"]


class NewPairRule(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=PairRuleKind.choices)
    mentee = serializers.UUIDField()
    mentor = serializers.UUIDField()
    tier = serializers.ChoiceField(
        choices=Tier.choices, allow_null=True, default=None, help_text="Null: in every tier, to keep apart."
    )
    reason = words(300)


class PairRulePages(KeysetPages):
    ordering = ("-set_at", "id")


class PairRulesView(MemberListAPIView):
    serializer_class = PairRuleEntry
    pagination_class = PairRulePages

    def find(self) -> Cohort:
        """403 for whoever directs no cohort, 404 for another one's."""
        demand(can_run_matching(self.member), MATCHING_IS_RUN_BY)
        return get_object_or_404(cohorts_directed_by(self.member), pk=self.kwargs["cohort_id"])

    def get_queryset(self) -> QuerySet[PairRule]:
        return rules_of_pairs(self.find())

    @extend_schema(
        operation_id="pair_rules", summary="Who of a cohort is kept together or apart, and why", tags=TAGS
    )
    def get(self, request: Request, cohort_id: UUID) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="rule_pair",
        summary="Keep two people together or apart in every matching from now on",
        tags=TAGS,
        request=NewPairRule,
        responses={201: PairRuleEntry, **MOVED},
    )
    def post(self, request: Request, cohort_id: UUID) -> Response:
        cohort, body = self.find(), valid(NewPairRule(data=request.data))
        made = done(
            lambda: rule_pair(
                cohort,
                mentee=colleague("mentee", body["mentee"]),
                mentor=colleague("mentor", body["mentor"]),
                kind=PairRuleKind(body["kind"]),
                tier=Tier(body["tier"]) if body["tier"] else None,
                reason=body["reason"],
                by=self.member,
            )
        )
        return Response(PairRuleEntry(made).data, status=status.HTTP_201_CREATED)


class PairRuleView(MemberAPIView):
    @extend_schema(
        operation_id="remove_pair_rule",
        summary="Take a lock or an exclusion back",
        tags=TAGS,
        responses={204: None},
    )
    def delete(self, request: Request, rule_id: UUID) -> Response:
        demand(can_run_matching(self.member), MATCHING_IS_RUN_BY)
        remove_pair_rule(get_object_or_404(pair_rules_directed_by(self.member), pk=rule_id), by=self.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
