"""Case conferences over the REST API: calling one, evidence, and the conclusion."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Person
from people.rest.answers import MOVED, RefusedValues, done, optional_words, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from sponsors.api import TAGS
from sponsors.api.charts import OfLeader
from sponsors.api.diagnosis_entries import DiagnosisEntry, DraftEntry
from sponsors.enums import Domain, EvidenceKind
from sponsors.models import Conference, ConferenceEvidence
from sponsors.page_links import path_inside
from sponsors.permissions import (
    CONFERENCE_IS_FOR,
    CONFERENCE_IS_OPENED_BY,
    EVIDENCE_COMES_FROM,
    can_hold_conference,
    can_note_evidence,
)
from sponsors.queries.conferences import (
    attendees_of,
    conference_shown_to,
    conferences_shown_to,
    evidence_shown_to,
    guests_for,
)
from sponsors.queries.diagnoses import diagnoses_of, drafts_shown_to
from sponsors.seats import Seat
from sponsors.services.conferences import (
    Invitation,
    Note,
    conclude_conference,
    note_evidence,
    open_conference,
)


class ConferenceEntry(serializers.ModelSerializer[Conference]):
    """One question about a leader's development, on one day."""

    released = serializers.IntegerField(read_only=True, help_text="How many diagnoses the leader was told.")

    class Meta:
        model = Conference
        fields = ["id", "question", "held_on", "released", "concluded_at", "review_on"]


class EvidenceEntry(serializers.ModelSerializer[ConferenceEvidence]):
    """What an attendee brought. The context names the `home` of the organisation's pages."""

    kind = serializers.ChoiceField(choices=EvidenceKind.choices, read_only=True)
    domain = serializers.CharField(read_only=True, help_text="Empty: for all at the conference.")
    page = serializers.SerializerMethodField(help_text="The path of a page here, or null.")
    noted_by = ColleagueEntry(read_only=True)

    class Meta:
        model = ConferenceEvidence
        fields = ["kind", "words", "domain", "page", "noted_by", "noted_at"]

    def get_page(self, evidence: ConferenceEvidence) -> str | None:
        return f"{self.context['home']}{evidence.path}" if evidence.path else None


class ConferenceDetail(serializers.Serializer[Any]):
    """All of it as the reader's seat shows it: specialists read the evidence and the diagnoses of their
    domains, drafts are their author's and the sponsor's."""

    id = serializers.UUIDField(read_only=True)
    question = serializers.CharField(read_only=True)
    held_on = serializers.DateField(read_only=True)
    attendees = ColleagueEntry(many=True, read_only=True)
    evidence = EvidenceEntry(many=True, read_only=True)
    diagnoses = DiagnosisEntry(many=True, read_only=True)
    drafts = DraftEntry(many=True, read_only=True)
    prescription = serializers.CharField(read_only=True, help_text="Empty until it is concluded.")
    review_on = serializers.DateField(read_only=True, allow_null=True)
    concluded_at = serializers.DateTimeField(read_only=True, allow_null=True)


class OfConference(OfLeader):
    """An endpoint of a leader's conferences; 403 for whoever only sees that the clinic runs."""

    def find_team(self, person_id: UUID) -> tuple[Person, Seat]:
        leader, seat = self.find(person_id)
        demand(seat.is_in_team, CONFERENCE_IS_FOR)
        return leader, seat

    def find_conference(self, person_id: UUID, conference_id: UUID) -> tuple[Conference, Seat]:
        """404 also for a specialist who was not asked."""
        _leader, seat = self.find_team(person_id)
        found = conference_shown_to(seat, conference_id)
        if found is None:
            raise NotFound
        return found, seat

    @property
    def home(self) -> str:
        """Where the pages of the organisation begin."""
        return reverse("today", args=[self.organization.slug])

    def answer(self, conference: Conference, seat: Seat, *, code: int = status.HTTP_200_OK) -> Response:
        told = {
            **{name: getattr(conference, name) for name in ("id", "question", "held_on", "prescription")},
            **{name: getattr(conference, name) for name in ("review_on", "concluded_at")},
            "attendees": [each.person for each in attendees_of(conference)],
            "evidence": evidence_shown_to(seat, conference),
            "diagnoses": diagnoses_of(conference, seat),
            "drafts": drafts_shown_to(seat, conference),
        }
        return Response(ConferenceDetail(told, context={"home": self.home}).data, status=code)


class Call(serializers.Serializer[Any]):
    question = words(300, help_text="What the team should answer; the leader reads it too.")
    held_on = serializers.DateField(help_text="Today or later.")
    guests = serializers.ListField(
        child=serializers.UUIDField(), help_text="Who comes beside me: immediate leaders and specialists."
    )


class ConferencePages(KeysetPages):
    ordering = ("-held_on", "id")


class ConferencesView(OfConference, MemberListAPIView):
    serializer_class = ConferenceEntry
    pagination_class = ConferencePages

    def get_queryset(self) -> QuerySet[Conference]:
        _leader, seat = self.find_team(self.kwargs["person_id"])
        return conferences_shown_to(seat)

    @extend_schema(
        operation_id="case_conferences",
        summary="The case conferences of a leader; a specialist's are those they were asked to",
        tags=TAGS,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="call_case_conference",
        summary="Call the team together around one question, as the sponsor",
        tags=TAGS,
        request=Call,
        responses={201: ConferenceDetail, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(can_hold_conference(seat), CONFERENCE_IS_OPENED_BY)
        body = valid(Call(data=request.data))
        invitation = Invitation(body["question"], body["held_on"], body["guests"])
        made = done(lambda: open_conference(leader, invitation, by=self.member))
        return self.answer(made, seat, code=status.HTTP_201_CREATED)


class GuestEntry(serializers.Serializer[Any]):
    """Somebody who could be asked: a specialist, or without domains an immediate leader."""

    id = serializers.UUIDField(source="person_id", read_only=True)
    name = serializers.CharField(read_only=True)
    domains = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="In words.")


class GuestsView(OfConference):
    @extend_schema(
        operation_id="conference_guests",
        summary="Whom I could ask to a conference, as the sponsor",
        tags=TAGS,
        responses=GuestEntry(many=True),
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(can_hold_conference(seat), CONFERENCE_IS_OPENED_BY)
        return Response(GuestEntry(guests_for(leader.pk, on=timezone.localdate()), many=True).data)


class ConferenceView(OfConference):
    @extend_schema(
        operation_id="case_conference",
        summary="One case conference: evidence, diagnoses, prescription",
        description="A diagnosis is told from the moment it is released.",
        tags=TAGS,
        responses=ConferenceDetail,
    )
    def get(self, request: Request, person_id: UUID, conference_id: UUID) -> Response:
        return self.answer(*self.find_conference(person_id, conference_id))


class NewEvidence(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=EvidenceKind.choices)
    words = words(600, help_text="What it shows. The words stay as they are; the leader reads them too.")
    domain = serializers.ChoiceField(
        choices=Domain.choices, allow_null=True, default=None, help_text="Null: for all at the conference."
    )
    page = optional_words(500, help_text="The address of a page here; whoever opens it sees what they may.")


class EvidenceView(OfConference):
    @extend_schema(
        operation_id="bring_conference_evidence",
        summary="Bring something to the conference; specialists for their own domain",
        tags=TAGS,
        request=NewEvidence,
        responses={201: ConferenceDetail, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, conference_id: UUID) -> Response:
        found, seat = self.find_conference(person_id, conference_id)
        demand(can_note_evidence(seat), EVIDENCE_COMES_FROM)
        body = valid(NewEvidence(data=request.data))
        note = Note(
            EvidenceKind(body["kind"]),
            body["words"],
            Domain(body["domain"]) if body["domain"] else None,
            self.path_of(body["page"]),
        )
        done(lambda: note_evidence(found, note, by=self.member))
        return self.answer(found, seat, code=status.HTTP_201_CREATED)

    def path_of(self, page: str) -> str:
        try:
            return path_inside(page, home=self.home, host=self.request.get_host())
        except ValidationError as error:
            raise RefusedValues({"page": error.messages}) from error


class Conclusion(serializers.Serializer[Any]):
    prescription = words(2000, help_text="What the team recommends, in a few sentences.")
    review_on = serializers.DateField(help_text="When the team looks again, within 180 days.")


class ConcludeView(OfConference):
    @extend_schema(
        operation_id="conclude_case_conference",
        summary="Conclude it, as the sponsor; no prescription without a diagnosis",
        tags=TAGS,
        request=Conclusion,
        responses={200: ConferenceDetail, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, conference_id: UUID) -> Response:
        found, seat = self.find_conference(person_id, conference_id)
        demand(can_hold_conference(seat), CONFERENCE_IS_OPENED_BY)
        body = valid(Conclusion(data=request.data))
        return self.answer(done(lambda: conclude_conference(found, **body, by=self.member)), seat)
