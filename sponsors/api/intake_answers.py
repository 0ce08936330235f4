"""Saying what one sees in a leader, or declining to, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.rest.answers import MOVED, done, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.enums import Aspect, CompetencyGroup, Relation, RequestState
from sponsors.models import Competency, IntakeRequest
from sponsors.queries.competencies import framework_for
from sponsors.queries.intake import request_put_to, requests_to_answer
from sponsors.services.intake import REMARKS, Remark, answer_request, decline_request


class PutToMe(serializers.ModelSerializer[IntakeRequest]):
    """What I am asked: strengths, opportunities and areas for development of a leader, or of myself."""

    leader = ColleagueEntry(source="round.leader", read_only=True)
    relation = serializers.ChoiceField(choices=Relation.choices, read_only=True)
    state = serializers.ChoiceField(choices=RequestState.choices, read_only=True)
    last_day = serializers.DateField(source="round.last_day", read_only=True)

    class Meta:
        model = IntakeRequest
        fields = ["id", "leader", "relation", "state", "last_day"]


class CompetencyChoice(serializers.ModelSerializer[Competency]):
    group = serializers.ChoiceField(choices=CompetencyGroup.choices, read_only=True)

    class Meta:
        model = Competency
        fields = ["id", "group", "name"]


class PutToMeDetail(PutToMe):
    asked_by = ColleagueEntry(source="round.opened_by", read_only=True)
    is_open = serializers.BooleanField(read_only=True, help_text="Whether it can still be answered.")
    competencies = serializers.SerializerMethodField(help_text="What a remark can be about.")

    class Meta(PutToMe.Meta):
        fields = [*PutToMe.Meta.fields, "asked_by", "is_open", "competencies"]

    @extend_schema_field(CompetencyChoice(many=True))
    def get_competencies(self, request: IntakeRequest) -> list[dict[str, Any]]:
        return list(CompetencyChoice(framework_for(request.round.leader.unit), many=True).data)


class AskedOfMeView(MemberAPIView):
    @extend_schema(
        operation_id="my_intake_requests",
        summary="What I am asked about others or myself, and have not answered",
        tags=TAGS,
        responses=PutToMe(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(PutToMe(requests_to_answer(self.member.person_id), many=True).data)


class OfRequest(MemberAPIView):
    """An endpoint of a request put to the member; 404 for those of others."""

    def find(self, request_id: UUID) -> IntakeRequest:
        found = request_put_to(self.member.person_id, request_id)
        if found is None:
            raise NotFound
        return found


class PutToMeView(OfRequest):
    @extend_schema(
        operation_id="my_intake_request", summary="One of them", tags=TAGS, responses=PutToMeDetail
    )
    def get(self, request: Request, request_id: UUID) -> Response:
        return Response(PutToMeDetail(self.find(request_id)).data)


class RemarkBody(serializers.Serializer[Any]):
    aspect = serializers.ChoiceField(choices=Aspect.choices)
    competency = serializers.UUIDField()
    words = words(400, help_text="A sentence or two.")


class IntakeAnswer(serializers.Serializer[Any]):
    remarks = serializers.ListField(
        child=RemarkBody(),
        min_length=1,
        max_length=REMARKS * len(Aspect),
        help_text="Two of each aspect at most, each about another competency.",
    )
    named = serializers.BooleanField(
        default=False,
        help_text="For an immediate leader: my name may stand beside it. Nobody else is ever named.",
    )


class AnswerIntakeView(OfRequest):
    @extend_schema(
        operation_id="answer_intake_request",
        summary="Say what I see, once; nobody can read or change it before the round is closed",
        description=(
            "It is kept without the name. A group is shown from three answers on; fewer become part of all "
            "colleagues, and fewer than three in all are deleted unread."
        ),
        tags=TAGS,
        request=IntakeAnswer,
        responses={204: None, **MOVED},
    )
    def post(self, request: Request, request_id: UUID) -> Response:
        found, body = self.find(request_id), valid(IntakeAnswer(data=request.data))
        remarks = [Remark(Aspect(one["aspect"]), one["competency"], one["words"]) for one in body["remarks"]]
        done(lambda: answer_request(found, remarks, named=body["named"], by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DeclineIntake(serializers.Serializer[Any]):
    reason = words(300, help_text="The sponsor reads it, nobody else.")


class DeclineIntakeView(OfRequest):
    @extend_schema(
        operation_id="decline_intake_request",
        summary="Rather not, and why",
        tags=TAGS,
        request=DeclineIntake,
        responses={204: None, **MOVED},
    )
    def post(self, request: Request, request_id: UUID) -> Response:
        found, body = self.find(request_id), valid(DeclineIntake(data=request.data))
        done(lambda: decline_request(found, reason=body["reason"], by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)
