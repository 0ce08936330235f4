"""Addresses of what follows a mentorship, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from mentoring.api import (
    credit,
    exposure,
    exposure_report,
    fairness,
    missing_logs,
    own_credit,
    ratings,
    satisfaction,
)

LOG = "mentoring/missing-logs/<uuid:review_id>"

urlpatterns = [
    path("me/exposure-log", exposure.GivenExposureView.as_view(), name="exposure_given"),
    path("me/exposure-log/<uuid:exposure_id>", exposure.ExposureView.as_view(), name="exposure_remove"),
    path("me/exposure", exposure.ReceivedExposureView.as_view(), name="exposure_received"),
    path("mentoring/exposure", exposure_report.ExposureReportView.as_view(), name="exposure_report"),
    path(
        "mentoring/exposure/summary", exposure_report.ExposureSummaryView.as_view(), name="exposure_summary"
    ),
    path("mentoring/missing-logs", missing_logs.MissingLogsView.as_view(), name="missing_logs"),
    path(LOG, missing_logs.MissingLogView.as_view(), name="missing_log"),
    path(f"{LOG}/close", missing_logs.CloseLogView.as_view(), name="missing_log_close"),
    path("me/mentoring-ratings", ratings.OwnRatingsView.as_view(), name="ratings"),
    path("me/mentoring-ratings/open", ratings.ToRateView.as_view(), name="ratings_open"),
    path("me/mentoring-satisfaction", ratings.ToldView.as_view(), name="ratings_told"),
    path("mentoring/mentorships/<uuid:mentorship_id>/rating", ratings.RateView.as_view(), name="rate"),
    path("mentoring/satisfaction", satisfaction.SatisfactionView.as_view(), name="satisfaction"),
    path("mentoring/fairness", fairness.FairnessView.as_view(), name="fairness"),
    path("me/mentoring-credit/<int:year>", own_credit.OwnCreditView.as_view(), name="own_credit"),
    path("mentoring/credit-rule", own_credit.CreditRuleView.as_view(), name="credit_rule"),
    path("mentoring/credit/<int:year>", credit.CreditView.as_view(), name="credit"),
    path("mentoring/figures/<int:year>", credit.AccreditationView.as_view(), name="figures"),
]
