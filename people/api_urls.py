"""Addresses of the people room's part of the API, below /api/v1/o/<slug>/."""

from django.urls import path

from people import api

app_name = "people_api"

urlpatterns = [
    path("me", api.MeView.as_view(), name="me"),
    path("people", api.PeopleView.as_view(), name="people"),
    path("people/<uuid:person_id>", api.PersonView.as_view(), name="person"),
]
