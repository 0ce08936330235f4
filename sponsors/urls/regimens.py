"""The addresses of a regimen, below /o/<slug>/clinic/leaders/<id>/regimen/."""

from __future__ import annotations

from django.urls import path

from sponsors.views import outcomes, regimen_parts, regimens, templates

urlpatterns = [
    path("", regimens.regimen, name="regimen"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<slug:key>/begin/", templates.template_begin, name="template_begin"),
    path("publish/", regimens.publish, name="regimen_publish"),
    path("versions/", regimens.versions, name="versions"),
    path("versions/<int:number>/", regimens.version, name="version"),
    path("version-<int:number>.pdf", regimens.version_pdf, name="version_pdf"),
    path("versions/<int:number>/acknowledge/", regimens.acknowledge, name="acknowledge"),
    path("proposals/", regimens.proposals, name="proposals"),
    path("proposals/<uuid:proposal_id>/answer/", regimens.proposal_answer, name="proposal_answer"),
    path("goals/new/", regimen_parts.goal_new, name="goal_new"),
    path("goals/<uuid:goal_id>/", regimen_parts.goal_edit, name="goal_edit"),
    path("goals/<uuid:goal_id>/remove/", regimen_parts.goal_remove, name="goal_remove"),
    path("actions/new/", regimen_parts.action_new, name="action_new"),
    path("actions/<uuid:action_id>/", regimen_parts.action_edit, name="action_edit"),
    path("actions/<uuid:action_id>/remove/", regimen_parts.action_remove, name="action_remove"),
    path("actions/<uuid:action_id>/progress/", outcomes.progress, name="action_progress"),
    path("actions/<uuid:action_id>/attest/", outcomes.attest, name="action_attest"),
    path("actions/<uuid:action_id>/release/", outcomes.release, name="action_release"),
    path("actions/<uuid:action_id>/take-back/", outcomes.take_back, name="action_take_back"),
    path("actions/<uuid:action_id>/to-passport/", outcomes.to_passport, name="action_to_passport"),
]
