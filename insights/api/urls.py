"""Addresses of the insights' part of the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from insights.api import accreditation, exchange, leadership, pilots, role_pulses, seats

app_name = "insights_api"

urlpatterns = [
    path("insights/leadership", leadership.LeadershipView.as_view(), name="leadership"),
    path("insights/set-up", seats.SetUpView.as_view(), name="set_up"),
    path("insights/role-pulses", role_pulses.RolePulsesView.as_view(), name="role_pulses"),
    path("insights/pilots", pilots.PilotsView.as_view(), name="pilots"),
    path("insights/pilots/<uuid:pilot_id>", pilots.PilotView.as_view(), name="pilot"),
    path("insights/exchange", exchange.ExchangeView.as_view(), name="exchange"),
    path("insights/standards", accreditation.StandardsView.as_view(), name="standards"),
    path(
        "insights/standards/<uuid:standard_id>/self-study",
        accreditation.SelfStudyView.as_view(),
        name="self_study",
    ),
]
