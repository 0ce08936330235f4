"""Where somebody could go, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from passport.enums import ReadOf
from passport.queries import holding_visible_to
from passport.reads import record_reads
from people.rest.views import MemberAPIView
from readiness.pathways.advice import advise
from readiness.pathways.evidence import evidence_of
from readiness.pathways.words import action_lines, role_lines
from readiness.queries import roles_in_force


class RequirementEntry(serializers.Serializer[Any]):
    rule = serializers.CharField(read_only=True)
    count = serializers.CharField(read_only=True)
    met = serializers.BooleanField(read_only=True)


class PathwayRoleEntry(serializers.Serializer[Any]):
    key = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    met = serializers.IntegerField(read_only=True)
    total = serializers.IntegerField(read_only=True)
    requirements = RequirementEntry(source="checks", many=True, read_only=True)


class PathwayActionEntry(serializers.Serializer[Any]):
    """What to do next, the rule that asks for it, and where to do it."""

    title = serializers.CharField(read_only=True)
    role = serializers.CharField(read_only=True)
    rule = serializers.CharField(read_only=True)
    url = serializers.CharField(read_only=True)


class PathwayEntry(serializers.Serializer[Any]):
    """Roles ahead, nearest first; none where the evidence is not enough to say."""

    person = serializers.UUIDField(read_only=True)
    enough_evidence = serializers.BooleanField(read_only=True)
    reached = serializers.ListField(child=serializers.CharField(), read_only=True)
    roles = PathwayRoleEntry(many=True, read_only=True)
    actions = PathwayActionEntry(many=True, read_only=True)


class PathwayView(MemberAPIView):
    @extend_schema(
        operation_id="person_pathway",
        summary="Where somebody could go",
        description="From verified stamps, marked pods, confirmed committees, publications with a DOI and "
        "positions held alone, against the organisation's own roles. For whoever may see the Passport; the "
        "holder sees who read it.",
        tags=["Readiness"],
        responses=PathwayEntry,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        today = timezone.localdate()
        if holding_visible_to(self.member, person_id, on=today) is None:
            raise NotFound
        record_reads([person_id], ReadOf.API, by=self.member)
        roles = roles_in_force()
        advice = advise(roles, evidence_of(person_id, on=today))
        pathway = {
            "person": person_id,
            "enough_evidence": advice.enough,
            "reached": sorted(advice.reached),
            "roles": role_lines(advice, roles),
            "actions": action_lines(advice, self.organization.slug, person_id),
        }
        return Response(PathwayEntry(pathway).data)
