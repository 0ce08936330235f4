"""The addresses of case conferences, below /o/<slug>/clinic/leaders/<id>/conferences/."""

from __future__ import annotations

from django.urls import include, path

from sponsors.views import conferences, diagnoses, evidence

of_one = [
    path("", conferences.conference, name="conference"),
    path("evidence/", conferences.evidence, name="conference_evidence"),
    path("evidence/records/", evidence.records, name="conference_records"),
    path("conclude/", conferences.conclude, name="conference_conclude"),
    path("drafts/new/", diagnoses.diagnosis_new, name="diagnosis_new"),
    path("drafts/<uuid:draft_id>/", diagnoses.draft_edit, name="draft_edit"),
    path("drafts/<uuid:draft_id>/release/", diagnoses.draft_release, name="draft_release"),
    path("drafts/<uuid:draft_id>/discard/", diagnoses.draft_discard, name="draft_discard"),
    path("diagnoses/<uuid:diagnosis_id>/acknowledge/", diagnoses.acknowledge, name="diagnosis_acknowledge"),
    path("diagnoses/<uuid:diagnosis_id>/ask/", diagnoses.ask, name="diagnosis_ask"),
    path(
        "diagnoses/<uuid:diagnosis_id>/questions/<uuid:question_id>/answer/",
        diagnoses.answer,
        name="question_answer",
    ),
]

urlpatterns = [
    path("new/", conferences.conference_new, name="conference_new"),
    path("<uuid:conference_id>/", include(of_one)),
]
