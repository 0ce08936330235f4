"""Every address of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from clinicleader import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("", include("web.urls")),
    path("accounts/", include("allauth.urls")),
    path("o/<slug:slug>/", views.today, name="today"),
    path("o/<slug:slug>/", include("people.urls")),
]

handler400 = "web.views.bad_request"
handler403 = "web.views.forbidden"
handler404 = "web.views.not_found"
handler500 = "web.views.server_error"
