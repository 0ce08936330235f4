"""Addresses of pilots: they are part of those of insights."""

from __future__ import annotations

from django.urls import path

from insights.views import pilot_set_up, pilot_values, pilots

urlpatterns = [
    path("pilots/", pilots.pilots_page, name="pilots"),
    path("pilots/new/", pilot_set_up.pilot_new, name="pilot_new"),
    path("pilots/<uuid:pilot_id>/", pilots.pilot_page, name="pilot"),
    path("pilots/<uuid:pilot_id>/pilot.csv", pilots.pilot_csv, name="pilot_csv"),
    path("pilots/<uuid:pilot_id>/pilot.xlsx", pilots.pilot_xlsx, name="pilot_xlsx"),
    path("pilots/<uuid:pilot_id>/pilot.pdf", pilots.pilot_pdf, name="pilot_pdf"),
    path("pilots/<uuid:pilot_id>/values.csv", pilot_values.pilot_values_csv, name="pilot_values_csv"),
    path("pilots/<uuid:pilot_id>/values/file/", pilot_values.pilot_values_file, name="pilot_values_file"),
    path("pilots/<uuid:pilot_id>/edit/", pilot_set_up.pilot_edit, name="pilot_edit"),
    path("pilots/<uuid:pilot_id>/call-off/", pilot_set_up.pilot_call_off, name="pilot_call_off"),
    path("pilots/<uuid:pilot_id>/set-up/", pilot_set_up.pilot_set_up, name="pilot_set_up"),
    path("pilots/<uuid:pilot_id>/units/", pilot_set_up.pilot_unit_add, name="pilot_unit_add"),
    path("pilots/<uuid:pilot_id>/outcomes/", pilot_set_up.pilot_outcome_add, name="pilot_outcome_add"),
    path("pilot-units/<uuid:unit_id>/remove/", pilot_set_up.pilot_unit_remove, name="pilot_unit_remove"),
    path(
        "pilot-outcomes/<uuid:outcome_id>/remove/",
        pilot_set_up.pilot_outcome_remove,
        name="pilot_outcome_remove",
    ),
    path("pilot-outcomes/<uuid:outcome_id>/values/", pilot_values.pilot_values, name="pilot_values"),
]
