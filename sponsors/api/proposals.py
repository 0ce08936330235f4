"""What leaders propose for their regimen, and the answers, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, done, optional_words, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from sponsors.api import TAGS
from sponsors.api.regimens import OfRegimen
from sponsors.models import Proposal
from sponsors.permissions import PROPOSALS_COME_FROM
from sponsors.queries.regimens import proposals_shown_to
from sponsors.services.proposals import answer_proposal, propose


class WishEntry(serializers.ModelSerializer[Proposal]):
    """What the leader would like; `taken_up` is null until it is answered."""

    taken_up = serializers.BooleanField(read_only=True, allow_null=True)
    answered_by = ColleagueEntry(read_only=True, allow_null=True)

    class Meta:
        model = Proposal
        fields = ["id", "words", "proposed_at", "taken_up", "answer", "answered_by", "answered_at"]


class Wish(serializers.Serializer[Any]):
    words = words(600)


class WishPages(KeysetPages):
    ordering = ("-proposed_at", "id")


class ProposalsView(OfRegimen, MemberListAPIView):
    serializer_class = WishEntry
    pagination_class = WishPages

    def get_queryset(self) -> QuerySet[Proposal]:
        _leader, seat = self.find_regimen(self.kwargs["person_id"])
        return proposals_shown_to(seat)

    @extend_schema(
        operation_id="regimen_proposals",
        summary="What the leader proposed; specialists are shown none",
        tags=TAGS,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="propose_for_regimen",
        summary="Propose something for my own regimen",
        tags=TAGS,
        request=Wish,
        responses={201: WishEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        _leader, seat = self.find_regimen(person_id)
        demand(seat.is_leader, PROPOSALS_COME_FROM)
        body = valid(Wish(data=request.data))
        made = done(lambda: propose(body["words"], by=self.member))
        return Response(WishEntry(made).data, status=status.HTTP_201_CREATED)


class WishAnswer(serializers.Serializer[Any]):
    taken_up = serializers.BooleanField()
    answer = optional_words(600, help_text="Needed where it is not taken up.")


class AnswerView(OfRegimen):
    @extend_schema(
        operation_id="answer_regimen_proposal",
        summary="Take a proposal up, or say why not",
        tags=TAGS,
        request=WishAnswer,
        responses={200: WishEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, proposal_id: UUID) -> Response:
        _leader, seat = self.find_regimen(person_id)
        found = proposals_shown_to(seat).filter(pk=proposal_id).first()
        if found is None:
            raise NotFound
        body = valid(WishAnswer(data=request.data))
        return Response(WishEntry(done(lambda: answer_proposal(found, **body, by=self.member))).data)
