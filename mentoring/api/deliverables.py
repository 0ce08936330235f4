"""What is to come of a mentorship, reported and attested over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.mentorships import OfMentorship
from mentoring.enums import DeliverableState
from mentoring.models import Deliverable
from mentoring.queries.contracts import deliverables_in_force
from mentoring.services.deliverables import attest_deliverable, report_deliverable, send_back_deliverable
from people.rest.answers import MOVED, done, valid, words


class DeliverableEntry(serializers.ModelSerializer[Deliverable]):
    state = serializers.ChoiceField(choices=DeliverableState.choices, read_only=True)
    milestone = serializers.UUIDField(read_only=True, allow_null=True)

    class Meta:
        model = Deliverable
        fields = ["id", "title", "due_on", "milestone", "state", "report", "reported_on", "attested_on"]


class DeliverablesView(OfMentorship):
    @extend_schema(
        operation_id="mentoring_deliverables",
        summary="What the contract in force asks for",
        tags=TAGS,
        responses=DeliverableEntry(many=True),
    )
    def get(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find(mentorship_id)
        return Response(DeliverableEntry(deliverables_in_force([found.pk]), many=True).data)


class OfDeliverable(OfMentorship):
    def find_deliverable(self, mentorship_id: UUID, deliverable_id: UUID) -> Deliverable:
        found = self.find(mentorship_id)
        wanted = deliverables_in_force([found.pk]).filter(pk=deliverable_id).first()
        if wanted is None:
            raise NotFound
        return wanted


class Report(serializers.Serializer[Any]):
    words = words(2000)


class ReportView(OfDeliverable):
    @extend_schema(
        operation_id="report_deliverable",
        summary="Report a deliverable as done, as the mentee",
        tags=TAGS,
        request=Report,
        responses={200: DeliverableEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID, deliverable_id: UUID) -> Response:
        wanted = self.find_deliverable(mentorship_id, deliverable_id)
        body = valid(Report(data=request.data))
        reported = done(lambda: report_deliverable(wanted, words=body["words"], by=self.member))
        return Response(DeliverableEntry(reported).data)


class AttestView(OfDeliverable):
    @extend_schema(
        operation_id="attest_deliverable",
        summary="Attest a deliverable, as the mentor",
        description="What it serves in the Passport is stamped with it, or claimed where the two began the "
        "mentorship by themselves.",
        tags=TAGS,
        request=None,
        responses={200: DeliverableEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID, deliverable_id: UUID) -> Response:
        wanted = self.find_deliverable(mentorship_id, deliverable_id)
        return Response(DeliverableEntry(done(lambda: attest_deliverable(wanted, by=self.member))).data)


class SendBackView(OfDeliverable):
    @extend_schema(
        operation_id="send_back_deliverable",
        summary="Ask to see more first, as the mentor",
        tags=TAGS,
        request=None,
        responses={200: DeliverableEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID, deliverable_id: UUID) -> Response:
        wanted = self.find_deliverable(mentorship_id, deliverable_id)
        return Response(DeliverableEntry(done(lambda: send_back_deliverable(wanted, by=self.member))).data)
