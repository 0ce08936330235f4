"""Leave to hold a position beyond its limit: asked for, given, refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Position, TermException
from people.rest.answers import MOVED, RefusedValues, colleague, done, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from succession.api import TAGS
from succession.enums import ExceptionState
from succession.permissions import (
    EXCEPTIONS_ARE_ASKED_BY,
    EXCEPTIONS_ARE_DECIDED_BY,
    SUCCESSION_IS_WATCHED_BY,
    can_ask_exception,
    can_decide_exception,
    watches_succession,
)
from succession.queries.exceptions import exceptions
from succession.services.exceptions import Plea, approve_exception, ask_exception, refuse_exception

MOST = 200


class TermExceptionEntry(serializers.ModelSerializer[TermException]):
    state = serializers.ChoiceField(choices=ExceptionState.choices, read_only=True)
    position = serializers.CharField(source="position.title", read_only=True)
    person = ColleagueEntry(read_only=True)
    asked_by = ColleagueEntry(read_only=True)
    approved_by = ColleagueEntry(read_only=True, allow_null=True)
    refused_by = ColleagueEntry(read_only=True, allow_null=True)

    class Meta:
        model = TermException
        fields = [
            *("id", "state", "position_id", "position", "person", "reason", "expires_on"),
            *("asked_by", "asked_on", "approved_by", "approved_on", "refused_by", "refused_on", "refusal"),
        ]


class ExceptionQuestion(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=ExceptionState.choices, required=False, default="")


class ExceptionBody(serializers.Serializer[Any]):
    position = serializers.UUIDField()
    person = serializers.UUIDField()
    expires_on = serializers.DateField(help_text="The last day of it; without one it is none.")
    reason = words(500, help_text="Whoever decides reads it.")


class RefusalBody(serializers.Serializer[Any]):
    reason = words(500, help_text="Whoever asked reads it, and so do all HR admins.")


def found_exception(exception_id: UUID) -> TermException:
    found = exceptions(on=timezone.localdate()).filter(pk=exception_id).first()
    if found is None:
        raise NotFound
    return found


def answer(exception_id: UUID, code: int = status.HTTP_200_OK) -> Response:
    return Response(TermExceptionEntry(found_exception(exception_id)).data, status=code)


class ExceptionsView(MemberAPIView):
    @extend_schema(
        operation_id="term_exceptions",
        summary="What waits first, then what runs; 200 at most",
        tags=TAGS,
        parameters=[ExceptionQuestion],
        responses=TermExceptionEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(watches_succession(self.member), SUCCESSION_IS_WATCHED_BY)
        asked = valid(ExceptionQuestion(data=request.query_params))
        found = exceptions(on=timezone.localdate(), state=asked["state"])[:MOST]
        return Response(TermExceptionEntry(found, many=True).data)

    @extend_schema(
        operation_id="ask_term_exception",
        summary="Ask for one, as an HR admin; nobody asks for themselves",
        tags=TAGS,
        request=ExceptionBody,
        responses={201: TermExceptionEntry, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(can_ask_exception(self.member), EXCEPTIONS_ARE_ASKED_BY)
        body = valid(ExceptionBody(data=request.data))
        position = position_named("position", body.pop("position"))
        person = colleague("person", body.pop("person"))
        made = done(lambda: ask_exception(Plea(position, person, **body), by=self.member))
        return answer(made.pk, status.HTTP_201_CREATED)


class ApproveView(MemberAPIView):
    @extend_schema(
        operation_id="approve_term_exception",
        summary="Give it, as an executive who neither asked for it nor gains by it",
        tags=TAGS,
        request=None,
        responses={200: TermExceptionEntry, **MOVED},
    )
    def post(self, request: Request, exception_id: UUID) -> Response:
        found = decided_by(self, exception_id)
        done(lambda: approve_exception(found, by=self.member))
        return answer(exception_id)


class RefuseView(MemberAPIView):
    @extend_schema(
        operation_id="refuse_term_exception",
        summary="Say no, and why, as such an executive",
        tags=TAGS,
        request=RefusalBody,
        responses={200: TermExceptionEntry, **MOVED},
    )
    def post(self, request: Request, exception_id: UUID) -> Response:
        found = decided_by(self, exception_id)
        body = valid(RefusalBody(data=request.data))
        done(lambda: refuse_exception(found, reason=body["reason"], by=self.member))
        return answer(exception_id)


def decided_by(view: MemberAPIView, exception_id: UUID) -> TermException:
    """One that the member may decide. Who does not watch succession learns of none."""
    demand(watches_succession(view.member), EXCEPTIONS_ARE_DECIDED_BY)
    found = found_exception(exception_id)
    may = can_decide_exception(view.member, asked_by=found.asked_by_id, person_id=found.person_id)
    demand(may, EXCEPTIONS_ARE_DECIDED_BY)
    return found


def position_named(field: str, position_id: UUID) -> Position:
    """A position of the organisation, named in a field; 422 for every other."""
    found = Position.objects.filter(pk=position_id).first()
    if found is None:
        raise RefusedValues({field: [_("There is no position with this id.")]})
    return found
