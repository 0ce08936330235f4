"""The addresses of mentoring, below /o/<slug>/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "mentoring"
urlpatterns: list[URLPattern] = []
