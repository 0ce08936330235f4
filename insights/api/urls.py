"""Addresses of the insights' part of the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from insights.api import leadership, seats

app_name = "insights_api"

urlpatterns = [
    path("insights/leadership", leadership.LeadershipView.as_view(), name="leadership"),
    path("insights/set-up", seats.SetUpView.as_view(), name="set_up"),
]
