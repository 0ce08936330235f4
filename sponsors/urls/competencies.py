"""The addresses of the competencies, below /o/<slug>/clinic/competencies/."""

from __future__ import annotations

from django.urls import path

from sponsors.views import competencies

urlpatterns = [
    path("", competencies.competencies, name="competencies"),
    path("new/", competencies.competency_new, name="competency_new"),
    path("<uuid:competency_id>/", competencies.competency_edit, name="competency_edit"),
    path("<uuid:competency_id>/retire/", competencies.competency_retire, name="competency_retire"),
    path("<uuid:competency_id>/restore/", competencies.competency_restore, name="competency_restore"),
]
