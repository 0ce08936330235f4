"""Diagnoses over the REST API: drafting and releasing one, and what the leader says to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, RefusedValues, done, valid, words
from sponsors.api import TAGS
from sponsors.api.conferences import OfConference
from sponsors.api.diagnosis_entries import DiagnosisEntry, DraftEntry
from sponsors.enums import DiagnosisKind, Domain
from sponsors.models import Conference, Diagnosis, DiagnosisDraft
from sponsors.permissions import (
    DIAGNOSIS_IS_READ_BY,
    DIAGNOSIS_IS_WRITTEN_BY,
    DRAFT_IS_ITS_AUTHORS,
    QUESTION_IS_ANSWERED_BY,
    can_answer_question,
    can_change_draft,
    can_diagnose_something,
)
from sponsors.queries.diagnoses import diagnoses_of, drafts_shown_to
from sponsors.seats import Seat
from sponsors.services import diagnoses as services


class DraftBody(serializers.Serializer[Any]):
    domain = serializers.ChoiceField(choices=Domain.choices)
    kind = serializers.ChoiceField(choices=DiagnosisKind.choices)
    prescription = words(2000, help_text="What you recommend.")
    words = words(2000, help_text="What you see: the leader reads exactly this.")

    def finding(self, corrects_id: UUID | None) -> services.Finding:
        """Once it is valid."""
        values = self.validated_data
        return services.Finding(
            Domain(values["domain"]),
            DiagnosisKind(values["kind"]),
            values["words"],
            values["prescription"],
            corrects_id,
        )


class NewDraft(DraftBody):
    corrects = serializers.UUIDField(
        allow_null=True, default=None, help_text="The released diagnosis of this conference that it corrects."
    )


class DraftsView(OfConference):
    @extend_schema(
        operation_id="draft_diagnosis",
        summary="Draft a diagnosis; specialists of their own domain",
        description="Author and sponsor read it until it is released.",
        tags=TAGS,
        request=NewDraft,
        responses={201: DraftEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, conference_id: UUID) -> Response:
        found, seat = self.find_conference(person_id, conference_id)
        demand(can_diagnose_something(seat), DIAGNOSIS_IS_WRITTEN_BY)
        body = NewDraft(data=request.data)
        finding = body.finding(self.corrected(valid(body)["corrects"], found, seat))
        made = done(lambda: services.draft_diagnosis(found, finding, by=self.member))
        return Response(self.draft(made.pk, found, seat), status=status.HTTP_201_CREATED)

    def corrected(self, diagnosis_id: UUID | None, conference: Conference, seat: Seat) -> UUID | None:
        """What is to be corrected, or None; 422 where it is not the member's to read."""
        if diagnosis_id and not diagnoses_of(conference, seat).filter(pk=diagnosis_id).exists():
            raise RefusedValues({"corrects": [_("There is no such diagnosis here.")]})
        return diagnosis_id

    def draft(self, draft_id: UUID, conference: Conference, seat: Seat) -> dict[str, Any]:
        drafts = {each.pk: each for each in drafts_shown_to(seat, conference)}
        told: dict[str, Any] = DraftEntry(drafts[draft_id]).data
        return told


class OfDraft(OfConference):
    """An endpoint of the own draft: 404 for whoever does not read it, 403 for the sponsor, who reads it."""

    def find_draft(self, person_id: UUID, conference_id: UUID, draft_id: UUID) -> DiagnosisDraft:
        found, seat = self.find_conference(person_id, conference_id)
        drafts = {each.pk: each for each in drafts_shown_to(seat, found)}
        if draft_id not in drafts:
            raise NotFound
        demand(can_change_draft(seat, drafts[draft_id]), DRAFT_IS_ITS_AUTHORS)
        return drafts[draft_id]


class DraftView(OfDraft):
    @extend_schema(
        operation_id="change_diagnosis_draft",
        summary="Word my draft differently",
        tags=TAGS,
        request=DraftBody,
        responses={200: DraftEntry, **MOVED},
    )
    def put(self, request: Request, person_id: UUID, conference_id: UUID, draft_id: UUID) -> Response:
        draft, body = self.find_draft(person_id, conference_id, draft_id), DraftBody(data=request.data)
        valid(body)
        finding = body.finding(draft.corrects_id)
        done(lambda: services.change_draft(draft, finding, by=self.member))
        return Response(DraftEntry(self.find_draft(person_id, conference_id, draft_id)).data)

    @extend_schema(
        operation_id="discard_diagnosis_draft",
        summary="Discard my draft, as if it had never been",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, person_id: UUID, conference_id: UUID, draft_id: UUID) -> Response:
        draft = self.find_draft(person_id, conference_id, draft_id)
        done(lambda: services.discard_draft(draft, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReleaseDraftView(OfDraft):
    @extend_schema(
        operation_id="release_diagnosis",
        summary="Release my draft: the leader is told and reads exactly this; it is never taken back",
        tags=TAGS,
        request=None,
        responses={200: DiagnosisEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, conference_id: UUID, draft_id: UUID) -> Response:
        draft = self.find_draft(person_id, conference_id, draft_id)
        return Response(DiagnosisEntry(done(lambda: services.release_diagnosis(draft, by=self.member))).data)


class OfDiagnosis(OfConference):
    """An endpoint of a released diagnosis that the member reads; 404 for every other."""

    def find_diagnosis(
        self, person_id: UUID, conference_id: UUID, diagnosis_id: UUID
    ) -> tuple[Diagnosis, Seat]:
        found, seat = self.find_conference(person_id, conference_id)
        diagnosis = diagnoses_of(found, seat).filter(pk=diagnosis_id).first()
        if diagnosis is None:
            raise NotFound
        return diagnosis, seat

    def shown(self, person_id: UUID, conference_id: UUID, diagnosis_id: UUID) -> dict[str, Any]:
        """As it is now, with its thread."""
        diagnosis, _seat = self.find_diagnosis(person_id, conference_id, diagnosis_id)
        told: dict[str, Any] = DiagnosisEntry(diagnosis).data
        return told


class AcknowledgeDiagnosisView(OfDiagnosis):
    @extend_schema(
        operation_id="acknowledge_diagnosis",
        summary="Say that I have read it, as the leader",
        tags=TAGS,
        request=None,
        responses=DiagnosisEntry,
    )
    def post(self, request: Request, person_id: UUID, conference_id: UUID, diagnosis_id: UUID) -> Response:
        diagnosis, _seat = self.find_diagnosis(person_id, conference_id, diagnosis_id)
        services.acknowledge_diagnosis(diagnosis, by=self.member)
        return Response(self.shown(person_id, conference_id, diagnosis_id))


class NewQuestion(serializers.Serializer[Any]):
    words = words(1000, help_text="What I would like to know.")


class AskAboutView(OfDiagnosis):
    @extend_schema(
        operation_id="ask_about_diagnosis",
        summary="Ask about a diagnosis, as the leader; the time until the answer is measured",
        tags=TAGS,
        request=NewQuestion,
        responses={201: DiagnosisEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, conference_id: UUID, diagnosis_id: UUID) -> Response:
        diagnosis, seat = self.find_diagnosis(person_id, conference_id, diagnosis_id)
        demand(seat.is_leader, DIAGNOSIS_IS_READ_BY)
        body = valid(NewQuestion(data=request.data))
        done(lambda: services.ask_about(diagnosis, body["words"], by=self.member))
        return Response(self.shown(person_id, conference_id, diagnosis_id), status=status.HTTP_201_CREATED)


class NewAnswer(serializers.Serializer[Any]):
    answer = words(2000)


class AnswerQuestionView(OfDiagnosis):
    @extend_schema(
        operation_id="answer_diagnosis_question",
        summary="Answer the leader, as the author or the sponsor; once",
        tags=TAGS,
        request=NewAnswer,
        responses={200: DiagnosisEntry, **MOVED},
    )
    def post(
        self, request: Request, person_id: UUID, conference_id: UUID, diagnosis_id: UUID, question_id: UUID
    ) -> Response:
        diagnosis, seat = self.find_diagnosis(person_id, conference_id, diagnosis_id)
        question = next((each for each in diagnosis.questions.all() if each.pk == question_id), None)
        if question is None:
            raise NotFound
        demand(can_answer_question(seat, diagnosis), QUESTION_IS_ANSWERED_BY)
        body = valid(NewAnswer(data=request.data))
        done(lambda: services.answer_question(question, body["answer"], by=self.member))
        return Response(self.shown(person_id, conference_id, diagnosis_id))
