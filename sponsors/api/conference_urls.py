"""Addresses of case conferences and diagnoses in the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from sponsors.api import conferences, diagnoses, quality

ALL = "clinic/leaders/<uuid:person_id>/conferences"
ONE = f"{ALL}/<uuid:conference_id>"
DRAFT = f"{ONE}/drafts/<uuid:draft_id>"
DIAGNOSIS = f"{ONE}/diagnoses/<uuid:diagnosis_id>"

urlpatterns = [
    path(ALL, conferences.ConferencesView.as_view(), name="conferences"),
    path(f"{ALL}/guests", conferences.GuestsView.as_view(), name="conference_guests"),
    path(ONE, conferences.ConferenceView.as_view(), name="conference"),
    path(f"{ONE}/evidence", conferences.EvidenceView.as_view(), name="conference_evidence"),
    path(f"{ONE}/conclude", conferences.ConcludeView.as_view(), name="conference_conclude"),
    path(f"{ONE}/drafts", diagnoses.DraftsView.as_view(), name="drafts"),
    path(DRAFT, diagnoses.DraftView.as_view(), name="draft"),
    path(f"{DRAFT}/release", diagnoses.ReleaseDraftView.as_view(), name="draft_release"),
    path(
        f"{DIAGNOSIS}/acknowledge", diagnoses.AcknowledgeDiagnosisView.as_view(), name="diagnosis_acknowledge"
    ),
    path(f"{DIAGNOSIS}/ask", diagnoses.AskAboutView.as_view(), name="diagnosis_ask"),
    path(
        f"{DIAGNOSIS}/questions/<uuid:question_id>/answer",
        diagnoses.AnswerQuestionView.as_view(),
        name="question_answer",
    ),
    path("clinic/quality", quality.QualityView.as_view(), name="quality"),
]
