"""Who missed a part of a partnership programme over the REST API, and who sees to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.programmes import OfProgramme
from partnerships.models import PartnershipProgramme, ProgrammeException
from partnerships.permissions import EXCEPTION_IS_SETTLED_BY, PROGRAMME_IS_RUN_BY, can_settle_exception
from partnerships.queries.exceptions import Gap, exceptions_of, gaps_of, gaps_shown_to
from partnerships.services.exceptions import follow_up, settle_exception
from people.access import demand
from people.rest.answers import MOVED, RefusedValues, colleague, done, valid, words
from people.rest.entries import ColleagueEntry


class FollowUpEntry(serializers.ModelSerializer[ProgrammeException]):
    owner = ColleagueEntry(read_only=True, help_text="Who sees to it.")

    class Meta:
        model = ProgrammeException
        fields = ["id", "owner", "words", "opened_on", "ending", "settled_on"]


class GapEntry(serializers.Serializer[Any]):
    participant = serializers.UUIDField(source="participant.pk")
    person = ColleagueEntry(source="participant.person")
    phase = serializers.UUIDField(source="phase.pk", help_text="The part that was missed.")
    told = serializers.CharField(source="words", help_text="Who missed what.")
    follow_up = FollowUpEntry(source="exception", allow_null=True, help_text="Null while nobody sees to it.")


class NewFollowUp(serializers.Serializer[Any]):
    participant = serializers.UUIDField()
    phase = serializers.UUIDField(help_text="The part that they missed.")
    owner = serializers.UUIDField(help_text="Who sees to it, and is told.")
    words = words(300, help_text="What is to be done.")


class ExceptionsView(OfProgramme):
    @extend_schema(
        operation_id="programme_exceptions",
        summary="Who missed a part of a programme, and who sees to it",
        description="In the order of the year: all of them for whoever runs the programme, for others what "
        "they see to themselves.",
        tags=TAGS,
        responses=GapEntry(many=True),
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        found = self.find(programme_id)
        shown = gaps_shown_to(self.member, found)
        demand(shown is not None, PROGRAMME_IS_RUN_BY)
        return Response(GapEntry(shown, many=True).data)

    @extend_schema(
        operation_id="follow_up_programme_exception",
        summary="Ask somebody to see to it that nobody is left behind",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        request=NewFollowUp,
        responses={201: FollowUpEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        body = valid(NewFollowUp(data=request.data))
        gap, owner = _gap_in(found, body), colleague("owner", body["owner"])
        act = done(lambda: follow_up(found, gap, owner, body["words"], by=self.member), gap="participant")
        return Response(FollowUpEntry(act).data, status=status.HTTP_201_CREATED)


class ExceptionEnding(serializers.Serializer[Any]):
    ending = words(300, help_text="How it ended: it was made up for, or why not.")


class SettleExceptionView(OfProgramme):
    @extend_schema(
        operation_id="settle_programme_exception",
        summary="Say how a follow-up ended",
        description="For whoever sees to it, and whoever runs the programme.",
        tags=TAGS,
        request=ExceptionEnding,
        responses={200: FollowUpEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, exception_id: UUID) -> Response:
        programme = self.find(programme_id)
        found = get_object_or_404(
            exceptions_of(programme).select_related("phase__programme"), pk=exception_id
        )
        demand(can_settle_exception(self.member, programme, found), EXCEPTION_IS_SETTLED_BY)
        body = valid(ExceptionEnding(data=request.data))
        return Response(FollowUpEntry(done(lambda: settle_exception(found, **body, by=self.member))).data)


def _gap_in(programme: PartnershipProgramme, body: dict[str, Any]) -> Gap:
    """What was named, or 422 where they missed no such part."""
    key = (body["participant"], body["phase"])
    found = next((gap for gap in gaps_of(programme) if (gap.participant.pk, gap.phase.pk) == key), None)
    if found is None:
        raise RefusedValues({"participant": [_("They did not miss this part of the programme.")]})
    return found
