"""How positions are covered, and one with its candidates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.enums import PositionType
from people.models import Position
from people.rest.views import MemberAPIView
from succession.api import TAGS
from succession.api.candidacies import CandidacyEntry
from succession.enums import Flag
from succession.exposure import Cover, flags_of
from succession.permissions import (
    POOL_IS_FOR,
    SUCCESSION_IS_WATCHED_BY,
    can_see_pool,
    watches_succession,
)
from succession.queries.covers import covers
from succession.queries.pools import candidates_of, pool_of, seat_at


class CoverEntry(serializers.Serializer[Any]):
    """One position as the register has it. Counts are of candidates who said yes."""

    position_id = serializers.UUIDField(read_only=True)
    title = serializers.CharField(read_only=True)
    type = serializers.ChoiceField(choices=PositionType.choices, read_only=True)
    unit = serializers.CharField(read_only=True)
    incumbent_id = serializers.UUIDField(read_only=True, allow_null=True)
    incumbent = serializers.CharField(read_only=True)
    interim = serializers.BooleanField(read_only=True)
    term_ends = serializers.DateField(
        read_only=True, allow_null=True, help_text="The first day after the term."
    )
    has_pool = serializers.SerializerMethodField()
    ready_target = serializers.IntegerField(read_only=True)
    soon_target = serializers.IntegerField(read_only=True)
    members = serializers.IntegerField(read_only=True)
    asked = serializers.IntegerField(read_only=True)
    ready = serializers.IntegerField(read_only=True, help_text="Ready now, rated within twelve months.")
    soon = serializers.IntegerField(read_only=True, help_text="Ready now or within two years.")
    stale = serializers.IntegerField(read_only=True)
    unassessed = serializers.IntegerField(read_only=True)
    interim_cover = serializers.IntegerField(read_only=True)
    flags = serializers.SerializerMethodField()

    def get_has_pool(self, cover: Cover) -> bool:
        return cover.pool_id is not None

    def get_flags(self, cover: Cover) -> list[Flag]:
        return flags_of(cover, on=timezone.localdate())


class CoverWithCandidates(CoverEntry):
    candidates = CandidacyEntry(many=True, read_only=True)


class PositionsView(MemberAPIView):
    @extend_schema(
        operation_id="succession_positions",
        summary="Every position with its bench and what is missing; vacant ones first, then as terms end",
        tags=TAGS,
        parameters=[
            OpenApiParameter("flag", str, enum=Flag.values, description="Those that raise it alone.")
        ],
        responses=CoverEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(watches_succession(self.member), SUCCESSION_IS_WATCHED_BY)
        on, asked = timezone.localdate(), request.query_params.get("flag", "")
        if asked and asked not in Flag.values:
            raise serializers.ValidationError({"flag": [f"Expected one of: {', '.join(Flag.values)}."]})
        found = [each for each in covers(on=on) if not asked or asked in flags_of(each, on=on)]
        return Response(CoverEntry(found, many=True).data)


class PositionView(MemberAPIView):
    @extend_schema(
        operation_id="succession_position",
        summary="One position with the candidates of its pool",
        tags=TAGS,
        responses=CoverWithCandidates,
    )
    def get(self, request: Request, position_id: UUID) -> Response:
        if not Position.objects.filter(pk=position_id).exists():
            raise NotFound
        on, pool = timezone.localdate(), pool_of(position_id)
        demand(can_see_pool(self.member, seat_at(self.member, pool, on=on)), POOL_IS_FOR)
        (cover,) = covers(on=on, positions=[position_id])
        candidates: list[Any] = candidates_of(pool) if pool else []
        rest = CandidacyEntry(candidates, many=True).data
        return Response({**CoverEntry(cover).data, "candidates": rest})
