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

urlpatterns = [
    path("", mentorships.mine, name="mine"),
    path("propose/", mentorship_steps.propose, name="propose"),
    path("mentorships/<uuid:mentorship_id>/", mentorships.mentorship, name="mentorship"),
    path("mentorships/", overview.mentorships, name="mentorships"),
    path("mentorships.csv", overview.mentorships_csv, name="mentorships_csv"),
    path("without-mentor/", overview.without_mentor, name="without_mentor"),
    path("without-mentor.csv", overview.without_mentor_csv, name="without_mentor_csv"),
    path("calendar/", calendar_feed.calendar, name="calendar"),
    path("calendar/make/", calendar_feed.calendar_make, name="calendar_make"),
    path("calendar/revoke/", calendar_feed.calendar_revoke, name="calendar_revoke"),
    path("mentorships/<uuid:mentorship_id>/sessions/", sessions.sessions, name="sessions"),
    path("mentorships/<uuid:mentorship_id>/sessions/<uuid:session_id>/", sessions.session, name="session"),
    path(
        "mentorships/<uuid:mentorship_id>/sessions/<uuid:session_id>/edit/",
        sessions.session_edit,
        name="session_edit",
    ),
    path(
        "mentorships/<uuid:mentorship_id>/sessions/<uuid:session_id>/cancel/",
        sessions.session_cancel,
        name="session_cancel",
    ),
    path(
        "mentorships/<uuid:mentorship_id>/sessions/<uuid:session_id>/notes/<slug:readers>/",
        sessions.session_note,
        name="session_note",
    ),
    path(
        "mentorships/<uuid:mentorship_id>/sessions/<uuid:session_id>.ics",
        sessions.session_ics,
        name="session_ics",
    ),
    path("contract-template/", contracts.contract_template_edit, name="contract_template"),
    path("mentorships/<uuid:mentorship_id>/contract/", contracts.contract, name="contract"),
    path("mentorships/<uuid:mentorship_id>/contract/draft/", contracts.contract_draft, name="contract_draft"),
    path("mentorships/<uuid:mentorship_id>/contract/edit/", contracts.contract_edit, name="contract_edit"),
    path("mentorships/<uuid:mentorship_id>/contract/sign/", contracts.contract_sign, name="contract_sign"),
    path(
        "mentorships/<uuid:mentorship_id>/contract/discard/",
        contracts.contract_discard,
        name="contract_discard",
    ),
    path(
        "mentorships/<uuid:mentorship_id>/contract-<int:version>.pdf",
        contracts.contract_pdf,
        name="contract_pdf",
    ),
    path(
        "mentorships/<uuid:mentorship_id>/deliverables/<uuid:deliverable_id>/report/",
        deliverables.report,
        name="deliverable_report",
    ),
    path(
        "mentorships/<uuid:mentorship_id>/deliverables/<uuid:deliverable_id>/decide/",
        deliverables.decide,
        name="deliverable_decide",
    ),
    *(
        path(
            f"mentorships/<uuid:mentorship_id>/{name}/",
            mentorship_steps.step,
            {"name": name},
            name=f"mentorship_{name}",
        )
        for name in mentorship_steps.STEPS
    ),
]
