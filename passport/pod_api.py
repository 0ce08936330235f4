"""Skill pods over the REST API, for whoever may see the Passport they belong to."""

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
from passport.models import Capstone, PodAttempt, PodMark, TransferOutcome
from passport.pod_queries import attempts_of, capstones_of, outcomes_of
from passport.queries import holding_visible_to
from passport.reads import record_reads
from people.rest.views import MemberAPIView


class PodMarkEntry(serializers.ModelSerializer[PodMark]):
    class Meta:
        model = PodMark
        fields = ["criterion", "level"]


class PodAttemptEntry(serializers.ModelSerializer[PodAttempt]):
    """An attempt with the levels of its rubric. What was said and done in it stays on the page."""

    pod = serializers.CharField(source="pod.key", read_only=True)
    version = serializers.IntegerField(source="pod.version", read_only=True)
    title = serializers.CharField(source="pod.title", read_only=True)
    expected_level = serializers.IntegerField(source="pod.expected_level", read_only=True)
    marked_by = serializers.CharField(source="marked_by.name", read_only=True, allow_null=True, default=None)
    marks = PodMarkEntry(many=True, read_only=True)

    class Meta:
        model = PodAttempt
        fields = [
            "id",
            "pod",
            "version",
            "title",
            "expected_level",
            "begun_at",
            "finished_at",
            "marked_by",
            "marked_at",
            "marks",
        ]


class CapstoneEntry(serializers.ModelSerializer[Capstone]):
    pod = serializers.CharField(source="pod.key", read_only=True)
    unit = serializers.CharField(source="unit.name", read_only=True)
    decided_by = serializers.CharField(
        source="decided_by.name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Capstone
        fields = [
            "id",
            "pod",
            "title",
            "unit",
            "state",
            "planned_on",
            "submitted_on",
            "decided_by",
            "decided_at",
        ]


class TransferOutcomeEntry(serializers.ModelSerializer[TransferOutcome]):
    pod = serializers.CharField(source="pod.key", read_only=True)
    confirmed_by = serializers.CharField(
        source="confirmed_by.name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = TransferOutcome
        fields = ["id", "pod", "committee", "role", "began_on", "confirmed_by", "confirmed_at"]


class PodsEntry(serializers.Serializer[dict[str, Any]]):
    """Attempts, the newest first (of each pod the latest finished one counts), and what followed."""

    attempts = PodAttemptEntry(many=True, read_only=True)
    capstones = CapstoneEntry(many=True, read_only=True)
    committees = TransferOutcomeEntry(many=True, read_only=True)


class PodsView(MemberAPIView):
    """Somebody's skill pods; the holder sees that they were read."""

    @extend_schema(
        operation_id="pods", summary="Skill pods of a person", tags=["Passport"], responses=PodsEntry
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.answer(person_id)

    def answer(self, person_id: UUID) -> Response:
        if holding_visible_to(self.member, person_id, on=timezone.localdate()) is None:
            raise NotFound
        record_reads([person_id], ReadOf.API, by=self.member)
        found = {
            "attempts": attempts_of(person_id).prefetch_related("marks"),
            "capstones": capstones_of(person_id),
            "committees": outcomes_of(person_id),
        }
        return Response(PodsEntry(found).data)


class OwnPodsView(PodsView):
    @extend_schema(operation_id="my_pods", summary="My skill pods", tags=["Passport"], responses=PodsEntry)
    def get(self, request: Request) -> Response:  # type: ignore[override]  # the person is the caller
        return self.answer(self.member.person_id)
