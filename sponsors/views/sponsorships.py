"""The member's own clinic, and the page of one sponsorship."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, member_view
from sponsors.forms.sponsorships import DeclineForm, EndForm, HandoverForm
from sponsors.models import Sponsorship
from sponsors.permissions import is_one_of
from sponsors.queries.profiles import definition_in_force, profile_of
from sponsors.queries.sponsorships import clinic_of, handed_over_to, sponsorship_visible_to
from sponsors.queries.team import seats_held_by
from sponsors.services.sponsorships import may_still_hand_over
from web.forms import ids_of
from web.shell import Crumb


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """My sponsor, the leaders I sponsor, and what waits for me."""
    member = request.member
    own = profile_of(member.person_id)
    context = {
        "clinic": clinic_of(member.person_id),
        "own": own,
        "seats": seats_held_by(member.person_id, on=timezone.localdate()),
        "must_agree": own is not None and own.agreed_version != definition_in_force().version,
        "breadcrumbs": [Crumb(_("Clinic"))],
    }
    return render(request, "sponsors/mine.html", context)


@member_view
def sponsorship(request: MemberRequest, sponsorship_id: UUID) -> HttpResponse:
    """One sponsorship: who, since when, and what is next."""
    return sponsorship_page(request, find_sponsorship(request, sponsorship_id, timezone.localdate()))


def find_sponsorship(request: MemberRequest, sponsorship_id: UUID, on: dt.date) -> Sponsorship:
    """The sponsorship asked for, or 404 when it is not the member's to see."""
    found = sponsorship_visible_to(request.member, sponsorship_id, on=on)
    if found is None:
        raise Http404
    return found


def sponsorship_page(
    request: MemberRequest, found: Sponsorship, *, refused: forms.Form | None = None, step: str = ""
) -> HttpResponse:
    """The page; with the form of a step that was refused in place of an empty one, and what is wrong on
    top: its card may be gone."""
    member, today = request.member, timezone.localdate()
    is_sponsor = member.person_id == found.sponsor_id
    context = {
        "sponsorship": found,
        "other": found.sponsor if member.person_id == found.leader_id else found.leader,
        "is_one_of": is_one_of(member, found),
        "is_leader": member.person_id == found.leader_id,
        "may_answer": found.is_asked and is_sponsor,
        "may_hand_over": is_sponsor and may_still_hand_over(found, on=today),
        "after": handed_over_to(found) if found.over_on and found.has_begun else None,
        "breadcrumbs": [
            Crumb(_("Clinic"), reverse("sponsors:mine", args=[request.organization.slug])),
            Crumb(
                _("%(sponsor)s for %(leader)s") % {"sponsor": found.sponsor.name, "leader": found.leader.name}
            ),
        ],
        "decline_form": DeclineForm(auto_id=ids_of("decline_form")),
        "end_form": EndForm(auto_id=ids_of("end_form")),
        "handover_form": HandoverForm(auto_id=ids_of("handover_form"), initial={"words": found.handover}),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "sponsors/sponsorship.html", context, status=422 if refused else 200)
