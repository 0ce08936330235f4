"""The addresses of the match studio, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

from mentoring.views import fairness, pairs, runs, studio

urlpatterns = [
    path("fairness/", fairness.fairness, name="fairness"),
    path("fairness.csv", fairness.fairness_csv, name="fairness_csv"),
    path("studio/", studio.studio, name="studio"),
    path("studio/new/", studio.run_new, name="run_new"),
    path("studio/cohorts/<uuid:cohort_id>/rules/", studio.pair_rules, name="pair_rules"),
    path("studio/rules/<uuid:rule_id>/remove/", studio.pair_rule_remove, name="pair_rule_remove"),
    path("studio/runs/<uuid:run_id>/", runs.run, name="run"),
    path("studio/runs/<uuid:run_id>/progress/", runs.run_progress, name="run_progress"),
    path("studio/runs/<uuid:run_id>/pairs/", runs.run_pairs, name="run_pairs"),
    path("studio/runs/<uuid:run_id>/left-out/", runs.run_left_out, name="run_left_out"),
    path("studio/runs/<uuid:run_id>/publish/", runs.run_publish, name="run_publish"),
    path("studio/runs/<uuid:run_id>/export.json", runs.run_export, name="run_export"),
    path("studio/pairs/<uuid:pair_id>/", pairs.pair, name="pair"),
    path("studio/pairs/<uuid:pair_id>/replace/", pairs.pair_replace, name="pair_replace"),
]
