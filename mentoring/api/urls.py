"""Addresses of mentoring in the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import include, path

app_name = "mentoring_api"

urlpatterns = [
    path("", include("mentoring.api.preparing_urls")),
    path("", include("mentoring.api.studio_urls")),
    path("", include("mentoring.api.mentorship_urls")),
    path("", include("mentoring.api.follow_up_urls")),
    path("", include("mentoring.api.alumni_urls")),
]
