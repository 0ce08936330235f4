"""What follows a pod: its capstone in the home department, and a committee led in earnest."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.capstone_forms import CapstoneForm, OutcomeForm, ResultForm
from passport.capstone_services import (
    confirm_outcome,
    plan_capstone,
    record_outcome,
    return_capstone,
    submit_capstone,
    verify_capstone,
)
from passport.enums import CapstoneState, ReadOf
from passport.forms import DecisionForm
from passport.models import Capstone, Pod
from passport.permissions import PODS_ARE_DONE_BY, Subject, can_facilitate, can_submit_evidence
from passport.pod_queries import capstone_visible_to, outcome_visible_to, subject_of_work
from passport.reads import record_reads
from passport.views.passports import find_holding
from people.access import MemberRequest, demand, member_view
from web.forms import status_of
from web.shell import Crumb


@member_view
def plan(request: MemberRequest, pod_id: UUID) -> HttpResponse:
    """Pair a finished pod with a project of one's own unit."""
    pod = get_object_or_404(Pod, pk=pod_id)
    form = CapstoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_capstone(pod, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Planned. Come back with what it led to."))
            return redirect("passport:capstone", request.organization.slug, made.pk)
    return form_page(request, form, pod, _("Plan the capstone"))


@member_view
def capstone(request: MemberRequest, capstone_id: UUID) -> HttpResponse:
    """The project, and the next step of whoever looks."""
    return capstone_page(request, find_capstone(request, capstone_id))


@require_POST
@member_view
def submit(request: MemberRequest, capstone_id: UUID) -> HttpResponse:
    """Show what came of it."""
    found, form = find_capstone(request, capstone_id), ResultForm(request.POST)
    demand(can_submit_evidence(request.member, subject_of_work(found)), PODS_ARE_DONE_BY)
    if form.is_valid():
        try:
            submit_capstone(found, **form.cleaned_data, subject=subject_of_work(found), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Submitted. Whoever looks after you can verify it now."))
            return redirect("passport:capstone", request.organization.slug, found.pk)
    return capstone_page(request, found, result_form=form)


@require_POST
@member_view
def decide(request: MemberRequest, capstone_id: UUID) -> HttpResponse:
    """Verify what was shown, or give it back with what is missing."""
    found, form = find_capstone(request, capstone_id), DecisionForm(request.POST)
    act = verify_capstone if request.POST.get("decision") == "verify" else return_capstone
    if form.is_valid():
        try:
            act(found, note=form.cleaned_data["note"], subject=subject_of_work(found), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved; the person is told."))
            return redirect("passport:pods_of", request.organization.slug, found.person_id)
    return capstone_page(request, found, decision_form=form)


@member_view
def outcome_new(request: MemberRequest, pod_id: UUID) -> HttpResponse:
    """Say that one leads a real committee now."""
    pod, member = get_object_or_404(Pod, pk=pod_id), request.member
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        holding = find_holding(request, member.person_id, timezone.localdate())
        try:
            record_outcome(pod, **form.cleaned_data, subject=holding.subject, by=member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Recorded. Whoever looks after you can confirm it now."))
            return redirect("passport:pods", request.organization.slug)
    return form_page(request, form, pod, _("I lead a committee"))


@require_POST
@member_view
def outcome_confirm(request: MemberRequest, outcome_id: UUID) -> HttpResponse:
    """Vouch that the person leads this committee."""
    found = outcome_visible_to(request.member, outcome_id, on=timezone.localdate())
    if found is None:
        raise Http404
    try:
        confirm_outcome(found, subject=subject_of_work(found), by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Confirmed."))
    return redirect("passport:pods_of", request.organization.slug, found.person_id)


def find_capstone(request: MemberRequest, capstone_id: UUID) -> Capstone:
    """The capstone asked for, or 404 when its Passport is not the member's to see."""
    found = capstone_visible_to(request.member, capstone_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def capstone_page(request: MemberRequest, found: Capstone, **forms: Form) -> HttpResponse:
    record_reads([found.person_id], ReadOf.EVIDENCE, by=request.member)
    subject: Subject = subject_of_work(found)
    own = found.person_id == request.member.person_id
    trail = reverse("passport:pods_of", args=[request.organization.slug, found.person_id])
    context = {
        "capstone": found,
        "may_submit": own and found.state == CapstoneState.PLANNED,
        "may_decide": can_facilitate(request.member, subject) and found.state == CapstoneState.SUBMITTED,
        "result_form": ResultForm(initial={"result": found.result, "link": found.link}),
        "decision_form": DecisionForm(),
        "breadcrumbs": [Crumb(_("Skill pods"), trail), Crumb(found.title)],
        **forms,
    }
    return render(request, "passport/capstone.html", context, status=422 if forms else 200)


def form_page(request: MemberRequest, form: Form, pod: Pod, title: str) -> HttpResponse:
    trail = Crumb(_("Skill pods"), reverse("passport:pods", args=[request.organization.slug]))
    context = {"form": form, "pod": pod, "title": title, "breadcrumbs": [trail, Crumb(title)]}
    return render(request, "passport/capstone_form.html", context, status=status_of(form))
