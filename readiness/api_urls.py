"""Addresses of readiness' part of the API, below /api/v1/o/<slug>/."""

from django.urls import path

from readiness import api, api_key_figures, api_pathway

app_name = "readiness_api"

urlpatterns = [
    path("key-figures", api_key_figures.KeyFiguresView.as_view(), name="key_figures"),
    path("me/readiness", api.OwnReadinessView.as_view(), name="mine"),
    path("people/<uuid:person_id>/readiness", api.ReadinessView.as_view(), name="person"),
    path("people/<uuid:person_id>/pathway", api_pathway.PathwayView.as_view(), name="pathway"),
]
