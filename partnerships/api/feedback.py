"""How the findings of an audit reached those who take part, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.models import AuditAnalysis, Feedback
from partnerships.permissions import PROGRAMME_IS_RUN_BY, can_run_programme
from partnerships.queries.coding import analysis_of, audit_for
from partnerships.queries.findings import feedback_figures, to_tell_in_person
from partnerships.services.findings import note_spoken
from people.access import demand
from people.rest.answers import MOVED, done
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView


class ToldPersonEntry(serializers.ModelSerializer[Feedback]):
    """That somebody was told, and when they were told in person."""

    person = ColleagueEntry(read_only=True)

    class Meta:
        model = Feedback
        fields = ["id", "person", "told_on", "spoken_on"]


class FeedbackEntry(serializers.Serializer[Any]):
    told = serializers.IntegerField()
    opened = serializers.IntegerField()
    spoken = serializers.IntegerField(help_text="Told in person, without having opened it.")
    had = serializers.IntegerField(help_text="Who has had it in all.")
    in_person = ToldPersonEntry(many=True, help_text="Not opened for four weeks: tell them in person.")


class OfFindings(MemberAPIView):
    """An endpoint of an audit's released findings, for whoever runs the programme."""

    def find_released(self, programme_id: UUID, audit_id: UUID) -> AuditAnalysis:
        audit = audit_for(self.member, programme_id, audit_id)
        if audit is None:
            raise NotFound
        demand(can_run_programme(self.member, audit.programme), PROGRAMME_IS_RUN_BY)
        found = analysis_of(audit)
        if found is None or not found.is_released:
            raise NotFound
        return found


class FeedbackView(OfFindings):
    @extend_schema(
        operation_id="programme_feedback",
        summary="How many have had the findings of an audit, and whom to tell in person",
        description="For whoever leads the programme, HR admins and executives; 404 before the release.",
        tags=TAGS,
        responses=FeedbackEntry,
    )
    def get(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found = self.find_released(programme_id, audit_id)
        figures = feedback_figures(found)
        told = {
            "told": figures.told,
            "opened": figures.opened,
            "spoken": figures.spoken,
            "had": figures.had,
            "in_person": to_tell_in_person(found, on=timezone.localdate()),
        }
        return Response(FeedbackEntry(told).data)


class SpokenView(OfFindings):
    @extend_schema(
        operation_id="note_programme_feedback",
        summary="Note that somebody was told the findings in person",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        request=None,
        responses={200: ToldPersonEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID, feedback_id: UUID) -> Response:
        found = self.find_released(programme_id, audit_id)
        feedback = get_object_or_404(Feedback, pk=feedback_id, analysis=found)
        return Response(ToldPersonEntry(done(lambda: note_spoken(feedback, by=self.member))).data)
