"""Addresses of reviews in the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from sponsors.api import accountability, caseload, reviews

ALL = "clinic/leaders/<uuid:person_id>/reviews"
ONE = f"{ALL}/<uuid:review_id>"

urlpatterns = [
    path("me/caseload", caseload.CaseloadView.as_view(), name="caseload"),
    path("clinic/accountability", accountability.AccountabilityView.as_view(), name="accountability"),
    path("clinic/late-reviews", accountability.LateReviewsView.as_view(), name="late_reviews"),
    path("clinic/review-rule", accountability.ReviewRuleView.as_view(), name="review_rule"),
    path(ALL, reviews.ReviewsView.as_view(), name="reviews"),
    path(f"{ALL}/call", reviews.CallReviewView.as_view(), name="review_call"),
    path(ONE, reviews.ReviewView.as_view(), name="review"),
    path(f"{ONE}/view", reviews.LeaderViewView.as_view(), name="review_view"),
    path(f"{ONE}/sign", reviews.SignReviewView.as_view(), name="review_sign"),
]
