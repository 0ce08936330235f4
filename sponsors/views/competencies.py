"""The framework of competencies as it holds in a unit, and changing it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.models import Unit
from sponsors.forms.competencies import CompetencyForm, FrameworkFilter
from sponsors.models import Competency
from sponsors.permissions import FRAMEWORK_IS_KEPT_BY, can_keep_framework
from sponsors.queries.competencies import by_group, competency_in, framework_for
from sponsors.services.competencies import (
    add_competency,
    change_competency,
    restore_competency,
    retire_competency,
)
from web.forms import status_of
from web.shell import Crumb


@member_view
def competencies(request: MemberRequest) -> HttpResponse:
    """What leaders here are developed towards, as it holds in the own unit or another one. Everybody reads
    it; who keeps it sees what is retired, too."""
    form = FrameworkFilter(request.GET if "unit" in request.GET else {"unit": str(request.member.unit_id)})
    unit, may_keep = form.chosen(), can_keep_framework(request.member)
    found = framework_for(unit, with_retired=may_keep)
    context = {
        "form": form,
        "unit": unit,
        "groups": by_group(each for each in found if each.retired_on is None),
        "retired": [each for each in found if each.retired_on is not None],
        "may_keep": may_keep,
        "breadcrumbs": [*trail(request)[:1], Crumb(_("Competencies"))],
    }
    return render(request, "sponsors/competencies.html", context, status=status_of(form))


@member_view
def competency_new(request: MemberRequest) -> HttpResponse:
    """Add one, for the organisation or for the unit in the address."""
    demand(can_keep_framework(request.member), FRAMEWORK_IS_KEPT_BY)
    unit, form = unit_asked_for(request), CompetencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_competency(form.wording(), unit=unit, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added: %s.") % made.name)
            return redirect(framework_of(request, unit))
    return form_page(request, form, unit, _("Add a competency"))


@member_view
def competency_edit(request: MemberRequest, competency_id: UUID) -> HttpResponse:
    """Word one differently, in the unit in the address or in the whole organisation."""
    demand(can_keep_framework(request.member), FRAMEWORK_IS_KEPT_BY)
    unit = unit_asked_for(request)
    found = find_competency(unit, competency_id)
    form = CompetencyForm(request.POST or None, competency=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_competency(found, form.wording(), unit=unit, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(framework_of(request, unit))
    return form_page(request, form, unit, _("Change a competency"), found)


@require_POST
@member_view
def competency_retire(request: MemberRequest, competency_id: UUID) -> HttpResponse:
    """Use it no more, in the unit in the address or in the whole organisation."""
    demand(can_keep_framework(request.member), FRAMEWORK_IS_KEPT_BY)
    unit = unit_asked_for(request)
    found = find_competency(unit, competency_id)
    try:
        retire_competency(found, unit=unit, on=timezone.localdate(), by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Retired: %s.") % found.name)
    return redirect(framework_of(request, unit))


@require_POST
@member_view
def competency_restore(request: MemberRequest, competency_id: UUID) -> HttpResponse:
    """Bring it back where it was retired."""
    demand(can_keep_framework(request.member), FRAMEWORK_IS_KEPT_BY)
    unit = unit_asked_for(request)
    found = find_competency(unit, competency_id)
    restore_competency(found, by=request.member)
    messages.success(request, _("Back in use: %s.") % found.name)
    return redirect(framework_of(request, unit))


def unit_asked_for(request: MemberRequest) -> Unit | None:
    """The unit in the address; 404 for one that is not there."""
    form = FrameworkFilter(request.GET)
    if not form.is_valid():
        raise Http404
    return form.chosen()


def find_competency(unit: Unit | None, competency_id: UUID) -> Competency:
    """One that holds in the unit, or 404."""
    found = competency_in(unit, competency_id)
    if found is None:
        raise Http404
    return found


def form_page(
    request: MemberRequest,
    form: CompetencyForm,
    unit: Unit | None,
    title: str,
    competency: Competency | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "unit": unit,
        "competency": competency,
        "query": query_of(unit),
        "back": framework_of(request, unit),
        "breadcrumbs": [*trail(request), Crumb(title)],
    }
    return render(request, "sponsors/competency_form.html", context, status=status_of(form))


def query_of(unit: Unit | None) -> str:
    return "?" + urlencode({"unit": str(unit.pk) if unit else ""})


def framework_of(request: MemberRequest, unit: Unit | None) -> str:
    return reverse("sponsors:competencies", args=[request.organization.slug]) + query_of(unit)


def trail(request: MemberRequest) -> list[Crumb]:
    slug = request.organization.slug
    return [
        Crumb(_("Clinic"), reverse("sponsors:mine", args=[slug])),
        Crumb(_("Competencies"), reverse("sponsors:competencies", args=[slug])),
    ]
