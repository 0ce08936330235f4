"""Addresses of intakes in the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from sponsors.api import intake, intake_answers

INTAKE = "clinic/leaders/<uuid:person_id>/intake"
ASKED = "me/intake-requests/<uuid:request_id>"

urlpatterns = [
    path(INTAKE, intake.IntakeView.as_view(), name="intake"),
    path(f"{INTAKE}/candidates", intake.CandidatesView.as_view(), name="intake_candidates"),
    path(f"{INTAKE}/ask", intake.AskMoreView.as_view(), name="intake_ask"),
    path(f"{INTAKE}/close", intake.CloseIntakeView.as_view(), name="intake_close"),
    path(f"{INTAKE}/closed", intake.ClosedIntakesView.as_view(), name="intakes_closed"),
    path(f"{INTAKE}/closed/<uuid:round_id>", intake.IntakeResultView.as_view(), name="intake_result"),
    path("me/intake-requests", intake_answers.AskedOfMeView.as_view(), name="asked_of_me"),
    path(ASKED, intake_answers.PutToMeView.as_view(), name="intake_request"),
    path(f"{ASKED}/answer", intake_answers.AnswerIntakeView.as_view(), name="intake_answer"),
    path(f"{ASKED}/decline", intake_answers.DeclineIntakeView.as_view(), name="intake_decline"),
]
