"""Addresses of surveys' part of the API, below /api/v1/o/<slug>/."""

from django.urls import path

from surveys import api

app_name = "surveys_api"

urlpatterns = [
    path("me/reports", api.OwnReportsView.as_view(), name="mine"),
    path("surveys", api.WavesView.as_view(), name="waves"),
    path("surveys/<uuid:wave_id>/units", api.CellsView.as_view(), name="cells"),
    path("surveys/<uuid:wave_id>/units/<uuid:unit_id>", api.ReportView.as_view(), name="report"),
]
