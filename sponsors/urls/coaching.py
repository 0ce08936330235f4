"""The addresses of coaching: a leader's, below /o/<slug>/clinic/leaders/<id>/coaching/."""

from __future__ import annotations

from django.urls import include, path

from sponsors.views import coaching

of_one = [
    path("", coaching.session, name="coaching_session"),
    path("change/", coaching.session_edit, name="coaching_edit"),
    path("cancel/", coaching.session_cancel, name="coaching_cancel"),
    path("record/", coaching.session_record, name="coaching_record"),
    path("note/", coaching.session_note, name="coaching_note"),
    path("session.ics", coaching.session_ics, name="coaching_ics"),
]

urlpatterns = [
    path("", coaching.sessions, name="coaching"),
    path("new/", coaching.session_new, name="coaching_new"),
    path("<uuid:session_id>/", include(of_one)),
]
