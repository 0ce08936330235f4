"""Addresses of what follows a mentorship in the API, below /api/v1/o/<slug>/."""

from django.urls import path

from mentoring import follow_up_api as api

app_name = "mentoring_follow_up_api"

urlpatterns = [
    path("me/exposure-log", api.GivenExposureView.as_view(), name="given"),
    path("me/exposure", api.ReceivedExposureView.as_view(), name="received"),
    path("mentoring/exposure", api.ExposureReportView.as_view(), name="exposure"),
    path("mentoring/satisfaction", api.SatisfactionView.as_view(), name="satisfaction"),
    path("mentoring/credit/<int:year>", api.CreditView.as_view(), name="credit"),
    path("mentoring/figures/<int:year>", api.AccreditationView.as_view(), name="figures"),
    path("mentoring/recordings", api.LibraryView.as_view(), name="recordings"),
]
