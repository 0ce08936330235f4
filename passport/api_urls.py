"""Addresses of the Passport's part of the API, below /api/v1/o/<slug>/."""

from django.urls import path

from passport import api

app_name = "passport_api"

urlpatterns = [
    path("me/passport", api.OwnPassportView.as_view(), name="mine"),
    path("people/<uuid:person_id>/passport", api.PassportView.as_view(), name="person"),
]
