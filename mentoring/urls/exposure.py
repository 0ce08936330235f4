"""The addresses of the exposure log, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

from mentoring.views import exposure, exposure_report, reviews

urlpatterns = [
    path("exposure/", exposure.exposure, name="exposure"),
    path("exposure/<uuid:exposure_id>/remove/", exposure.exposure_remove, name="exposure_remove"),
    path("exposure/received/", exposure.exposure_received, name="exposure_received"),
    path("exposure/report/", exposure_report.report, name="exposure_report"),
    path("exposure/report.csv", exposure_report.report_csv, name="exposure_csv"),
    path("exposure/missing/", reviews.reviews, name="reviews"),
    path("exposure/missing/<uuid:review_id>/", reviews.review, name="review"),
]
