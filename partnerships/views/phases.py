"""The page of one phase of a programme."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from partnerships.enums import PhaseKind
from partnerships.forms.programmes import DropPhaseForm, FinishPhaseForm, PlanPhaseForm
from partnerships.models import PartnershipProgramme, ProgrammePhase
from partnerships.permissions import can_see_to_phase, participant_of
from partnerships.queries.attendance import attendance_shown_to
from partnerships.queries.phases import phases_of
from partnerships.views.programmes import find_programme, programme_trail
from people.access import MemberRequest, member_view
from web.forms import ids_of
from web.shell import Crumb


@member_view
def phase(request: MemberRequest, programme_id: UUID, phase_id: UUID) -> HttpResponse:
    """When, who sees to it, and what came of it; for whoever sees to it also who was there."""
    return phase_page(request, find_programme(request, programme_id), phase_id)


def phase_page(
    request: MemberRequest,
    programme: PartnershipProgramme,
    phase_id: UUID,
    *,
    refused: forms.Form | None = None,
    step: str = "",
) -> HttpResponse:
    """The page; with the form of a step that was refused in place of an empty one."""
    found = get_object_or_404(phases_of(programme), pk=phase_id)
    runs, slug = can_see_to_phase(request.member, programme, found), request.organization.slug
    attendance = attendance_shown_to(request.member, programme, found)
    context = {
        "programme": programme,
        "phase": found,
        "runs": runs and programme.is_open,
        "people": attendance.people,
        "own": participant_of(request.member, programme),
        "profiles": found.kind == PhaseKind.PROFILING,
        "there": attendance.there,
        "expected": attendance.expected,
        "breadcrumbs": programme_trail(
            request,
            Crumb(programme.title, reverse("partnerships:programme", args=[slug, programme.pk])),
            Crumb(found.title),
        ),
        **(_forms(programme, found) if runs and programme.is_open else {}),
        **({f"{step}_form": refused, "refused": refused} if refused else {}),
    }
    return render(request, "partnerships/phase.html", context, status=422 if refused else 200)


def _forms(programme: PartnershipProgramme, found: ProgrammePhase) -> dict[str, object]:
    planned = {"due_on": found.due_on, "owner": found.owner.email}
    finish = FinishPhaseForm(programme=programme, auto_id=ids_of("phase_finish"))
    return {
        "phase_finish_form": finish,
        "phase_plan_form": PlanPhaseForm(programme=programme, auto_id=ids_of("phase_plan"), initial=planned),
        "phase_drop_form": DropPhaseForm(programme=programme, auto_id=ids_of("phase_drop")),
    }
