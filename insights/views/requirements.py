"""One requirement: its wording, the sources that are evidence for it, and documents kept elsewhere."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insights.forms.accreditation import DocumentForm, MappingForm, RequirementForm
from insights.models import DocumentReference, Mapping, Requirement
from insights.permissions import ACCREDITATION_IS_KEPT_BY, can_keep_accreditation
from insights.queries.accreditation import documents_of, mappings_of, requirement_with
from insights.services.accreditation import (
    add_document,
    change_requirement,
    map_evidence,
    remove_document,
    unmap_evidence,
)
from insights.views.accreditation import trail_of
from people.access import MemberRequest, demand, member_view
from web.forms import ids_of


@member_view
def requirement_page(request: MemberRequest, requirement_id: UUID) -> HttpResponse:
    """Change its wording; the other forms of the page post elsewhere."""
    requirement = find_requirement(request, requirement_id)
    if request.method != "POST":
        return page(request, requirement)
    form = RequirementForm(request.POST)
    if form.is_valid():
        try:
            change_requirement(requirement, form.wording(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("insights:standard", request.organization.slug, requirement.standard_id)
    return page(request, requirement, form=form)


@require_POST
@member_view
def mapping_set(request: MemberRequest, requirement_id: UUID) -> HttpResponse:
    """Name a source as evidence, or change the note of one that is."""
    requirement = find_requirement(request, requirement_id)
    form = MappingForm(request.POST, auto_id=ids_of("mapping"))
    if not form.is_valid():
        return page(request, requirement, mapping_form=form)
    map_evidence(requirement, form.cleaned_data["source"], form.cleaned_data["note"], by=request.member)
    messages.success(request, _("Saved."))
    return redirect("insights:requirement", request.organization.slug, requirement.pk)


@require_POST
@member_view
def mapping_remove(request: MemberRequest, mapping_id: UUID) -> HttpResponse:
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    found = Mapping.objects.filter(pk=mapping_id).first()
    if found is None:
        raise Http404
    unmap_evidence(found, by=request.member)
    messages.success(request, _("Taken away."))
    return redirect("insights:requirement", request.organization.slug, found.requirement_id)


@require_POST
@member_view
def document_add(request: MemberRequest, requirement_id: UUID) -> HttpResponse:
    requirement = find_requirement(request, requirement_id)
    form = DocumentForm(request.POST, auto_id=ids_of("document"))
    if form.is_valid():
        try:
            add_document(requirement, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("insights:requirement", request.organization.slug, requirement.pk)
    return page(request, requirement, document_form=form)


@require_POST
@member_view
def document_remove(request: MemberRequest, document_id: UUID) -> HttpResponse:
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    found = DocumentReference.objects.filter(pk=document_id).first()
    if found is None:
        raise Http404
    remove_document(found, by=request.member)
    messages.success(request, _("Taken away."))
    return redirect("insights:requirement", request.organization.slug, found.requirement_id)


def find_requirement(request: MemberRequest, requirement_id: UUID) -> Requirement:
    """It, or 404: for whoever keeps them."""
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    found = requirement_with(requirement_id)
    if found is None:
        raise Http404
    return found


def page(
    request: MemberRequest,
    requirement: Requirement,
    *,
    form: RequirementForm | None = None,
    mapping_form: MappingForm | None = None,
    document_form: DocumentForm | None = None,
) -> HttpResponse:
    """All three forms, one of them perhaps with what is wrong with it."""
    refused = any(each is not None for each in (form, mapping_form, document_form))
    context = {
        "requirement": requirement,
        "mappings": mappings_of(requirement),
        "documents": documents_of(requirement),
        "form": form or RequirementForm.of(requirement),
        "mapping_form": mapping_form or MappingForm(auto_id=ids_of("mapping")),
        "document_form": document_form or DocumentForm(auto_id=ids_of("document")),
        "breadcrumbs": trail_of(request, requirement.standard, requirement.code),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "insights/requirement.html", context, status=status)
