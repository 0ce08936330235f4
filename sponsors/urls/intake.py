"""The addresses of an intake: the leader's, below /o/<slug>/clinic/, and those of whoever is asked."""

from __future__ import annotations

from django.urls import path

from sponsors.views import intake, intake_answers

urlpatterns = [
    path("leaders/<uuid:person_id>/intake/", intake.intake, name="intake"),
    path("leaders/<uuid:person_id>/intake/close/", intake.intake_close, name="intake_close"),
    path("leaders/<uuid:person_id>/intake/<uuid:round_id>/", intake.intake_past, name="intake_past"),
    path("asked/<uuid:request_id>/", intake_answers.intake_answer, name="intake_answer"),
    path("asked/<uuid:request_id>/decline/", intake_answers.intake_decline, name="intake_decline"),
]
