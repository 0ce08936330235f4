"""Addresses beside django-allauth's own, below /accounts/."""

from django.urls import path

from people.views import sessions

app_name = "sessions"

urlpatterns = [path("sessions/<int:session_id>/end/", sessions.end_session, name="end")]
