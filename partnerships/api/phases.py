"""The year of a partnership programme over the REST API: planned, held with whoever was there, dropped."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.programmes import OfProgramme, PhaseEntry
from partnerships.models import PartnershipProgramme, ProgrammePhase
from partnerships.permissions import PHASE_IS_SEEN_TO_BY, can_see_to_phase
from partnerships.queries.phases import phases_of
from partnerships.services.phases import add_away_day, drop_phase, finish_phase, plan_phase, reopen_phase
from people.access import demand
from people.rest.answers import (
    MOVED,
    colleague,
    done,
    optional_words,
    valid,
    words,
    words_on_one_line,
)


class NewAwayDay(serializers.Serializer[Any]):
    title = words_on_one_line(200)
    due_on = serializers.DateField(help_text="Not before the programme begins.")


class AwayDaysView(OfProgramme):
    @extend_schema(
        operation_id="add_away_day",
        summary="Plan one more away day of a programme",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        request=NewAwayDay,
        responses={201: PhaseEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        body = valid(NewAwayDay(data=request.data))
        made = done(lambda: add_away_day(found, **body, by=self.member))
        return Response(PhaseEntry(made).data, status=status.HTTP_201_CREATED)


class OfPhase(OfProgramme):
    """An endpoint of one phase; to change it, for whoever sees to it or runs the programme."""

    def find_phase(self, programme: PartnershipProgramme, phase_id: UUID) -> ProgrammePhase:
        return get_object_or_404(phases_of(programme), pk=phase_id)

    def find_to_see_to(self, programme_id: UUID, phase_id: UUID) -> ProgrammePhase:
        programme = self.find(programme_id)
        phase = self.find_phase(programme, phase_id)
        demand(can_see_to_phase(self.member, programme, phase), PHASE_IS_SEEN_TO_BY)
        return phase


class PhasePlan(serializers.Serializer[Any]):
    due_on = serializers.DateField(help_text="Not before the programme begins.")
    owner = serializers.UUIDField(help_text="Who sees to it. Somebody new is told.")


class PlanPhaseView(OfPhase):
    @extend_schema(
        operation_id="plan_programme_phase",
        summary="Set the day of a phase to come, and who sees to it",
        tags=TAGS,
        request=PhasePlan,
        responses={200: PhaseEntry, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, phase_id: UUID) -> Response:
        phase = self.find_to_see_to(programme_id, phase_id)
        body = valid(PhasePlan(data=request.data))
        owner = colleague("owner", body["owner"])
        kept = done(lambda: plan_phase(phase, body["due_on"], owner, by=self.member))
        return Response(PhaseEntry(kept).data)


class PhaseHeld(serializers.Serializer[Any]):
    over_on = serializers.DateField(help_text="From the first day of the programme until today.")
    present = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=200,
        help_text="Participants who were there, where that is counted. The others missed it.",
    )
    words = optional_words(500, help_text="What came of it. All who take part read it.")


class FinishPhaseView(OfPhase):
    @extend_schema(
        operation_id="finish_programme_phase",
        summary="Note that a phase has taken place, and who was there",
        tags=TAGS,
        request=PhaseHeld,
        responses={200: PhaseEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, phase_id: UUID) -> Response:
        phase = self.find_to_see_to(programme_id, phase_id)
        body = valid(PhaseHeld(data=request.data))
        return Response(PhaseEntry(done(lambda: finish_phase(phase, **body, by=self.member))).data)


class PhaseDropped(serializers.Serializer[Any]):
    words = words(500, help_text="Why it does not take place.")


class DropPhaseView(OfPhase):
    @extend_schema(
        operation_id="drop_programme_phase",
        summary="Say that a phase does not take place, and why",
        tags=TAGS,
        request=PhaseDropped,
        responses={200: PhaseEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, phase_id: UUID) -> Response:
        phase = self.find_to_see_to(programme_id, phase_id)
        body = valid(PhaseDropped(data=request.data))
        return Response(PhaseEntry(done(lambda: drop_phase(phase, **body, by=self.member))).data)


class ReopenPhaseView(OfPhase):
    @extend_schema(
        operation_id="reopen_programme_phase",
        summary="Take back what was noted wrongly: it is to come again",
        description="Who was there is noted anew.",
        tags=TAGS,
        request=None,
        responses={200: PhaseEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, phase_id: UUID) -> Response:
        phase = self.find_to_see_to(programme_id, phase_id)
        return Response(PhaseEntry(done(lambda: reopen_phase(phase, by=self.member))).data)
