"""Addresses of the people room's part of the API, below /api/v1/o/<slug>/."""

from django.urls import path

from people import api, webhook_api

app_name = "people_api"

urlpatterns = [
    path("me", api.MeView.as_view(), name="me"),
    path("people", api.PeopleView.as_view(), name="people"),
    path("people/<uuid:person_id>", api.PersonView.as_view(), name="person"),
    path("webhooks", webhook_api.WebhooksView.as_view(), name="webhooks"),
    path("webhooks/<uuid:endpoint_id>", webhook_api.WebhookView.as_view(), name="webhook"),
]
