"""Addresses of what follows a mentorship, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from mentoring.api import alumni, credit, exposure, fairness, satisfaction

urlpatterns = [
    path("me/exposure-log", exposure.GivenExposureView.as_view(), name="exposure_given"),
    path("me/exposure", exposure.ReceivedExposureView.as_view(), name="exposure_received"),
    path("mentoring/exposure", exposure.ExposureReportView.as_view(), name="exposure_report"),
    path("mentoring/satisfaction", satisfaction.SatisfactionView.as_view(), name="satisfaction"),
    path("mentoring/fairness", fairness.FairnessView.as_view(), name="fairness"),
    path("mentoring/credit/<int:year>", credit.CreditView.as_view(), name="credit"),
    path("mentoring/figures/<int:year>", credit.AccreditationView.as_view(), name="figures"),
    path("mentoring/recordings", alumni.LibraryView.as_view(), name="recordings"),
]
