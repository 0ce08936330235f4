"""Addresses of insights, below /o/<slug>/insights/."""

from __future__ import annotations

from django.urls import path

from insights.views import overview

app_name = "insights"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("leadership.csv", overview.overview_csv, name="overview_csv"),
    path("leadership.xlsx", overview.overview_xlsx, name="overview_xlsx"),
]
