"""The member's own mentorships, and the page of one."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.mentorship_queries import mentorship_visible_to, relations_of
from mentoring.models import Mentorship
from people.access import MemberRequest, member_view
from web.shell import Crumb


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """My mentors by tier, my mentees, and what waits for me."""
    context = {"relations": relations_of(request.member.person_id), "breadcrumbs": [Crumb(_("Mentoring"))]}
    return render(request, "mentoring/mine.html", context)


@member_view
def mentorship(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """One mentorship: who, since when, and what is next."""
    found = find_mentorship(request, mentorship_id, timezone.localdate())
    return render(request, "mentoring/mentorship.html", context_of(request, found))


def find_mentorship(request: MemberRequest, mentorship_id: UUID, on: dt.date) -> Mentorship:
    """The mentorship asked for, or 404 when it is not the member's to see."""
    found = mentorship_visible_to(request.member, mentorship_id, on=on)
    if found is None:
        raise Http404
    return found


def context_of(request: MemberRequest, found: Mentorship) -> dict[str, object]:
    other = found.other_side(request.member.person_id)
    return {
        "mentorship": found,
        "other": other,
        "breadcrumbs": [
            Crumb(_("Mentoring"), reverse("mentoring:mine", args=[request.organization.slug])),
            Crumb(other.name),
        ],
    }
