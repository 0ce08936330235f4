"""The addresses of surveys, below /o/<slug>/."""

from __future__ import annotations

from django.urls import path

import tenancy.converters  # noqa: F401 - <quarter:...>
from surveys.views import answering, calendar, debriefs, heat, imports, planning, pulses, running, waves

app_name = "surveys"
urlpatterns = [
    path("surveys/", waves.waves, name="waves"),
    path("surveys/calendar/", calendar.calendar, name="calendar"),
    path("surveys/calendar/rule/", calendar.rule, name="calendar_rule"),
    path("surveys/calendar/new/", calendar.entry_new, name="calendar_new"),
    path("surveys/calendar/<uuid:entry_id>/", calendar.entry_edit, name="calendar_edit"),
    path("surveys/calendar/<uuid:entry_id>/delete/", calendar.entry_delete, name="calendar_delete"),
    path("surveys/waves/new/", planning.new, name="wave_new"),
    path("surveys/waves/<uuid:wave_id>/plan/", planning.plan, name="wave_plan"),
    path("surveys/waves/<uuid:wave_id>/edit/", planning.edit, name="wave_edit"),
    path("surveys/waves/<uuid:wave_id>/schedule/", planning.schedule, name="wave_schedule"),
    path("surveys/waves/<uuid:wave_id>/delete/", planning.delete, name="wave_delete"),
    path("surveys/waves/<uuid:wave_id>/launch/", planning.launch, name="wave_launch"),
    path("surveys/waves/<uuid:wave_id>/run/", running.run, name="wave_run"),
    path("surveys/waves/<uuid:wave_id>/extend/", running.extend, name="wave_extend"),
    path("surveys/waves/<uuid:wave_id>/close/", running.close, name="wave_close"),
    path("surveys/waves/<uuid:wave_id>/publish/", running.publish, name="wave_publish"),
    path("surveys/waves/<uuid:wave_id>/publishing/", running.publishing, name="wave_publishing"),
    path("surveys/waves/<uuid:wave_id>/", waves.wave, name="wave"),
    path("surveys/waves/<uuid:wave_id>/answer/", answering.answer, name="answer"),
    path("surveys/waves/<uuid:wave_id>/csv/", waves.wave_csv, name="wave_csv"),
    path("surveys/waves/<uuid:wave_id>/map/", heat.heat, name="heat"),
    path("surveys/waves/<uuid:wave_id>/units/<uuid:unit_id>/", waves.report, name="report"),
    path("surveys/units/<uuid:unit_id>/latest/", waves.unit_latest, name="unit_latest"),
    path("surveys/waves/<uuid:wave_id>/debriefs/", debriefs.wave_debriefs, name="wave_debriefs"),
    path("surveys/units/<uuid:unit_id>/led-to/", debriefs.led_to, name="led_to"),
    path("surveys/debriefs/", debriefs.debriefs, name="debriefs"),
    path("surveys/debriefs/<uuid:debrief_id>/", debriefs.debrief, name="debrief"),
    path("surveys/debriefs/<uuid:debrief_id>/coach/", debriefs.coach, name="debrief_coach"),
    path("pulse/", pulses.pulses, name="pulses"),
    path("pulse/<quarter:quarter>/", pulses.pulse, name="pulse"),
    path("pulse/<quarter:quarter>/thanks/", pulses.thanks, name="pulse_thanks"),
    path("surveys/import/", imports.upload, name="import"),
    path("surveys/import/<uuid:import_id>/columns/", imports.columns, name="import_columns"),
    path("surveys/import/<uuid:import_id>/check/", imports.check, name="import_check"),
    path("surveys/import/<uuid:import_id>/place/", imports.place, name="import_place"),
    path("surveys/import/<uuid:import_id>/", imports.progress, name="import_progress"),
    path("surveys/import/<uuid:import_id>/progress/", imports.progress_part, name="import_progress_part"),
    path("surveys/import/<uuid:import_id>/discard/", imports.discard, name="import_discard"),
]
