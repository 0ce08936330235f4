"""Addresses of mentorships, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from mentoring.api import (
    calendar_feed,
    contract_template,
    contracts,
    deliverables,
    mentorships,
    notes,
    overview,
    sessions,
    steps,
)

ONE = "mentoring/mentorships/<uuid:mentorship_id>"
SESSION = f"{ONE}/sessions/<uuid:session_id>"
DELIVERABLE = f"{ONE}/deliverables/<uuid:deliverable_id>"

urlpatterns = [
    path("me/mentorships", mentorships.OwnMentorshipsView.as_view(), name="mine"),
    path("me/mentoring-calendar", calendar_feed.CalendarFeedView.as_view(), name="calendar_feed"),
    path("mentoring/mentorships", overview.DirectedMentorshipsView.as_view(), name="mentorships"),
    path("mentoring/without-mentor", overview.WithoutMentorView.as_view(), name="without_mentor"),
    path("mentoring/coverage", overview.CoverageView.as_view(), name="coverage"),
    path(ONE, mentorships.MentorshipView.as_view(), name="mentorship"),
    path(f"{ONE}/accept", steps.AcceptView.as_view(), name="accept"),
    path(f"{ONE}/confirm", steps.ConfirmView.as_view(), name="confirm"),
    path(f"{ONE}/decline", steps.DeclineView.as_view(), name="decline"),
    path(f"{ONE}/withdraw", steps.WithdrawView.as_view(), name="withdraw"),
    path(f"{ONE}/end", steps.EndView.as_view(), name="end"),
    path(f"{ONE}/extend", steps.ExtendView.as_view(), name="extend"),
    path(f"{ONE}/change", steps.ChangeView.as_view(), name="change"),
    path(f"{ONE}/contract", contracts.ContractView.as_view(), name="contract"),
    path(f"{ONE}/contract/draft", contracts.DraftView.as_view(), name="contract_draft"),
    path(f"{ONE}/contract/sign", contracts.SignView.as_view(), name="contract_sign"),
    path(f"{ONE}/sessions", sessions.SessionsView.as_view(), name="sessions"),
    path(SESSION, sessions.SessionView.as_view(), name="session"),
    path(f"{SESSION}/cancel", sessions.CancelSessionView.as_view(), name="session_cancel"),
    path(f"{SESSION}/notes", notes.NotesView.as_view(), name="notes"),
    path(f"{ONE}/deliverables", deliverables.DeliverablesView.as_view(), name="deliverables"),
    path(f"{DELIVERABLE}/report", deliverables.ReportView.as_view(), name="report"),
    path(f"{DELIVERABLE}/attest", deliverables.AttestView.as_view(), name="attest"),
    path(f"{DELIVERABLE}/send-back", deliverables.SendBackView.as_view(), name="send_back"),
    path("mentoring/contract-template", contract_template.TemplateView.as_view(), name="contract_template"),
]
