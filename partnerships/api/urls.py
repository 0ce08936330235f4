"""Addresses of partnerships in the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from partnerships.api import charter, checks, partners, partnerships, programmes

app_name = "partnerships_api"

ONE = "partnerships/<uuid:partnership_id>"
PARTNER = f"{ONE}/partners/<uuid:partner_id>"
PROGRAMME = "partnership-programmes/<uuid:programme_id>"
CHECK = f"{ONE}/checks/<uuid:check_id>"

urlpatterns = [
    path("me/partnerships", partnerships.OwnPartnershipsView.as_view(), name="mine"),
    path("partnerships", partnerships.RegisterView.as_view(), name="register"),
    path("units/<uuid:unit_id>/partnerships", partnerships.UnitPartnershipsView.as_view(), name="unit"),
    path(ONE, partnerships.PartnershipView.as_view(), name="partnership"),
    path(f"{ONE}/charter", partnerships.CharterView.as_view(), name="charter"),
    path(f"{ONE}/end", partnerships.EndPartnershipView.as_view(), name="end"),
    path(f"{ONE}/partners", partners.PartnersView.as_view(), name="partners"),
    path(f"{PARTNER}/share", partners.ShareView.as_view(), name="partner_share"),
    path(f"{PARTNER}/release", partners.ReleasePartnerView.as_view(), name="partner_release"),
    path(f"{ONE}/changes/<uuid:change_id>/keep", partners.KeepPartnerView.as_view(), name="change_keep"),
    path(f"{ONE}/matters", charter.MattersView.as_view(), name="matters"),
    path(f"{ONE}/matters/<uuid:matter_id>", charter.MatterView.as_view(), name="matter"),
    path(f"{ONE}/goals", charter.GoalsView.as_view(), name="goals"),
    path(f"{ONE}/goals/<uuid:goal_id>", charter.GoalView.as_view(), name="goal"),
    path(f"{ONE}/meetings", charter.MeetingsView.as_view(), name="meetings"),
    path(f"{ONE}/meetings/<uuid:meeting_id>", charter.MeetingView.as_view(), name="meeting"),
    path(f"{ONE}/checks", checks.ChecksView.as_view(), name="checks"),
    path(CHECK, checks.CheckView.as_view(), name="check"),
    path(f"{CHECK}/answer", checks.AnswerCheckView.as_view(), name="check_answer"),
    path(f"{CHECK}/share", checks.ShareCheckView.as_view(), name="check_share"),
    path("partnership-programmes", programmes.ProgrammesView.as_view(), name="programmes"),
    path(PROGRAMME, programmes.ProgrammeView.as_view(), name="programme"),
    path(f"{PROGRAMME}/culture", programmes.CultureView.as_view(), name="programme_culture"),
    path(f"{CHECK}/call-off", checks.CallOffCheckView.as_view(), name="check_call_off"),
]
