"""Addresses of the page helpers themselves."""

from django.urls import path

from web import views

app_name = "web"

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("theme/", views.theme, name="theme"),
    path("components/", views.components, name="components"),
]
