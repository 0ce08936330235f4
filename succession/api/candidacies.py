"""Candidates: proposed, answering, rated, no longer in the pool."""

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
from people.rest.answers import MOVED, colleague, done, optional_words, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from succession.api import TAGS
from succession.enums import Band, CandidacyState
from succession.models import Candidacy, ReadinessAssessment
from succession.permissions import (
    CANDIDACY_IS_ANSWERED_BY,
    CANDIDACY_IS_ENDED_BY,
    CANDIDATES_ARE_PROPOSED_BY,
    READINESS_IS_ASSESSED_BY,
    can_answer,
    can_assess,
    can_end_candidacy,
    can_propose,
)
from succession.queries.pools import candidacy_visible_to, own_candidacies, pool_of, seat_at
from succession.seats import PoolSeat
from succession.services.candidacies import Rating, accept, assess, decline, end_candidacy, propose

MOST = 200


class AssessmentEntry(serializers.ModelSerializer[ReadinessAssessment]):
    band = serializers.ChoiceField(choices=Band.choices, read_only=True)
    assessed_by = ColleagueEntry(read_only=True)
    expires_on = serializers.DateField(
        read_only=True, help_text="The first day on which it no longer counts."
    )

    class Meta:
        model = ReadinessAssessment
        fields = [
            "band",
            "interim_cover",
            "evidence",
            "next_step",
            "assessed_by",
            "assessed_on",
            "expires_on",
        ]


class CandidacyEntry(serializers.ModelSerializer[Candidacy]):
    position_id = serializers.UUIDField(source="pool.position_id", read_only=True)
    position = serializers.CharField(source="pool.position.title", read_only=True)
    person = ColleagueEntry(read_only=True)
    state = serializers.ChoiceField(choices=CandidacyState.choices, read_only=True)
    proposed_by = ColleagueEntry(read_only=True)
    ratings = serializers.SerializerMethodField()

    class Meta:
        model = Candidacy
        fields = [
            *("id", "position_id", "position", "person", "state", "proposed_by", "proposed_on", "why"),
            *("answered_on", "over_on", "over_reason", "ratings"),
        ]

    @extend_schema_field(AssessmentEntry(many=True))
    def get_ratings(self, candidacy: Candidacy) -> Any:
        """The newest first."""
        return AssessmentEntry(candidacy.ratings, many=True).data  # type: ignore[attr-defined]  # prefetched


class OwnCandidaciesView(MemberAPIView):
    @extend_schema(
        operation_id="own_candidacies",
        summary="What I was proposed for; 200 at most",
        tags=TAGS,
        responses=CandidacyEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(CandidacyEntry(own_candidacies(self.member.person_id)[:MOST], many=True).data)


class ProposeBody(serializers.Serializer[Any]):
    person = serializers.UUIDField()
    why = words(500, help_text="Whoever is proposed reads it.")


class ProposedEntry(serializers.Serializer[Any]):
    """Who is asked. Leaders who may propose learn nothing else of the pool."""

    person = ColleagueEntry(read_only=True)


class CandidatesView(MemberAPIView):
    @extend_schema(
        operation_id="propose_candidate",
        summary="Propose a colleague for a pool; they are asked. Nobody proposes themselves",
        tags=TAGS,
        request=ProposeBody,
        responses={201: ProposedEntry, **MOVED},
    )
    def post(self, request: Request, position_id: UUID) -> Response:
        pool = pool_of(position_id)
        if pool is None:
            raise NotFound
        seat = seat_at(self.member, pool, on=timezone.localdate())
        demand(can_propose(self.member, seat, pool.proposers), CANDIDATES_ARE_PROPOSED_BY)
        body = valid(ProposeBody(data=request.data))
        person = colleague("person", body["person"])
        done(lambda: propose(pool, person=person, why=body["why"], by=self.member))
        return Response(ProposedEntry({"person": person}).data, status=status.HTTP_201_CREATED)


class OfCandidacy(MemberAPIView):
    """An endpoint of one candidacy that the member may read; 404 for every other."""

    def find(self, candidacy_id: UUID) -> tuple[Candidacy, PoolSeat]:
        found = candidacy_visible_to(self.member, candidacy_id, on=timezone.localdate())
        if found is None:
            raise NotFound
        return found

    def answer(self, candidacy_id: UUID) -> Response:
        return Response(CandidacyEntry(self.find(candidacy_id)[0]).data)


class CandidacyView(OfCandidacy):
    @extend_schema(
        operation_id="candidacy",
        summary="One candidacy with its ratings",
        tags=TAGS,
        responses=CandidacyEntry,
    )
    def get(self, request: Request, candidacy_id: UUID) -> Response:
        return self.answer(candidacy_id)


class AcceptView(OfCandidacy):
    @extend_schema(
        operation_id="accept_candidacy",
        summary="Say yes to a pool, for oneself",
        tags=TAGS,
        request=None,
        responses={200: CandidacyEntry, **MOVED},
    )
    def post(self, request: Request, candidacy_id: UUID) -> Response:
        found, _seat = self.find(candidacy_id)
        demand(can_answer(self.member, found.person_id), CANDIDACY_IS_ANSWERED_BY)
        done(lambda: accept(found, by=self.member))
        return self.answer(candidacy_id)


class ReasonBody(serializers.Serializer[Any]):
    reason = optional_words(300)


class DeclineView(OfCandidacy):
    @extend_schema(
        operation_id="decline_candidacy",
        summary="Say no to a pool, for oneself; a reason only if one wants to give it",
        tags=TAGS,
        request=ReasonBody,
        responses={200: CandidacyEntry, **MOVED},
    )
    def post(self, request: Request, candidacy_id: UUID) -> Response:
        found, _seat = self.find(candidacy_id)
        demand(can_answer(self.member, found.person_id), CANDIDACY_IS_ANSWERED_BY)
        body = valid(ReasonBody(data=request.data))
        done(lambda: decline(found, reason=body["reason"], by=self.member))
        return self.answer(candidacy_id)


class EndView(OfCandidacy):
    @extend_schema(
        operation_id="end_candidacy",
        summary="Leave a pool, or take somebody out of it, with a reason",
        tags=TAGS,
        request=ReasonBody,
        responses={200: CandidacyEntry, **MOVED},
    )
    def post(self, request: Request, candidacy_id: UUID) -> Response:
        found, seat = self.find(candidacy_id)
        demand(can_end_candidacy(self.member, seat, found.person_id), CANDIDACY_IS_ENDED_BY)
        body = valid(ReasonBody(data=request.data))
        done(lambda: end_candidacy(found, reason=body["reason"], by=self.member))
        return self.answer(candidacy_id)


class AssessmentBody(serializers.Serializer[Any]):
    band = serializers.ChoiceField(choices=Band.choices)
    interim_cover = serializers.BooleanField(default=False)
    evidence = words(1000, help_text="What says so. The candidate reads it.")
    next_step = optional_words(500)


class AssessView(OfCandidacy):
    @extend_schema(
        operation_id="assess_candidate",
        summary="Say when somebody could take over, and what says so; it holds for twelve months",
        tags=TAGS,
        request=AssessmentBody,
        responses={200: CandidacyEntry, **MOVED},
    )
    def post(self, request: Request, candidacy_id: UUID) -> Response:
        found, seat = self.find(candidacy_id)
        demand(can_assess(self.member, seat, found.person_id), READINESS_IS_ASSESSED_BY)
        body = valid(AssessmentBody(data=request.data))
        rating = Rating(Band(body.pop("band")), **body)
        done(lambda: assess(found, rating=rating, by=self.member))
        return self.answer(candidacy_id)
