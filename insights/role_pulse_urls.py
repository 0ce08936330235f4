"""Addresses of role pulses and of the register of structures: part of insights/urls.py."""

from __future__ import annotations

from django.urls import path

from insights.views import role_pulses, structures

urlpatterns = [
    path("role-pulses/", role_pulses.role_pulse_list, name="role_pulses"),
    path("role-pulses.csv", role_pulses.role_pulses_csv, name="role_pulses_csv"),
    path("role-pulses.xlsx", role_pulses.role_pulses_xlsx, name="role_pulses_xlsx"),
    path("role-pulses/new/", role_pulses.role_pulse_new, name="role_pulse_new"),
    path("role-pulses/<uuid:pulse_id>/", role_pulses.role_pulse, name="role_pulse"),
    path("role-pulses/<uuid:pulse_id>/answer/", role_pulses.role_pulse_answer, name="role_pulse_answer"),
    path("structures/", structures.structures, name="structures"),
    path("structures.csv", structures.structures_csv, name="structures_csv"),
]
