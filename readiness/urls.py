"""Addresses of the Leadership Readiness Score, below /o/<slug>/."""

from __future__ import annotations

from django.urls import path

import tenancy.converters  # noqa: F401 - <quarter:...>
from readiness.views import (
    coaching,
    cohorts,
    comparison,
    key_figures,
    pathway,
    print_pack,
    roles,
    saved,
    scores,
    stages,
    weights,
)

app_name = "readiness"

urlpatterns = [
    path("readiness/", cohorts.cohorts, name="cohorts"),
    path("readiness/course/", cohorts.cohorts_course, name="cohorts_course"),
    path("readiness/queue/", cohorts.cohorts_queue, name="cohorts_queue"),
    path("readiness/people/", cohorts.members, name="members"),
    path("readiness/stages/", stages.stages, name="stages"),
    path("readiness/views/", saved.saved, name="saved"),
    path("readiness/views/<uuid:view_id>/remove/", saved.saved_remove, name="saved_remove"),
    path("readiness/key-figures/", key_figures.key_figures, name="key_figures"),
    path("readiness/key-figures.csv", key_figures.key_figures_csv, name="key_figures_csv"),
    path("readiness/key-figures.xlsx", key_figures.key_figures_xlsx, name="key_figures_xlsx"),
    path(
        "readiness/quarters/<quarter:quarter>.csv",
        key_figures.quarterly_file,
        {"kind": "csv"},
        name="quarterly_csv",
    ),
    path(
        "readiness/quarters/<quarter:quarter>.xlsx",
        key_figures.quarterly_file,
        {"kind": "xlsx"},
        name="quarterly_xlsx",
    ),
    path("readiness/scores.csv", cohorts.cohorts_csv, name="cohorts_csv"),
    path("readiness/scores.xlsx", cohorts.cohorts_xlsx, name="cohorts_xlsx"),
    path("readiness/scores.pdf", print_pack.cohorts_pdf, name="cohorts_pdf"),
    path("readiness/compare/", comparison.comparison, name="comparison"),
    path("readiness/compare.csv", comparison.comparison_csv, name="comparison_csv"),
    path("readiness/coaching/", coaching.coaching, name="coaching"),
    path("readiness/coaching/<uuid:task_id>/", coaching.task, name="task"),
    path("readiness/coaching/<uuid:task_id>/assign/", coaching.assign, name="assign"),
    path("readiness/coaching/<uuid:task_id>/close/", coaching.close, name="close"),
    path("readiness/rule/", weights.weights, name="weights"),
    path("readiness/rule/change/", weights.weights_edit, name="weights_edit"),
    path("readiness/roles/", roles.roles, name="roles"),
    path("readiness/roles/new/", roles.role_new, name="role_new"),
    path("readiness/roles/restore/", roles.roles_restore, name="roles_restore"),
    path("readiness/roles/of/<slug:key>/", roles.role_edit, name="role_edit"),
    path("readiness/roles/of/<slug:key>/remove/", roles.role_remove, name="role_remove"),
    path("readiness/recalculate/", weights.recalculate, name="recalculate"),
    path("readiness/runs/<uuid:run_id>/", weights.run, name="run"),
    path("readiness/runs/<uuid:run_id>/progress/", weights.run_progress, name="run_progress"),
    path("people/<uuid:person_id>/pathway/", pathway.pathway, name="pathway"),
    path("people/<uuid:person_id>/readiness/", scores.latest_score, name="person"),
    path("people/<uuid:person_id>/readiness/<quarter:quarter>/", scores.score, name="score"),
]
