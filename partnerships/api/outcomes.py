"""What a partnership programme leaves behind, over the REST API: its words, and what it is measured by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.programmes import ArtefactEntry, OfProgramme, OutcomeEntry
from partnerships.enums import ArtefactKind
from partnerships.models import ProgrammeOutcome
from partnerships.permissions import ARTEFACT_IS_WRITTEN_BY, can_write_artefact
from partnerships.queries.phases import outcomes_of
from partnerships.services.artefacts import write_artefact
from partnerships.services.outcomes import declare_outcome, drop_outcome, measure_outcome
from people.access import demand
from people.rest.answers import MOVED, done, valid, words, words_on_one_line


class ArtefactBody(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ArtefactKind.choices)
    words = words(4000)
    revision = serializers.IntegerField(min_value=0, help_text="As you saw it; 0 for nothing yet.")


class ArtefactsView(OfProgramme):
    @extend_schema(
        operation_id="write_programme_artefact",
        summary="Write the mission or the role map of a programme",
        description="For those who take part and whoever runs it. Refused where somebody changed it "
        "meanwhile; the message says what it says now.",
        tags=TAGS,
        request=ArtefactBody,
        responses={200: ArtefactEntry, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID) -> Response:
        found = self.find(programme_id)
        demand(can_write_artefact(self.member, found), ARTEFACT_IS_WRITTEN_BY)
        body = valid(ArtefactBody(data=request.data))
        kind = ArtefactKind(body["kind"])
        made = done(lambda: write_artefact(found, kind, body["words"], body["revision"], by=self.member))
        return Response(ArtefactEntry(made).data)


class NewOutcome(serializers.Serializer[Any]):
    title = words_on_one_line(200, help_text="For example turnover of nurses, or waiting time.")
    before = words_on_one_line(100, help_text="How it stands now.")


class OutcomesView(OfProgramme):
    @extend_schema(
        operation_id="declare_programme_outcome",
        summary="Declare what is looked at after two years",
        description="Within the twelve months, by whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        request=NewOutcome,
        responses={201: OutcomeEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        body = valid(NewOutcome(data=request.data))
        made = done(lambda: declare_outcome(found, **body, by=self.member))
        return Response(OutcomeEntry(made).data, status=status.HTTP_201_CREATED)


class OutcomeMeasure(serializers.Serializer[Any]):
    after = words_on_one_line(100, help_text="How it stands on that day.")
    measured_on = serializers.DateField(help_text="From its declaration until today.")
    # The word of the page; a serializer of its own has a `source` only as a part of another one.
    source = words(  # type: ignore[assignment]
        200, help_text="A register, a report, a page: so that others find it."
    )


class OutcomeView(OfProgramme):
    def find_outcome(self, programme_id: UUID, outcome_id: UUID) -> ProgrammeOutcome:
        programme = self.find_to_run(programme_id)
        return get_object_or_404(outcomes_of(programme).select_related("programme"), pk=outcome_id)

    @extend_schema(
        operation_id="measure_programme_outcome",
        summary="Note how an outcome stands; a later look takes its place",
        tags=TAGS,
        request=OutcomeMeasure,
        responses={200: OutcomeEntry, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, outcome_id: UUID) -> Response:
        found = self.find_outcome(programme_id, outcome_id)
        body = valid(OutcomeMeasure(data=request.data))
        return Response(OutcomeEntry(done(lambda: measure_outcome(found, **body, by=self.member))).data)

    @extend_schema(
        operation_id="drop_programme_outcome",
        summary="Take away an outcome that was declared by mistake",
        description="What was measured stays, however it went.",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, programme_id: UUID, outcome_id: UUID) -> Response:
        found = self.find_outcome(programme_id, outcome_id)
        done(lambda: drop_outcome(found, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)
