"""Reporting and attesting what was agreed on; the forms are on the mentorship's page."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.forms.contracts import ReportForm
from mentoring.models import Deliverable, Mentorship
from mentoring.queries.contracts import deliverables_in_force
from mentoring.services.deliverables import attest_deliverable, report_deliverable, send_back_deliverable
from mentoring.views.mentorships import find_mentorship, mentorship_page
from people.access import MemberRequest, member_view


@require_POST
@member_view
def report(request: MemberRequest, mentorship_id: UUID, deliverable_id: UUID) -> HttpResponse:
    """The mentee reports it as done."""
    found, wanted = find_deliverable(request, mentorship_id, deliverable_id)
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            report_deliverable(wanted, words=form.cleaned_data["words"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Reported. Your mentor attests it."))
            return redirect("mentoring:mentorship", request.organization.slug, found.pk)
    return mentorship_page(request, found, report_form=form, refused_deliverable=wanted.pk)


@require_POST
@member_view
def decide(request: MemberRequest, mentorship_id: UUID, deliverable_id: UUID) -> HttpResponse:
    """The mentor attests it, or asks to see more first."""
    found, wanted = find_deliverable(request, mentorship_id, deliverable_id)
    form = forms.Form(request.POST)
    form.is_valid()
    try:
        if request.POST.get("decision") == "attest":
            attest_deliverable(wanted, by=request.member)
            messages.success(request, _("Attested: %s.") % wanted.title)
        else:
            send_back_deliverable(wanted, by=request.member)
            messages.success(request, _("Sent back. Talk about what is missing."))
    except ValidationError as error:
        form.add_error(None, error)
        return mentorship_page(request, found, decide_form=form, refused_deliverable=wanted.pk)
    return redirect("mentoring:mentorship", request.organization.slug, found.pk)


def find_deliverable(
    request: MemberRequest, mentorship_id: UUID, deliverable_id: UUID
) -> tuple[Mentorship, Deliverable]:
    """One that the contract in force asks for, or 404."""
    found = find_mentorship(request, mentorship_id)
    wanted = deliverables_in_force([found.pk]).filter(pk=deliverable_id).first()
    if wanted is None:
        raise Http404
    return found, wanted
