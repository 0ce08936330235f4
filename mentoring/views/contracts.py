"""The contract of a mentorship: reading, drafting, changing, signing, printing; and its template."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.contract_sheet import contract_sheet
from mentoring.forms.contracts import ContractForm, RevisionForm, TemplateForm
from mentoring.milestones import milestone_options, titles_of
from mentoring.models import Contract, Deliverable, Mentorship
from mentoring.permissions import (
    CONTRACT_IS_MADE_BY,
    CONTRACT_TEMPLATE_IS_KEPT_BY,
    can_keep_contract_template,
    can_make_contract,
    can_read_draft,
)
from mentoring.queries.contracts import contract_in_force, contract_template, contracts_of, draft_of
from mentoring.services.contracts import (
    change_contract,
    discard_draft,
    draft_contract,
    save_contract_template,
    sign_contract,
)
from mentoring.views.mentorships import crumbs, find_mentorship
from people.access import MemberRequest, demand, member_view
from web.forms import status_of
from web.pdf import pdf_response
from web.shell import Crumb


@member_view
def contract(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """The contract in force, and beside it, for the two, the draft that waits for signatures."""
    return contract_page(request, find_mentorship(request, mentorship_id))


def contract_page(
    request: MemberRequest, found: Mentorship, refused: forms.Form | None = None
) -> HttpResponse:
    draft, in_force = draft_of(found.pk), contract_in_force(found.pk)
    read = (draft if can_read_draft(request.member, found) else None, in_force)
    shown = [each for each in read if each is not None]
    lines = {each.pk: lines_of(each) for each in shown}
    keys = {line.milestone for each in lines.values() for line in each if line.milestone}
    context = {
        "mentorship": found,
        "draft": draft,
        "in_force": in_force,
        "between_the_two": draft is not None and draft not in shown,
        "versions": [(each, lines[each.pk], each == draft) for each in shown],
        "titles": titles_of(keys),
        "may_make": found.is_running and can_make_contract(request.member, found),
        "own_signature": draft and own_signature(draft, found, request.member.person_id),
        "refused": refused,
        "breadcrumbs": crumbs(request, found, Crumb(_("Contract"))),
    }
    return render(request, "mentoring/contract.html", context, status=422 if refused else 200)


@require_POST
@member_view
def contract_draft(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """Begin the next version."""
    found = find_mentorship(request, mentorship_id)
    form = forms.Form(request.POST)
    form.is_valid()
    try:
        draft_contract(found, by=request.member)
    except ValidationError as error:
        form.add_error(None, error)
        return contract_page(request, found, form)
    return redirect("mentoring:contract_edit", request.organization.slug, mentorship_id)


@member_view
def contract_edit(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """Change the draft."""
    found = find_mentorship(request, mentorship_id)
    draft = find_draft(found)
    demand(can_make_contract(request.member, found), CONTRACT_IS_MADE_BY)
    form = ContractForm(
        request.POST or None, contract=draft, lines=lines_of(draft), milestones=milestone_options()
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_contract(
                draft,
                form.terms(),
                form.agreed(),
                revision=form.cleaned_data["revision"],
                by=request.member,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Read it once more and sign it."))
            return redirect("mentoring:contract", request.organization.slug, mentorship_id)
    context = {
        "mentorship": found,
        "draft": draft,
        "form": form,
        "breadcrumbs": crumbs(request, found, Crumb(_("Change the contract"))),
    }
    return render(request, "mentoring/contract_edit.html", context, status=status_of(form))


@require_POST
@member_view
def contract_sign(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """Sign the draft as it was shown."""
    found = find_mentorship(request, mentorship_id)
    draft = find_draft(found)
    form = RevisionForm(request.POST)
    if form.is_valid():
        try:
            signed = sign_contract(draft, revision=form.cleaned_data["revision"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("Signed by both of you: it is in force.") if signed.is_signed else _("Signed.")
            messages.success(request, said)
            return redirect("mentoring:contract", request.organization.slug, mentorship_id)
    return contract_page(request, found, form)


@require_POST
@member_view
def contract_discard(request: MemberRequest, mentorship_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    found = find_mentorship(request, mentorship_id)
    try:
        discard_draft(find_draft(found), by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The draft is thrown away."))
    return redirect("mentoring:contract", request.organization.slug, mentorship_id)


@member_view
def contract_pdf(request: MemberRequest, mentorship_id: UUID, version: int) -> HttpResponse:
    """A version on paper; a draft for the two alone."""
    found = find_mentorship(request, mentorship_id)
    wanted = contracts_of(found.pk).filter(version=version).first()
    if wanted is None or not (wanted.is_signed or can_read_draft(request.member, found)):
        raise Http404
    wanted.mentorship = found
    lines = lines_of(wanted)
    titles = titles_of({line.milestone for line in lines if line.milestone})
    sheet = contract_sheet(wanted, lines, titles, organization=request.organization.name)
    name = slugify(f"{found.mentor.name} {found.mentee.name}")
    return pdf_response(f"mentoring-contract-{name}.pdf", sheet)


@member_view
def contract_template_edit(request: MemberRequest) -> HttpResponse:
    """The words every new contract begins with."""
    demand(can_keep_contract_template(request.member), CONTRACT_TEMPLATE_IS_KEPT_BY)
    template, lines = contract_template()
    form = TemplateForm(request.POST or None, template=template, lines=lines)
    if request.method == "POST" and form.is_valid():
        save_contract_template(form.terms(), form.deliverables(), by=request.member)
        messages.success(request, _("Saved. New contracts begin with these words."))
        return redirect("mentoring:contract_template", request.organization.slug)
    context = {"form": form, "breadcrumbs": [Crumb(_("Template of contracts"))]}
    return render(request, "mentoring/contract_template.html", context, status=status_of(form))


def find_draft(found: Mentorship) -> Contract:
    draft = draft_of(found.pk)
    if draft is None:
        raise Http404
    draft.mentorship = found
    return draft


def lines_of(each: Contract) -> list[Deliverable]:
    return list(each.deliverables.order_by("position"))


def own_signature(draft: Contract, found: Mentorship, person_id: UUID) -> bool:
    """Whether the member has signed the draft."""
    own = draft.mentor_signed_at if person_id == found.mentor_id else draft.mentee_signed_at
    return own is not None
