"""One milestone of one person: the evidence, what was decided about it, and deciding."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.enums import ALIVE, ReadOf
from passport.evidence_files import MAXIMUM_BYTES, evidence_response
from passport.forms import DecisionForm, EvidenceForm, ReplaceForm, RevokeForm
from passport.models import Milestone, Stamp
from passport.permissions import (
    EVIDENCE_COMES_FROM,
    STAMPS_ARE_DECIDED_BY,
    can_decide_stamp,
    can_submit_evidence,
    can_verify_evidence,
)
from passport.pod_queries import published_pods
from passport.quarantine import with_held
from passport.queries import (
    Holding,
    stamp_visible_to,
    stamps_of,
    stamps_to_verify,
    subject_of,
    with_file_state,
)
from passport.reads import record_reads
from passport.services import (
    decline_stamp,
    replace_file,
    revoke_stamp,
    submit_evidence,
    verify_stamp,
    withdraw_evidence,
)
from passport.views.passports import crumbs, find_holding
from people.access import MemberRequest, demand, member_view
from web.bodies import takes_files
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb


@takes_files(up_to=lambda: MAXIMUM_BYTES)
@member_view
def milestone(request: MemberRequest, person_id: UUID, milestone_id: UUID) -> HttpResponse:
    """A milestone with its evidence; its holder submits evidence here."""
    holding = find_holding(request, person_id, timezone.localdate())
    found = get_object_or_404(Milestone.objects.select_related("stage"), pk=milestone_id)
    if request.method != "POST":
        return milestone_page(request, holding, found)
    demand(can_submit_evidence(request.member, holding.subject), EVIDENCE_COMES_FROM)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            submit_evidence(holding.subject, found, form.evidence(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if form.cleaned_data["file"]:
                words = _("Submitted. The file is checked first; then whoever looks after you can read it.")
            else:
                words = _("Submitted. Whoever looks after you can verify it now.")
            messages.success(request, words)
            return redirect("passport:milestone", request.organization.slug, person_id, milestone_id)
    return milestone_page(request, holding, found, evidence_form=form)


@require_POST
@member_view
def decide(request: MemberRequest, stamp_id: UUID) -> HttpResponse:
    """Verify or decline submitted evidence."""
    stamp = find_stamp(request, stamp_id)
    subject, form = subject_of(stamp), DecisionForm(request.POST)
    demand(can_decide_stamp(request.member, subject), STAMPS_ARE_DECIDED_BY)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            if request.POST.get("decision") == "verify":
                verify_stamp(stamp, note=note, subject=subject, by=request.member)
                messages.success(request, _("Stamped: %s.") % stamp.milestone.title)
            else:
                decline_stamp(stamp, reason=note, subject=subject, by=request.member)
                messages.success(request, _("Declined; the person reads your note."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            # Not back to the evidence: that would go on record as another look at it.
            return redirect("passport:inbox", request.organization.slug)
    return page_of(request, stamp, decision_form=form)


@require_POST
@member_view
def revoke(request: MemberRequest, stamp_id: UUID) -> HttpResponse:
    """Take back a verified stamp."""
    stamp = find_stamp(request, stamp_id)
    form = RevokeForm(request.POST)
    if form.is_valid():
        try:
            revoke_stamp(
                stamp, reason=form.cleaned_data["reason"], subject=subject_of(stamp), by=request.member
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Revoked. The reason stays in the Passport's history."))
            return back_to(request, stamp)
    return page_of(request, stamp, revoke_form=form)


@require_POST
@member_view
def withdraw(request: MemberRequest, stamp_id: UUID) -> HttpResponse:
    """Take back a claim that nobody has decided yet."""
    stamp = find_stamp(request, stamp_id)
    try:
        withdraw_evidence(stamp, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Withdrawn."))
    return back_to(request, stamp)


@takes_files(up_to=lambda: MAXIMUM_BYTES)
@require_POST
@member_view
def replace(request: MemberRequest, stamp_id: UUID) -> HttpResponse:
    """Another file for one that was refused, or none."""
    stamp = find_stamp(request, stamp_id)
    demand(can_submit_evidence(request.member, subject_of(stamp)), EVIDENCE_COMES_FROM)
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload is None and "without" not in request.POST:
                raise ValidationError({"file": _("Choose a file.")})
            replace_file(stamp, upload, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = _("The file is being checked.") if upload else _("Shown without a file.")
            messages.success(request, words)
            return back_to(request, stamp)
    return page_of(request, stamp, replace_form=form)


# Where somebody makes a browser show it all the same, it can do nothing.
@csp_update({"sandbox": []})  # type: ignore[arg-type]  # typed for views without arguments
@member_view
def file(request: MemberRequest, stamp_id: UUID) -> HttpResponse:
    """The evidence file, as a download and never as a page of ours."""
    stamp = find_stamp(request, stamp_id)
    if not stamp.file:
        raise Http404
    record_reads([stamp.person_id], ReadOf.EVIDENCE, by=request.member)
    return evidence_response(stamp.file, stamp.file_name or "evidence")


@member_view
def inbox(request: MemberRequest) -> HttpResponse:
    """Evidence that waits for this member."""
    demand(can_verify_evidence(request.member), STAMPS_ARE_DECIDED_BY)
    waiting = with_file_state(stamps_to_verify(request.member, on=timezone.localdate()))
    page = keyset_page(request, waiting, order=("submitted_on", "pk"))
    record_reads([stamp.person_id for stamp in page], ReadOf.LIST, by=request.member)
    context = {"page": page, "breadcrumbs": [Crumb(_("To verify"))]}
    return render_page(request, "passport/inbox.html", context, partial="list")


def find_stamp(request: MemberRequest, stamp_id: UUID) -> Stamp:
    """The stamp asked for, or 404 when its Passport is not the member's to see."""
    stamp = stamp_visible_to(request.member, stamp_id, on=timezone.localdate())
    if stamp is None:
        raise Http404
    return stamp


def back_to(request: MemberRequest, stamp: Stamp) -> HttpResponse:
    return redirect("passport:milestone", request.organization.slug, stamp.person_id, stamp.milestone_id)


def page_of(request: MemberRequest, stamp: Stamp, **forms: Any) -> HttpResponse:
    """The milestone page again, with the form that could not be accepted."""
    holding = find_holding(request, stamp.person_id, timezone.localdate())
    return milestone_page(request, holding, stamp.milestone, **forms)


def milestone_page(request: MemberRequest, holding: Holding, found: Milestone, **forms: Any) -> HttpResponse:
    """The page, which the holder is told about, also when it comes back with a form that was refused."""
    record_reads([holding.person.pk], ReadOf.EVIDENCE, by=request.member)
    history = with_held(stamps_of(holding.person.pk).filter(milestone=found.pk))
    living = [stamp for stamp in history if stamp.state in ALIVE]
    context = {
        "holding": holding,
        "own": holding.person.pk == request.member.person_id,
        "milestone": found,
        "history": history,
        "current": living[0] if living else None,
        "pods": published_pods().filter(milestone=found.pk),
        "may_submit": can_submit_evidence(request.member, holding.subject) and not living,
        "may_decide": can_decide_stamp(request.member, holding.subject),
        "evidence_form": EvidenceForm(initial={"earned_on": timezone.localdate()}),
        "decision_form": DecisionForm(),
        "revoke_form": RevokeForm(),
        "replace_form": ReplaceForm(),
        "breadcrumbs": crumbs(request, holding, Crumb(found.title)),
        **forms,
    }
    return render(request, "passport/milestone.html", context, status=422 if forms else 200)
