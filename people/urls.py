"""Addresses of people, below /o/<slug>/."""

from __future__ import annotations

from django.urls import path

from people.views import (
    about_me,
    audit,
    cohorts,
    directory,
    imports,
    jobs,
    notifications,
    positions,
    programmes,
    roles,
    units,
    webhooks,
)

app_name = "people"

urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/<uuid:person_id>/", directory.person, name="person"),
    path("units/", units.units, name="units"),
    path("units/<uuid:unit_id>/", units.unit, name="unit"),
    path("about-me/", about_me.about_me, name="about_me"),
    path("about-me/delete/", about_me.about_me_withdraw, name="about_me_withdraw"),
    path("positions/", positions.positions, name="positions"),
    path("roles/", roles.roles, name="roles"),
    path("roles/grant/", roles.role_grant, name="role_grant"),
    path("roles/grant/<uuid:person_id>/", roles.role_grant_to, name="role_grant_to"),
    path("roles/<uuid:grant_id>/revoke/", roles.role_revoke, name="role_revoke"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path("programmes/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("programmes/<uuid:programme_id>/edit/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<uuid:programme_id>/cohorts/new/", programmes.cohort_new, name="cohort_new"),
    path("cohorts/<uuid:cohort_id>/", cohorts.cohort, name="cohort"),
    path("cohorts/<uuid:cohort_id>/edit/", cohorts.cohort_edit, name="cohort_edit"),
    path("cohorts/<uuid:cohort_id>/add/", cohorts.cohort_add, name="cohort_add"),
    path("cohorts/<uuid:cohort_id>/paste/", cohorts.cohort_paste, name="cohort_paste"),
    path(
        "cohorts/memberships/<uuid:membership_id>/",
        cohorts.cohort_membership,
        name="cohort_membership",
    ),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/columns/<slug:kind>.csv", imports.import_template, name="import_template"),
    path("imports/current/<slug:kind>.csv", imports.import_current, name="import_current"),
    path("imports/<uuid:import_id>/", imports.import_page, name="import"),
    path("imports/<uuid:import_id>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<uuid:import_id>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<uuid:import_id>/faults.csv", imports.import_faults, name="import_faults"),
    path("imports/<uuid:import_id>/apply/", imports.import_apply, name="import_apply"),
    path("imports/<uuid:import_id>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<uuid:import_id>/discard/", imports.import_discard, name="import_discard"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications_read"),
    path("audit/", audit.audit_log, name="audit_log"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<uuid:endpoint_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<uuid:endpoint_id>/test/", webhooks.webhook_test, name="webhook_test"),
    path("webhooks/<uuid:endpoint_id>/secret/", webhooks.webhook_secret, name="webhook_secret"),
    path("webhooks/<uuid:endpoint_id>/switch/", webhooks.webhook_switch, name="webhook_switch"),
    path("webhooks/<uuid:endpoint_id>/remove/", webhooks.webhook_remove, name="webhook_remove"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:run_id>/", jobs.job, name="job"),
    path("jobs/<uuid:run_id>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:run_id>/steps/<uuid:step_id>/retry/", jobs.step_retry, name="step_retry"),
]
