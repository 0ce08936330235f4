"""Addresses of insights, below /o/<slug>/insights/."""

from __future__ import annotations

from django.urls import include, path

from insights.views import overview, set_up

app_name = "insights"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("leadership.csv", overview.overview_csv, name="overview_csv"),
    path("leadership.xlsx", overview.overview_xlsx, name="overview_xlsx"),
    path("set-up/", set_up.set_up, name="set_up"),
    path("set-up.csv", set_up.set_up_csv, name="set_up_csv"),
    path("set-up.xlsx", set_up.set_up_xlsx, name="set_up_xlsx"),
    path("set-up/lines/", set_up.set_up_lines, name="set_up_lines"),
    path("mine/", set_up.mine, name="mine"),
    path("", include("insights.accreditation_urls")),
    path("", include("insights.pilot_urls")),
    path("", include("insights.role_pulse_urls")),
    path("", include("insights.exchange_urls")),
]
