"""The addresses of mentorships, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

from mentoring.views import (
    calendar_feed,
    contracts,
    deliverables,
    mentorship_steps,
    mentorships,
    overview,
    sessions,
)

ONE = "mentorships/<uuid:mentorship_id>/"
SESSION = f"{ONE}sessions/<uuid:session_id>"
DELIVERABLE = f"{ONE}deliverables/<uuid:deliverable_id>"

urlpatterns = [
    path("", mentorships.mine, name="mine"),
    path("propose/", mentorship_steps.propose, name="propose"),
    path(ONE, mentorships.mentorship, name="mentorship"),
    path("mentorships/", overview.mentorships, name="mentorships"),
    path("mentorships.csv", overview.mentorships_csv, name="mentorships_csv"),
    path("without-mentor/", overview.without_mentor, name="without_mentor"),
    path("without-mentor.csv", overview.without_mentor_csv, name="without_mentor_csv"),
    path("calendar/", calendar_feed.calendar, name="calendar"),
    path("calendar/make/", calendar_feed.calendar_make, name="calendar_make"),
    path("calendar/revoke/", calendar_feed.calendar_revoke, name="calendar_revoke"),
    path(f"{ONE}sessions/", sessions.sessions, name="sessions"),
    path(f"{SESSION}/", sessions.session, name="session"),
    path(f"{SESSION}/edit/", sessions.session_edit, name="session_edit"),
    path(f"{SESSION}/cancel/", sessions.session_cancel, name="session_cancel"),
    path(f"{SESSION}/notes/<slug:readers>/", sessions.session_note, name="session_note"),
    path(f"{SESSION}.ics", sessions.session_ics, name="session_ics"),
    path("contract-template/", contracts.contract_template_edit, name="contract_template"),
    path(f"{ONE}contract/", contracts.contract, name="contract"),
    path(f"{ONE}contract/draft/", contracts.contract_draft, name="contract_draft"),
    path(f"{ONE}contract/edit/", contracts.contract_edit, name="contract_edit"),
    path(f"{ONE}contract/sign/", contracts.contract_sign, name="contract_sign"),
    path(f"{ONE}contract/discard/", contracts.contract_discard, name="contract_discard"),
    path(f"{ONE}contract-<int:version>.pdf", contracts.contract_pdf, name="contract_pdf"),
    path(f"{DELIVERABLE}/report/", deliverables.report, name="deliverable_report"),
    path(f"{DELIVERABLE}/decide/", deliverables.decide, name="deliverable_decide"),
    *(
        path(
            f"{ONE}{name}/",
            mentorship_steps.step,
            {"name": name},
            name=f"mentorship_{name}",
        )
        for name in mentorship_steps.STEPS
    ),
]
