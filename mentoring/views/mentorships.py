"""The member's own mentorships, and the page of one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.forms.contracts import ReportForm
from mentoring.forms.mentorships import ChangeForm, DeclineForm, EndForm, ExtendForm, WithdrawForm
from mentoring.milestones import titles_of
from mentoring.models import Mentorship
from mentoring.permissions import (
    can_answer_mentorship,
    can_attest_deliverable,
    can_direct_mentorship,
    can_keep_sessions,
    can_make_contract,
    can_read_reason,
    can_report_deliverable,
    can_steer_mentorship,
    can_withdraw_mentorship,
)
from mentoring.places_to_go import own_pages, pages_of_roles
from mentoring.queries.contracts import contract_in_force, deliverables_in_force, draft_of
from mentoring.queries.mentorships import (
    cohorts_of_mentee,
    living_in_tier,
    mentorship_visible_to,
    relations_of,
)
from mentoring.queries.rule import answer_by, rule_in_force
from mentoring.queries.sessions import next_session
from people.access import MemberRequest, member_view
from web.forms import ids_of
from web.shell import Crumb

FORMS: dict[str, type[forms.Form]] = {
    "decline_form": DeclineForm,
    "withdraw_form": WithdrawForm,
    "end_form": EndForm,
    "extend_form": ExtendForm,
    "change_form": ChangeForm,
    "report_form": ReportForm,
}


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """My mentors by tier, my mentees, and what waits for me."""
    slug = request.organization.slug
    context = {
        "relations": relations_of(request.member.person_id),
        "own_pages": own_pages(slug),
        "pages_of_roles": pages_of_roles(request.member, slug),
        "breadcrumbs": [Crumb(_("Mentoring"))],
    }
    return render(request, "mentoring/mine.html", context)


@member_view
def mentorship(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """One mentorship: who, since when, and what is next."""
    return mentorship_page(request, find_mentorship(request, mentorship_id))


def find_mentorship(request: MemberRequest, mentorship_id: UUID) -> Mentorship:
    """The mentorship asked for, or 404 when it is not the member's to see."""
    found = mentorship_visible_to(request.member, mentorship_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def mentorship_page(request: MemberRequest, found: Mentorship, **refused: object) -> HttpResponse:
    """The page, with the form that was refused in place of an empty one."""
    member, cohorts = request.member, cohorts_of_mentee(found)
    running, asked = living_in_tier(found) if found.is_alive else (None, None)
    context = {
        "mentorship": found,
        "other": found.other_side(member.person_id),
        "running": running,
        "answer_by": answer_by(found, rule_in_force()) if found.is_before_start else None,
        "asked": asked,
        "may_answer": can_answer_mentorship(member, found),
        "may_withdraw": found.is_before_start and can_withdraw_mentorship(member, found, cohorts),
        "may_steer": found.is_running and can_steer_mentorship(member, found, cohorts),
        "may_change": found.is_alive and can_direct_mentorship(member, cohorts),
        "may_read_reason": can_read_reason(member, found, cohorts),
        "breadcrumbs": crumbs(request, found),
        **(agreed_on(found) if found.started_on else {}),
        "may_report": found.is_running and can_report_deliverable(member, found),
        "may_attest": found.is_running and can_attest_deliverable(member, found),
        "may_draft": found.is_running and can_make_contract(member, found),
        "may_plan": found.is_running and can_keep_sessions(member, found),
        "today": timezone.localdate(),
        **{name: form(auto_id=ids_of(name)) for name, form in FORMS.items()},
        **refused,
    }
    return render(request, "mentoring/mentorship.html", context, status=422 if refused else 200)


def agreed_on(found: Mentorship) -> dict[str, object]:
    """The next meeting, the contract and what is to come of it."""
    deliverables = list(deliverables_in_force([found.pk]))
    return {
        "next_session": next_session(found.pk),
        "in_force": contract_in_force(found.pk),
        "draft": draft_of(found.pk),
        "deliverables": deliverables,
        "titles": titles_of({each.milestone for each in deliverables if each.milestone}),
    }


def crumbs(request: MemberRequest, found: Mentorship, *more: Crumb) -> list[Crumb]:
    """The path to a page of a mentorship."""
    slug, other = request.organization.slug, found.other_side(request.member.person_id)
    own = Crumb(other.name, reverse("mentoring:mentorship", args=[slug, found.pk]))
    return [mentoring_crumb(request), own, *more]


def mentoring_crumb(request: MemberRequest) -> Crumb:
    return Crumb(_("Mentoring"), reverse("mentoring:mine", args=[request.organization.slug]))
