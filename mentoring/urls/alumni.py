"""The addresses of alumni hours and reverse mentoring, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

from mentoring.views import alumni, alumni_library, alumni_plan, reverse

HOUR = "alumni/<uuid:hour_id>/"
urlpatterns = [
    path("alumni/", alumni.hours, name="alumni"),
    path("alumni/new/", alumni_plan.hour_new, name="alumni_new"),
    path("alumni/library/", alumni_library.library, name="alumni_library"),
    path(HOUR, alumni.hour, name="alumni_hour"),
    path(f"{HOUR}edit/", alumni_plan.hour_edit, name="alumni_edit"),
    path(f"{HOUR}cancel/", alumni_plan.hour_cancel, name="alumni_cancel"),
    path(f"{HOUR}seat/", alumni.seat, name="alumni_seat"),
    path(f"{HOUR}attendance/", alumni.attendance, name="alumni_attendance"),
    path(f"{HOUR}consent/", alumni.consent, name="alumni_consent"),
    path(f"{HOUR}withdraw/", alumni.withdraw, name="alumni_withdraw"),
    path(f"{HOUR}recording/", alumni.recording, name="alumni_recording"),
    path("reverse/", reverse.reverse_mentoring, name="reverse"),
    path("reverse/<uuid:pair_id>/end/", reverse.reverse_end, name="reverse_end"),
]
