"""Addresses of the match studio, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from mentoring.api import pair_rules, pairs, runs

RUN = "mentoring/matchings/<uuid:run_id>"
PAIR = "mentoring/pairs/<uuid:pair_id>"

urlpatterns = [
    path("mentoring/cohorts", runs.CohortsView.as_view(), name="cohorts"),
    path(
        "mentoring/cohorts/<uuid:cohort_id>/pair-rules", pair_rules.PairRulesView.as_view(), name="pair_rules"
    ),
    path("mentoring/pair-rules/<uuid:rule_id>", pair_rules.PairRuleView.as_view(), name="pair_rule"),
    path("mentoring/matchings", runs.RunsView.as_view(), name="runs"),
    path(RUN, runs.RunView.as_view(), name="run"),
    path(f"{RUN}/pairs", pairs.PairsView.as_view(), name="pairs"),
    path(f"{RUN}/left-out", pairs.LeftOutView.as_view(), name="left_out"),
    path(f"{RUN}/publish", runs.PublishView.as_view(), name="publish"),
    path(f"{RUN}/export", runs.ExportView.as_view(), name="export"),
    path(PAIR, pairs.PairView.as_view(), name="pair"),
    path(f"{PAIR}/replace", pairs.ReplaceView.as_view(), name="replace"),
]
