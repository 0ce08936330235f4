"""Addresses of people, below /o/<slug>/."""

from __future__ import annotations

from django.urls import path

from people.views import audit, directory, jobs, notifications, positions, units

app_name = "people"

urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/<uuid:person_id>/", directory.person, name="person"),
    path("units/", units.units, name="units"),
    path("units/<uuid:unit_id>/", units.unit, name="unit"),
    path("positions/", positions.positions, name="positions"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications_read"),
    path("audit/", audit.audit_log, name="audit_log"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:run_id>/", jobs.job, name="job"),
    path("jobs/<uuid:run_id>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:run_id>/steps/<uuid:step_id>/retry/", jobs.step_retry, name="step_retry"),
]
