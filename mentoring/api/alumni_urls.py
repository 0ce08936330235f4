"""Addresses of alumni hours and reverse mentoring, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from mentoring.api import alumni, alumni_steps, reverse

HOUR = "mentoring/alumni-hours/<uuid:hour_id>"

urlpatterns = [
    path("mentoring/alumni-hours", alumni.HoursView.as_view(), name="alumni_hours"),
    path(HOUR, alumni.HourView.as_view(), name="alumni_hour"),
    path(f"{HOUR}/cancel", alumni.CancelHourView.as_view(), name="alumni_cancel"),
    path(f"{HOUR}/seat", alumni_steps.SeatView.as_view(), name="alumni_seat"),
    path(f"{HOUR}/attendance", alumni_steps.AttendanceView.as_view(), name="alumni_attendance"),
    path(f"{HOUR}/consent", alumni_steps.ConsentView.as_view(), name="alumni_consent"),
    path(f"{HOUR}/recording", alumni_steps.RecordingView.as_view(), name="alumni_recording"),
    path("mentoring/recordings", alumni.LibraryView.as_view(), name="recordings"),
    path("mentoring/reverse", reverse.ReverseMentoringsView.as_view(), name="reverse"),
    path("mentoring/reverse/<uuid:pair_id>/end", reverse.EndReverseView.as_view(), name="reverse_end"),
]
