"""A leader's onboarding over the REST API: how far it is, beginning and stopping it, and who decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, colleague, done, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.enums import GateDecision, GateItemKind, ObstacleKind, OnboardingState, Part, ProofState
from sponsors.models import Gate, GateProof, Onboarding, Recommendation
from sponsors.permissions import (
    ONBOARDING_IS_BEGUN_BY,
    ONBOARDING_IS_FOR,
    can_keep_onboarding,
    can_read_gates,
    can_read_proof,
    can_see_onboarding,
)
from sponsors.queries.gates import gates_of, items_of
from sponsors.queries.onboarding import Place, place_at
from sponsors.services.onboarding import begin_onboarding, name_chair, stop_onboarding


class RecommendationEntry(serializers.ModelSerializer[Recommendation]):
    """Of several of one part the newest counts."""

    part = serializers.ChoiceField(choices=Part.choices, read_only=True)
    recommends = serializers.ChoiceField(choices=GateDecision.choices, read_only=True)
    by = ColleagueEntry(read_only=True)

    class Meta:
        model = Recommendation
        fields = ["part", "recommends", "words", "by", "at"]


class GateEntry(serializers.ModelSerializer[Gate]):
    """A gate; without a decision it is the one that comes next. The context has the `place` of whoever reads:
    reasons, obstacles and recommendations are for those who read the gates, and null for others."""

    decision = serializers.SerializerMethodField()
    decided_by = ColleagueEntry(read_only=True, allow_null=True)
    reason = serializers.SerializerMethodField()
    obstacles = serializers.SerializerMethodField()
    recommendations = serializers.SerializerMethodField()

    class Meta:
        model = Gate
        fields = [
            *("number", "attempt", "due_on", "opens_on", "decision", "until", "decided_by", "decided_on"),
            *("reason", "obstacles", "recommendations"),
        ]

    @extend_schema_field(serializers.ChoiceField(choices=GateDecision.choices, allow_null=True))
    def get_decision(self, gate: Gate) -> str | None:
        return gate.decision or None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_reason(self, gate: Gate) -> str | None:
        return gate.reason if reads_gates(self.context["place"]) else None

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=ObstacleKind.choices), allow_null=True)
    )
    def get_obstacles(self, gate: Gate) -> list[str] | None:
        return gate.obstacles if reads_gates(self.context["place"]) else None

    @extend_schema_field(RecommendationEntry(many=True, allow_null=True))
    def get_recommendations(self, gate: Gate) -> Any:
        said = gate.recommendations.all()
        return RecommendationEntry(said, many=True).data if reads_gates(self.context["place"]) else None


class ProofEntry(serializers.ModelSerializer[GateProof]):
    """What was shown. An assessment's words and note are for leader and sponsor, and null for others; its
    file is on the page. The context has the `place` of whoever reads."""

    state = serializers.ChoiceField(choices=ProofState.choices, read_only=True)
    words = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    has_file = serializers.SerializerMethodField()
    decided_by = ColleagueEntry(read_only=True, allow_null=True)

    class Meta:
        model = GateProof
        fields = [
            "id",
            "state",
            "done_on",
            "shown_on",
            "words",
            "has_file",
            "decided_by",
            "decided_on",
            "note",
        ]

    def _reads(self, proof: GateProof) -> bool:
        place: Place = self.context["place"]
        return can_read_proof(place.seat, private=proof.item.is_private, is_chair=place.is_chair)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_words(self, proof: GateProof) -> str | None:
        return proof.words if self._reads(proof) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_note(self, proof: GateProof) -> str | None:
        return proof.note if self._reads(proof) else None

    @extend_schema_field(serializers.BooleanField())
    def get_has_file(self, proof: GateProof) -> bool:
        return bool(proof.file)


class GateItemEntry(serializers.Serializer[Any]):
    """Something to show at a gate, with what was shown of it, the newest first."""

    id = serializers.UUIDField(source="item.pk", read_only=True)
    gate = serializers.IntegerField(source="item.gate", read_only=True)
    kind = serializers.ChoiceField(source="item.kind", choices=GateItemKind.choices, read_only=True)
    title = serializers.CharField(source="item.title", read_only=True)
    rule = serializers.CharField(source="item.rule", read_only=True)
    is_confirmed = serializers.BooleanField(read_only=True)
    proofs = ProofEntry(many=True, read_only=True)


class OnboardingEntry(serializers.ModelSerializer[Onboarding]):
    """`chair`: who decides today. `items` are for those who read the gates, and null for others."""

    state = serializers.ChoiceField(choices=OnboardingState.choices, read_only=True)
    chair = serializers.SerializerMethodField()
    gates = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField()

    class Meta:
        model = Onboarding
        fields = ["id", "role", "state", "started_on", "over_on", "chair", "gates", "items"]

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_chair(self, onboarding: Onboarding) -> UUID | None:
        found: UUID | None = onboarding.chair_now  # type: ignore[attr-defined]  # annotated
        return found

    @extend_schema_field(GateEntry(many=True))
    def get_gates(self, onboarding: Onboarding) -> Any:
        return GateEntry(gates_of(onboarding), many=True, context=self.context).data

    @extend_schema_field(GateItemEntry(many=True, allow_null=True))
    def get_items(self, onboarding: Onboarding) -> Any:
        if not reads_gates(self.context["place"]):
            return None
        shown = [each for items in items_of(onboarding).values() for each in items]
        for each in shown:
            for proof in each.proofs:
                proof.item = each.item
        return GateItemEntry(shown, many=True, context=self.context).data


def reads_gates(place: Place) -> bool:
    return can_read_gates(place.seat, is_chair=place.is_chair)


class OfOnboarding(MemberAPIView):
    """An endpoint of a leader's onboarding; 404 for whoever has no seat and decides nothing, 403 for
    specialists of the team."""

    def find_place(self, person_id: UUID) -> Place:
        place = place_at(self.member, person_id, on=timezone.localdate())
        if place is None:
            raise NotFound
        demand(can_see_onboarding(place.seat, is_chair=place.is_chair), ONBOARDING_IS_FOR)
        return place

    def find_onboarding(self, person_id: UUID) -> tuple[Place, Onboarding]:
        place = self.find_place(person_id)
        if place.onboarding is None:
            raise NotFound
        return place, place.onboarding

    def find_to_keep(self, person_id: UUID) -> Onboarding:
        place, onboarding = self.find_onboarding(person_id)
        demand(can_keep_onboarding(place.seat), ONBOARDING_IS_BEGUN_BY)
        return onboarding

    def answer(self, person_id: UUID, code: int = status.HTTP_200_OK) -> Response:
        """As it is now, for whoever asks."""
        place, onboarding = self.find_onboarding(person_id)
        return Response(OnboardingEntry(onboarding, context={"place": place}).data, status=code)


class Beginning(serializers.Serializer[Any]):
    role = words(200, help_text="What the leader was appointed to.")
    started_on = serializers.DateField(help_text="The gates are on its anniversaries.")


class OnboardingView(OfOnboarding):
    @extend_schema(
        operation_id="onboarding",
        summary="The onboarding of a leader: the one that runs, else the last one",
        tags=TAGS,
        responses=OnboardingEntry,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.answer(person_id)

    @extend_schema(
        operation_id="begin_onboarding",
        summary="Begin the three years; leader and those who accompany them are told",
        tags=TAGS,
        request=Beginning,
        responses={201: OnboardingEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        place = self.find_place(person_id)
        demand(can_keep_onboarding(place.seat), ONBOARDING_IS_BEGUN_BY)
        body = valid(Beginning(data=request.data))
        done(lambda: begin_onboarding(place.leader, **body, by=self.member))
        return self.answer(person_id, status.HTTP_201_CREATED)


class Stop(serializers.Serializer[Any]):
    reason = words(300, help_text="For a reason outside of it.")


class StopOnboardingView(OfOnboarding):
    @extend_schema(
        operation_id="stop_onboarding",
        summary="Stop an onboarding for a reason outside of it",
        tags=TAGS,
        request=Stop,
        responses={200: OnboardingEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        onboarding = self.find_to_keep(person_id)
        body = valid(Stop(data=request.data))
        done(lambda: stop_onboarding(onboarding, **body, by=self.member))
        return self.answer(person_id)


class ChairBody(serializers.Serializer[Any]):
    chair = serializers.UUIDField(allow_null=True, help_text="A third person; null leaves it to the units.")


class ChairView(OfOnboarding):
    @extend_schema(
        operation_id="name_onboarding_chair",
        summary="Say who decides at the gates",
        tags=TAGS,
        request=ChairBody,
        responses={200: OnboardingEntry, **MOVED},
    )
    def put(self, request: Request, person_id: UUID) -> Response:
        onboarding = self.find_to_keep(person_id)
        named = valid(ChairBody(data=request.data))["chair"]
        chair = colleague("chair", named) if named else None
        done(lambda: name_chair(onboarding, chair, by=self.member))
        return self.answer(person_id)
