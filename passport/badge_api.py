"""The caller's own badges over the REST API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from passport.badge_queries import awards_of
from passport.badge_services import issue_badges, record_of
from passport.models import Award
from people.rest.answers import MOVED, done
from people.rest.views import MemberAPIView

TAGS = ["Passport"]


class BadgeEntry(serializers.ModelSerializer[Award]):
    """A badge: `token` is the signed Open Badges 3.0 credential, a compact JWS."""

    milestone = serializers.UUIDField(source="stamp.milestone_id", read_only=True)
    title = serializers.CharField(source="stamp.milestone.title", read_only=True)
    in_force = serializers.BooleanField(read_only=True)

    class Meta:
        model = Award
        fields = ["id", "stamp", "milestone", "title", "issued_at", "in_force", "revoke_reason", "token"]


class RecordEntry(serializers.Serializer[Any]):
    """A Comprehensive Learner Record 2.0, as a compact JWS."""

    token = serializers.CharField(read_only=True)


class OwnBadgesView(MemberAPIView):
    @extend_schema(operation_id="my_badges", summary="My badges", tags=TAGS, responses=BadgeEntry(many=True))
    def get(self, request: Request) -> Response:
        awards = awards_of(self.member.person_id).select_related("stamp__milestone")
        return Response(BadgeEntry(awards, many=True).data)

    @extend_schema(
        operation_id="make_my_badges",
        summary="Have badges made for my stamps that have none",
        tags=TAGS,
        request=None,
        responses={200: BadgeEntry(many=True), **MOVED},
    )
    def post(self, request: Request) -> Response:
        done(lambda: issue_badges(self.organization, by=self.member))
        return self.get(request)


class OwnRecordView(MemberAPIView):
    @extend_schema(
        operation_id="my_badge_record",
        summary="All my badges in force as one signed record",
        tags=TAGS,
        responses=RecordEntry,
    )
    def get(self, request: Request) -> Response:
        token = record_of(self.organization, self.member.person_id)
        if token is None:
            raise NotFound
        return Response({"token": token})
