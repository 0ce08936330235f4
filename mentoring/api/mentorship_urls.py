"""Addresses of mentorships, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from mentoring.api import deliverables, mentorships, sessions

ONE = "mentoring/mentorships/<uuid:mentorship_id>"

urlpatterns = [
    path("me/mentorships", mentorships.OwnMentorshipsView.as_view(), name="mine"),
    path(ONE, mentorships.MentorshipView.as_view(), name="mentorship"),
    path(f"{ONE}/accept", mentorships.AcceptView.as_view(), name="accept"),
    path(f"{ONE}/confirm", mentorships.ConfirmView.as_view(), name="confirm"),
    path(f"{ONE}/decline", mentorships.DeclineView.as_view(), name="decline"),
    path(f"{ONE}/sessions", sessions.SessionsView.as_view(), name="sessions"),
    path(f"{ONE}/deliverables", deliverables.DeliverablesView.as_view(), name="deliverables"),
    path(
        f"{ONE}/deliverables/<uuid:deliverable_id>/report", deliverables.ReportView.as_view(), name="report"
    ),
    path(
        f"{ONE}/deliverables/<uuid:deliverable_id>/attest", deliverables.AttestView.as_view(), name="attest"
    ),
]
