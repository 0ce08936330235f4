"""What came of an action over the REST API: attested by somebody else, let go by the leader, step by step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from passport.enums import StampState
from passport.models import Stamp
from people.access import demand
from people.rest.answers import MOVED, done, valid
from sponsors.api import TAGS
from sponsors.api.plan_entries import ActionEntry
from sponsors.api.plan_parts import OfAction
from sponsors.models import Action
from sponsors.permissions import OUTCOME_IS_ATTESTED_BY, RELEASE_IS_BY, can_attest_outcome, can_release
from sponsors.services import outcomes as services


class Attestation(serializers.Serializer[Any]):
    outcome_mark = serializers.RegexField(r"^[0-9a-f]{64}$", help_text="Of the outcome that you read.")


class AttestView(OfAction):
    @extend_schema(
        operation_id="attest_regimen_action",
        summary="Attest what came of an action",
        description="Sponsor or immediate leader; of what is private, the sponsor.",
        tags=TAGS,
        request=Attestation,
        responses={200: ActionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        seat, action = self.find_seat_and_action(person_id, action_id)
        demand(can_attest_outcome(seat, private=action.private), OUTCOME_IS_ATTESTED_BY)
        seen = valid(Attestation(data=request.data))["outcome_mark"]
        after = done(lambda: services.attest_outcome(action, seen=seen, by=self.member))
        return Response(ActionEntry(after).data)


class OfRelease(OfAction):
    """An endpoint that the leader alone may ask."""

    def find_to_release(self, person_id: UUID, action_id: UUID) -> Action:
        seat, action = self.find_seat_and_action(person_id, action_id)
        demand(can_release(seat), RELEASE_IS_BY)
        return action


class ReleaseActionView(OfRelease):
    @extend_schema(
        operation_id="release_regimen_action",
        summary="Let the team read what was between you and your sponsor",
        tags=TAGS,
        request=None,
        responses={200: ActionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        action = self.find_to_release(person_id, action_id)
        return Response(ActionEntry(done(lambda: services.release_to_team(action, by=self.member))).data)


class TakeBackView(OfRelease):
    @extend_schema(
        operation_id="take_back_regimen_action",
        summary="Take back what you let go yourself and nobody has attested",
        tags=TAGS,
        request=None,
        responses={200: ActionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        action = self.find_to_release(person_id, action_id)
        return Response(ActionEntry(done(lambda: services.take_back(action, by=self.member))).data)


class StampedEntry(serializers.ModelSerializer[Stamp]):
    """What became of it in the Passport: a stamp, or a claim that waits for a verifier."""

    milestone = serializers.UUIDField(source="milestone_id", read_only=True)
    state = serializers.ChoiceField(choices=StampState.choices, read_only=True)

    class Meta:
        model = Stamp
        fields = ["id", "milestone", "state", "earned_on"]


class IntoPassportView(OfRelease):
    @extend_schema(
        operation_id="regimen_action_into_passport",
        summary="Let an attested outcome go into your Passport",
        tags=TAGS,
        request=None,
        responses={201: StampedEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, action_id: UUID) -> Response:
        action = self.find_to_release(person_id, action_id)
        stamp = done(lambda: services.release_to_passport(action, by=self.member))
        return Response(StampedEntry(stamp).data, status=status.HTTP_201_CREATED)
