"""The other pages of mentoring, as links from its own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.permissions import (
    can_follow_exposure,
    can_run_matching,
    can_see_accreditation,
    can_see_credit,
    can_see_exposure_summary,
    can_see_satisfaction,
)
from people.member import Member
from web.shell import Link


def own_pages(slug: str) -> list[Link]:
    """What belongs to every mentorship, on either side."""
    pages = (
        (_("My calendar"), "calendar", "calendar-share"),
        (_("Exposure log"), "exposure", "eye"),
        (_("My exposure"), "exposure_received", "eye-star"),
        (_("Satisfaction"), "satisfaction", "mood-smile"),
        (_("Mentoring credit"), "credit", "award"),
        (_("Alumni hours"), "alumni", "school"),
        (_("Reverse mentoring"), "reverse", "arrows-exchange"),
    )
    return [Link(label, reverse(f"mentoring:{name}", args=[slug]), icon) for label, name, icon in pages]


def pages_of_roles(member: Member, slug: str) -> list[Link]:
    """What directors, HR admins and executives follow up."""
    pages = (
        (can_run_matching, _("Match studio"), "studio", "topology-star-3"),
        (can_run_matching, _("Mentorships"), "mentorships", "heart-handshake"),
        (can_see_exposure_summary, _("Exposure report"), "exposure_report", "chart-bar"),
        (can_follow_exposure, _("Missing logs"), "reviews", "eye-question"),
        (can_see_satisfaction, _("Satisfaction index"), "satisfaction_index", "chart-line"),
        (can_see_credit, _("Credit of all mentors"), "ledger", "users"),
        (can_see_accreditation, _("Figures for accreditation"), "accreditation", "certificate"),
    )
    return [
        Link(label, reverse(f"mentoring:{name}", args=[slug]), icon)
        for may, label, name, icon in pages
        if may(member)
    ]
