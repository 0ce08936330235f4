"""Addresses of people, below /o/<slug>/."""

from __future__ import annotations

from django.urls import path

from people.views import audit, jobs, notifications

app_name = "people"

urlpatterns = [
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications_read"),
    path("audit/", audit.audit_log, name="audit_log"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:run_id>/", jobs.job, name="job"),
    path("jobs/<uuid:run_id>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:run_id>/steps/<uuid:step_id>/retry/", jobs.step_retry, name="step_retry"),
]
