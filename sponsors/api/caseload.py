"""The leaders I look after, over the REST API, with what each of them waits for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.plan_entries import CAUTIONS
from sponsors.models import Review
from sponsors.queries.caseload import caseload_of


class DueReview(serializers.ModelSerializer[Review]):
    class Meta:
        model = Review
        fields = ["id", "due_on"]


class CaseEntry(serializers.Serializer[Any]):
    """A leader whom I sponsor, or else lead. Private actions count for the sponsor alone."""

    leader = ColleagueEntry(read_only=True)
    unit = serializers.CharField(read_only=True)
    is_sponsor = serializers.BooleanField(read_only=True)
    version = serializers.IntegerField(read_only=True, help_text="Of the regimen; 0: there is none yet.")
    cautions = CAUTIONS
    review = DueReview(read_only=True, allow_null=True, help_text="The one that is open.")
    waits_for_signature = serializers.BooleanField(read_only=True, help_text="Mine, after the other one.")
    proposals = serializers.IntegerField(read_only=True, help_text="Of the leader's, not answered yet.")
    late_actions = serializers.IntegerField(read_only=True)


class CaseloadView(MemberAPIView):
    @extend_schema(
        operation_id="my_caseload",
        summary="The leaders I look after, as sponsor or as immediate leader",
        tags=TAGS,
        responses=CaseEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        today = timezone.localdate()
        told = [
            {
                **{name: getattr(case, name) for name in ("leader", "is_sponsor", "version", "review")},
                "unit": case.leader.unit,
                "cautions": case.cautions(on=today),
                "waits_for_signature": case.waits_for_signature(),
                "proposals": case.proposals,
                "late_actions": case.late_actions(on=today),
            }
            for case in caseload_of(self.member, on=today)
        ]
        return Response(CaseEntry(told, many=True).data)
