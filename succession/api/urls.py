"""Addresses of succession's part of the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from succession.api import (
    candidacies,
    exceptions,
    intentions,
    positions,
    representation,
    reviews,
    scenarios,
    selections,
)

app_name = "succession_api"

urlpatterns = [
    path("me/candidacies", candidacies.OwnCandidaciesView.as_view(), name="own_candidacies"),
    path("succession/positions", positions.PositionsView.as_view(), name="positions"),
    path("succession/positions/<uuid:position_id>", positions.PositionView.as_view(), name="position"),
    path(
        "succession/positions/<uuid:position_id>/candidates",
        candidacies.CandidatesView.as_view(),
        name="candidates",
    ),
    path("succession/representation", representation.RepresentationView.as_view(), name="representation"),
    path("succession/reviews", reviews.TalentReviewsView.as_view(), name="reviews"),
    path("succession/reviews/<uuid:review_id>", reviews.TalentReviewView.as_view(), name="review"),
    path("me/review-actions", reviews.OwnReviewActionsView.as_view(), name="own_review_actions"),
    path(
        "me/review-actions/<uuid:action_id>/done",
        reviews.ReviewActionDoneView.as_view(),
        name="review_action_done",
    ),
    path("succession/exceptions", exceptions.ExceptionsView.as_view(), name="exceptions"),
    path(
        "succession/exceptions/<uuid:exception_id>/approve",
        exceptions.ApproveView.as_view(),
        name="exception_approve",
    ),
    path(
        "succession/exceptions/<uuid:exception_id>/refuse",
        exceptions.RefuseView.as_view(),
        name="exception_refuse",
    ),
    path("succession/scenarios", scenarios.ScenariosView.as_view(), name="scenarios"),
    path("succession/scenarios/<uuid:scenario_id>", scenarios.ScenarioView.as_view(), name="scenario"),
    path("me/terms", intentions.OwnTermsView.as_view(), name="own_terms"),
    path(
        "me/terms/<uuid:appointment_id>/intention",
        intentions.IntentionView.as_view(),
        name="declare_intention",
    ),
    path("succession/selections", selections.SelectionsView.as_view(), name="selections"),
    path("succession/selections/<uuid:selection_id>", selections.SelectionView.as_view(), name="selection"),
    path("succession/candidates/<uuid:candidacy_id>", candidacies.CandidacyView.as_view(), name="candidacy"),
    *(
        path(f"succession/candidates/<uuid:candidacy_id>/{name}", view.as_view(), name=f"candidacy_{name}")
        for name, view in (
            ("accept", candidacies.AcceptView),
            ("decline", candidacies.DeclineView),
            ("end", candidacies.EndView),
            ("assess", candidacies.AssessView),
        )
    ),
]
