"""The rule of matching over the REST API: in force, its history, changing it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.models import MatchWeights
from mentoring.permissions import TAXONOMY_IS_KEPT_BY, can_keep_taxonomy
from mentoring.queries.rule import rule_history
from mentoring.services.rule import Rule, change_rule, rule_of
from people.access import demand
from people.rest.answers import MOVED, done, valid
from people.rest.views import MemberAPIView


def percent(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=100, **options)


class RuleTerms(serializers.Serializer[Any]):
    """Shares in whole percent; the first three sum to 100."""

    interest = percent()
    availability = percent()
    past_success = percent()
    bar = percent(help_text="A pair that scores above it is told to both sides at once.")
    stickiness = percent(help_text="Added to the score of a pair that runs already.")
    prior_weight = percent(help_text="For how many ratings the mean of all mentors counts.")
    years_ahead = serializers.IntegerField(min_value=1, max_value=6)
    graded_availability = serializers.BooleanField()
    publishes_itself = serializers.BooleanField()
    remind_days = serializers.IntegerField(
        min_value=1, max_value=89, help_text="After which somebody who was asked is reminded."
    )
    answer_days = serializers.IntegerField(
        min_value=2, max_value=90, help_text="After which an offer lapses."
    )


class RuleVersion(serializers.Serializer[Any]):
    version = serializers.IntegerField(read_only=True)
    set_by = serializers.CharField(source="set_by.name", read_only=True, allow_null=True, default=None)
    set_at = serializers.DateTimeField(read_only=True, allow_null=True)
    terms = serializers.SerializerMethodField()

    @extend_schema_field(RuleTerms)
    def get_terms(self, version: MatchWeights) -> dict[str, Any]:
        return dict(RuleTerms(rule_of(version)).data)


class RuleChange(RuleTerms):
    version = serializers.IntegerField(min_value=1, help_text="The version that was read before changing it.")


class RuleView(MemberAPIView):
    MOST = 20

    @extend_schema(
        operation_id="matching_rule",
        summary="The rule of matching in its versions, the one in force first",
        tags=TAGS,
        responses=RuleVersion(many=True),
    )
    def get(self, request: Request) -> Response:
        history = list(rule_history()[: self.MOST]) or [MatchWeights(version=1)]
        return Response(RuleVersion(history, many=True).data)

    @extend_schema(
        operation_id="change_matching_rule",
        summary="Put a new version in force",
        description="For HR admins and directors of all programmes. Runs keep the version they followed.",
        tags=TAGS,
        request=RuleChange,
        responses={200: RuleVersion, **MOVED},
    )
    def put(self, request: Request) -> Response:
        demand(can_keep_taxonomy(self.member), TAXONOMY_IS_KEPT_BY)
        body = valid(RuleChange(data=request.data))
        seen = body.pop("version")
        changed = done(lambda: change_rule(Rule(**body), after=seen, by=self.member))
        return Response(RuleVersion(changed).data)
