"""Partnership checks over the REST API: nobody sees an answer before all who are asked have answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.partnerships import OfPartnership
from partnerships.enums import CheckState, Scale
from partnerships.models import CheckAnswer, CheckPlace, PartnershipCheck
from partnerships.models.checks import HIGHEST, LOWEST, WORDS
from partnerships.permissions import (
    CHARTER_IS_FOR,
    CHECK_IS_ANSWERED_BY,
    CHECK_IS_FOR,
    can_read_charter,
    can_read_check,
    is_on_roll,
)
from partnerships.queries.checks import answers_of, check_in, checks_of
from partnerships.services import checks as services
from people.access import demand
from people.rest.answers import MOVED, done, optional_words, valid
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView


class CheckEntry(serializers.ModelSerializer[PartnershipCheck]):
    """One round: open until all have answered, or one of them calls it off."""

    state = serializers.ChoiceField(choices=CheckState.choices, read_only=True)
    over_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = PartnershipCheck
        fields = ["id", "opened_on", "state", "over_on"]


class PlaceEntry(serializers.ModelSerializer[CheckPlace]):
    """Who is asked, whether they have answered, and whether they agree that others read it."""

    person = ColleagueEntry(read_only=True)
    answered = serializers.SerializerMethodField()
    agrees = serializers.SerializerMethodField()

    class Meta:
        model = CheckPlace
        fields = ["person", "answered", "agrees"]

    def get_answered(self, place: CheckPlace) -> bool:
        return place.answered_at is not None

    def get_agrees(self, place: CheckPlace) -> bool:
        return place.shared_since is not None


class SaidBody(serializers.Serializer[Any]):
    """A score of 1 to 5, and a word to it."""

    score = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST)
    word = optional_words(WORDS)


class AnswerBody(serializers.Serializer[Any]):
    """Shared vision, communication, role clarity, handling conflict, trust."""

    vision = SaidBody()
    communication = SaidBody()
    clarity = SaidBody()
    conflict = SaidBody()
    trust = SaidBody()

    def said(self) -> dict[Scale, services.Said]:
        """Once it is valid."""
        return {scale: services.Said(**self.validated_data[scale.value]) for scale in Scale}


class SaidEntry(serializers.Serializer[Any]):
    score = serializers.IntegerField(read_only=True)
    word = serializers.CharField(read_only=True)


class AnswerEntry(serializers.Serializer[Any]):
    """What somebody said on each of the five scales."""

    person = ColleagueEntry(read_only=True)
    vision = SaidEntry(read_only=True)
    communication = SaidEntry(read_only=True)
    clarity = SaidEntry(read_only=True)
    conflict = SaidEntry(read_only=True)
    trust = SaidEntry(read_only=True)


class CheckDetail(CheckEntry):
    """`answers` of the context: what was said, of a check that may be read."""

    people = PlaceEntry(source="places_by_name", many=True, read_only=True)
    answers = serializers.SerializerMethodField(help_text="Null until all who are asked have answered.")

    class Meta(CheckEntry.Meta):
        fields = [*CheckEntry.Meta.fields, "people", "answers"]

    @extend_schema_field(AnswerEntry(many=True, allow_null=True))
    def get_answers(self, check: PartnershipCheck) -> list[dict[str, Any]] | None:
        if not check.is_revealed:
            return None
        by_person = answers_of([check]).get(check.pk, {})
        told = [
            {"person": place.person, **said_in(by_person[place.person_id])}
            for place in check.places_by_name
            if place.person_id in by_person
        ]
        return list(AnswerEntry(told, many=True).data)


def said_in(answer: CheckAnswer) -> dict[str, dict[str, Any]]:
    return {scale.value: {"score": answer.score(scale), "word": answer.word(scale)} for scale in Scale}


class OfCheck(OfPartnership):
    """An endpoint of one check; 403 for whoever may not read it."""

    def find_check(self, partnership_id: UUID, check_id: UUID) -> PartnershipCheck:
        found = check_in(self.find(partnership_id), check_id)
        if found is None:
            raise NotFound
        demand(can_read_check(self.member, found), CHECK_IS_FOR)
        return found

    def find_as_asked(self, partnership_id: UUID, check_id: UUID) -> PartnershipCheck:
        found = self.find_check(partnership_id, check_id)
        demand(is_on_roll(self.member, found), CHECK_IS_ANSWERED_BY)
        return found

    def shown(self, partnership_id: UUID, check_id: UUID) -> Response:
        """As it is now."""
        return Response(CheckDetail(self.find_check(partnership_id, check_id)).data)


class CheckPages(KeysetPages):
    ordering = ("-opened_on", "id")


class ChecksView(OfCheck, MemberListAPIView):
    serializer_class = CheckEntry
    pagination_class = CheckPages

    def get_queryset(self) -> QuerySet[PartnershipCheck]:
        found = self.find(self.kwargs["partnership_id"])
        demand(can_read_charter(self.member, found), CHARTER_IS_FOR)
        return checks_of(found)

    @extend_schema(
        operation_id="partnership_checks",
        summary="When partners asked themselves how it goes between them",
        description="For the partners, HR admins and executives; what was said is another question.",
        tags=TAGS,
    )
    def get(self, request: Request, partnership_id: UUID) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="begin_partnership_check",
        summary="Begin a check, as a partner; all partners are asked",
        tags=TAGS,
        request=None,
        responses={201: CheckDetail, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID) -> Response:
        found = self.find_as_partner(partnership_id)
        made = done(lambda: services.open_check(found, by=self.member))
        entry = CheckDetail(self.find_check(partnership_id, made.pk))
        return Response(entry.data, status=status.HTTP_201_CREATED)


class CheckView(OfCheck):
    @extend_schema(
        operation_id="partnership_check",
        summary="One check: who has answered, and the answers when all have",
        description="For those who are asked; for HR admins and executives when all of them agree.",
        tags=TAGS,
        responses=CheckDetail,
    )
    def get(self, request: Request, partnership_id: UUID, check_id: UUID) -> Response:
        return self.shown(partnership_id, check_id)


class AnswerCheckView(OfCheck):
    @extend_schema(
        operation_id="answer_partnership_check",
        summary="Answer once; with the last answer all see all",
        tags=TAGS,
        request=AnswerBody,
        responses={200: CheckDetail, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID, check_id: UUID) -> Response:
        found, body = self.find_as_asked(partnership_id, check_id), AnswerBody(data=request.data)
        valid(body)
        done(lambda: services.answer_check(found, body.said(), by=self.member))
        return self.shown(partnership_id, check_id)


class Agreement(serializers.Serializer[Any]):
    agreed = serializers.BooleanField()


class ShareCheckView(OfCheck):
    @extend_schema(
        operation_id="share_partnership_check",
        summary="Agree that HR admins and executives read it, or take that back",
        description="They do when all who are asked agree, and no longer when one of them takes it back.",
        tags=TAGS,
        request=Agreement,
        responses={200: CheckDetail, **MOVED},
    )
    def put(self, request: Request, partnership_id: UUID, check_id: UUID) -> Response:
        found, body = self.find_as_asked(partnership_id, check_id), valid(Agreement(data=request.data))
        done(lambda: services.agree_to_share(found, agreed=body["agreed"], by=self.member))
        return self.shown(partnership_id, check_id)


class CallOffCheckView(OfCheck):
    @extend_schema(
        operation_id="call_off_partnership_check",
        summary="Let it come to nothing: what was answered is shown to nobody",
        tags=TAGS,
        request=None,
        responses={200: CheckDetail, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID, check_id: UUID) -> Response:
        found = self.find_as_asked(partnership_id, check_id)
        done(lambda: services.call_off_check(found, by=self.member))
        return self.shown(partnership_id, check_id)
