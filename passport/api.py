"""The Passport over the REST API, for whoever may see it on the page."""

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
from passport.journey import StageOnTheWay, journey_of
from passport.models import Milestone, Publication, Stamp
from passport.portfolio import publications_of
from passport.queries import holding_visible_to, walk_of
from passport.reads import record_reads
from people.rest.views import MemberAPIView
from surveys.enums import Dimension


class MilestoneEntry(serializers.ModelSerializer[Milestone]):
    stage = serializers.CharField(source="stage.key", read_only=True)
    dimension = serializers.ChoiceField(choices=Dimension.choices, read_only=True)

    class Meta:
        model = Milestone
        fields = ["id", "title", "stage", "dimension", "points", "required"]


class StampEntry(serializers.ModelSerializer[Stamp]):
    """A claim or stamp. The evidence itself is not here: its file and words stay on the page."""

    milestone = MilestoneEntry(read_only=True)
    verified_by = serializers.CharField(
        source="verified_by.name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Stamp
        fields = [
            "id",
            "milestone",
            "state",
            "earned_on",
            "prior_learning",
            "verified_by",
            "decided_at",
            "rule",
        ]


class StageEntry(serializers.Serializer[StageOnTheWay]):
    key = serializers.CharField(source="stage.key", read_only=True)
    name = serializers.CharField(source="stage.name", read_only=True)
    progress = serializers.ChoiceField(choices=["done", "now", "next"], read_only=True)
    earned_count = serializers.IntegerField(read_only=True)
    required_count = serializers.SerializerMethodField()

    def get_required_count(self, stage: StageOnTheWay) -> int:
        return len(stage.required)


class PortfolioEntry(serializers.ModelSerializer[Publication]):
    """Of the research portfolio: as its holder says it, verified by nobody here."""

    class Meta:
        model = Publication
        fields = ["kind", "title", "authors", "venue", "year", "doi"]


class PassportEntry(serializers.Serializer[Any]):
    """Somebody's Passport."""

    person = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    number = serializers.CharField(read_only=True, allow_null=True)
    issued_on = serializers.DateField(read_only=True, allow_null=True)
    stages = StageEntry(many=True, read_only=True)
    stamps = StampEntry(many=True, read_only=True)
    publications = PortfolioEntry(many=True, read_only=True)


class PassportView(MemberAPIView):
    @extend_schema(
        operation_id="person_passport",
        summary="Somebody's Passport",
        description="For its holder, the immediate leader, programme directors and HR; the holder sees who.",
        tags=["Passport"],
        responses=PassportEntry,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.answer(person_id)

    def answer(self, person_id: UUID) -> Response:
        on = timezone.localdate()
        holding = holding_visible_to(self.member, person_id, on=on)
        if holding is None:
            raise NotFound
        record_reads([person_id], ReadOf.API, by=self.member)
        walk = walk_of(person_id, on=on)
        journey = journey_of(holding.person.career_stage, walk.stages, walk.milestones, walk.stamps)
        passport = {
            "person": person_id,
            "name": holding.person.name,
            "number": holding.holder and holding.holder.number,
            "issued_on": holding.holder and holding.holder.issued_on,
            "stages": journey.stages,
            "stamps": walk.stamps,
            "publications": publications_of(person_id),
        }
        return Response(PassportEntry(passport).data)


class OwnPassportView(PassportView):
    @extend_schema(
        operation_id="my_passport", summary="My Passport", tags=["Passport"], responses=PassportEntry
    )
    def get(self, request: Request) -> Response:  # type: ignore[override]  # the person is the caller
        return self.answer(self.member.person_id)
