"""Gates over the REST API: what is shown at them, looked at, recommended and decided. Files, an assessment's
report among them, are attached on the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, done, optional_words, valid, words
from sponsors.api import TAGS
from sponsors.api.onboarding import OfOnboarding, OnboardingEntry, reads_gates
from sponsors.enums import GateDecision, ObstacleKind
from sponsors.models import Gate, GateProof, Onboarding
from sponsors.permissions import (
    GATE_IS_DECIDED_BY,
    GATE_IS_RECOMMENDED_BY,
    ONBOARDING_IS_FOR,
    PROOF_COMES_FROM,
    PROOF_IS_CONFIRMED_BY,
    can_confirm_proof,
    can_recommend,
    can_show_proof,
)
from sponsors.queries.gates import items_of, open_gate_of
from sponsors.queries.onboarding import Place
from sponsors.services import gate_proofs
from sponsors.services.gates import Verdict, decide_gate, recommend


class OfGates(OfOnboarding):
    """An endpoint for those who read the gates."""

    def find_gates(self, person_id: UUID) -> tuple[Place, Onboarding]:
        place = self.find_place(person_id)
        demand(reads_gates(place), ONBOARDING_IS_FOR)
        if place.onboarding is None:
            raise NotFound
        return place, place.onboarding

    def find_open_gate(self, person_id: UUID) -> tuple[Place, Gate]:
        place, onboarding = self.find_gates(person_id)
        gate = open_gate_of(onboarding.pk) if onboarding.is_running else None
        if gate is None:
            raise NotFound
        return place, gate

    def find_proof(self, person_id: UUID, proof_id: UUID) -> tuple[Place, GateProof]:
        place, onboarding = self.find_gates(person_id)
        proof = GateProof.objects.filter(onboarding=onboarding, pk=proof_id).select_related("item").first()
        if proof is None:
            raise NotFound
        return place, proof


class ProofBody(serializers.Serializer[Any]):
    done_on = serializers.DateField()
    words = words(2000, help_text="What you did, and what came of it. No patient data.")


class ShowProofView(OfGates):
    @extend_schema(
        operation_id="show_at_gate",
        summary="Show what you did for an item; whoever confirms it is told",
        tags=TAGS,
        request=ProofBody,
        responses={201: OnboardingEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, item_id: UUID) -> Response:
        place, onboarding = self.find_gates(person_id)
        shown = (each.item for items in items_of(onboarding).values() for each in items)
        item = next((each for each in shown if each.pk == item_id), None)
        if item is None:
            raise NotFound
        demand(can_show_proof(place.seat), PROOF_COMES_FROM)
        proof = gate_proofs.Shown(**valid(ProofBody(data=request.data)))
        done(lambda: gate_proofs.show_proof(onboarding, item, proof, by=self.member))
        return self.answer(person_id, status.HTTP_201_CREATED)


class WithdrawProofView(OfGates):
    @extend_schema(
        operation_id="withdraw_from_gate",
        summary="Take back what nobody has looked at yet",
        tags=TAGS,
        request=None,
        responses={200: OnboardingEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, proof_id: UUID) -> Response:
        _place, proof = self.find_proof(person_id, proof_id)
        done(lambda: gate_proofs.withdraw_proof(proof, by=self.member))
        return self.answer(person_id)


class Look(serializers.Serializer[Any]):
    confirmed = serializers.BooleanField(help_text="Or sent back, with what is missing.")
    note = optional_words(600, help_text="The leader reads it; needed to send it back.")


class LookView(OfGates):
    @extend_schema(
        operation_id="look_at_proof",
        summary="Confirm what was shown, or send it back",
        tags=TAGS,
        request=Look,
        responses={200: OnboardingEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, proof_id: UUID) -> Response:
        place, proof = self.find_proof(person_id, proof_id)
        demand(can_confirm_proof(place.seat, private=proof.item.is_private), PROOF_IS_CONFIRMED_BY)
        body = valid(Look(data=request.data))
        say = gate_proofs.confirm_proof if body["confirmed"] else gate_proofs.return_proof
        done(lambda: say(proof, note=body["note"], by=self.member))
        return self.answer(person_id)


class RecommendationBody(serializers.Serializer[Any]):
    recommends = serializers.ChoiceField(choices=GateDecision.choices)
    words = words(2000, help_text="Why. The leader and the chair read every word.")


class RecommendView(OfGates):
    @extend_schema(
        operation_id="recommend_at_gate",
        summary="Recommend at the gate that comes next, as the sponsor or the immediate leader",
        tags=TAGS,
        request=RecommendationBody,
        responses={200: OnboardingEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        place, gate = self.find_open_gate(person_id)
        demand(can_recommend(place.seat), GATE_IS_RECOMMENDED_BY)
        body = valid(RecommendationBody(data=request.data))
        recommends = GateDecision(body["recommends"])
        done(lambda: recommend(gate, recommends, body["words"], by=self.member))
        return self.answer(person_id)


class DecisionBody(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(choices=GateDecision.choices)
    reason = words(2000, help_text="The leader reads every word.")
    obstacles = serializers.ListField(
        child=serializers.ChoiceField(choices=ObstacleKind.choices),
        required=False,
        default=list,
        max_length=len(ObstacleKind),
        help_text="What stood in the way: of an extension, and of leaving.",
    )
    until = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="Of an extension alone."
    )


class DecideView(OfGates):
    @extend_schema(
        operation_id="decide_gate",
        summary="Decide the gate that comes next, as the chair, on two recommendations",
        tags=TAGS,
        request=DecisionBody,
        responses={200: OnboardingEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        place, gate = self.find_open_gate(person_id)
        demand(place.is_chair, GATE_IS_DECIDED_BY)
        body = valid(DecisionBody(data=request.data))
        verdict = Verdict(
            GateDecision(body["decision"]),
            body["reason"],
            [ObstacleKind(each) for each in body["obstacles"]],
            body["until"],
        )
        done(lambda: decide_gate(gate, verdict, by=self.member))
        return self.answer(person_id)
