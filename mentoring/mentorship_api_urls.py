"""Addresses of mentorships in the API, below /api/v1/o/<slug>/."""

from django.urls import path

from mentoring import mentorship_api as api

app_name = "mentoring_api"

ONE = "mentoring/mentorships/<uuid:mentorship_id>"

urlpatterns = [
    path("me/mentorships", api.OwnMentorshipsView.as_view(), name="mine"),
    path(ONE, api.MentorshipView.as_view(), name="mentorship"),
    path(f"{ONE}/accept", api.AcceptView.as_view(), name="accept"),
    path(f"{ONE}/confirm", api.ConfirmView.as_view(), name="confirm"),
    path(f"{ONE}/decline", api.DeclineView.as_view(), name="decline"),
    path(f"{ONE}/sessions", api.SessionsView.as_view(), name="sessions"),
    path(f"{ONE}/deliverables", api.DeliverablesView.as_view(), name="deliverables"),
    path(f"{ONE}/deliverables/<uuid:deliverable_id>/report", api.ReportView.as_view(), name="report"),
    path(f"{ONE}/deliverables/<uuid:deliverable_id>/attest", api.AttestView.as_view(), name="attest"),
]
