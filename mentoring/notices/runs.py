"""What people are told about matching: mentors and mentees of offers, directors of runs."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from people.notices import Notice, page_path


def mentor_asked() -> Notice:
    return Notice(_("You are asked to mentor somebody."), page_path("mentoring:mine"), "heart-handshake")


def mentor_found() -> Notice:
    title = _("A mentor who fits you well was found and asked.")
    return Notice(title, page_path("mentoring:mine"), "heart-handshake")


def mentor_to_change() -> Notice:
    title = _("A change of mentor is proposed. What runs goes on until the new mentorship begins.")
    return Notice(title, page_path("mentoring:mine"), "replace")


def offer_taken_back() -> Notice:
    title = _("An offer that was open is taken back: another mentor was chosen.")
    return Notice(title, page_path("mentoring:mine"), "replace")


def run_ready(run_id: UUID, cohort: str) -> Notice:
    title = _("The matching of %(cohort)s is ready to look at.") % {"cohort": cohort}
    return Notice(title, page_path("mentoring:run", run_id), "topology-star-3")


def run_failed(run_id: UUID, cohort: str) -> Notice:
    title = _("The matching of %(cohort)s could not be done.") % {"cohort": cohort}
    return Notice(title, page_path("mentoring:run", run_id), "alert-triangle")


def refresh_ready(run_id: UUID, cohort: str) -> Notice:
    title = _("Quarterly mentoring proposals for %(cohort)s wait for you.") % {"cohort": cohort}
    return Notice(title, page_path("mentoring:run", run_id), "topology-star-3")
