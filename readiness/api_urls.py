"""Addresses of readiness' part of the API, below /api/v1/o/<slug>/."""

from django.urls import path

from readiness import api, api_key_figures, api_pathway, feed_api

app_name = "readiness_api"

urlpatterns = [
    path("changes/scores", feed_api.ScoreFeedView.as_view(), name="score_feed"),
    path("key-figures", api_key_figures.KeyFiguresView.as_view(), name="key_figures"),
    path("me/readiness", api.OwnReadinessView.as_view(), name="mine"),
    path("people/<uuid:person_id>/readiness", api.ReadinessView.as_view(), name="person"),
    path("people/<uuid:person_id>/pathway", api_pathway.PathwayView.as_view(), name="pathway"),
]
