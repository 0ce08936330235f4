"""The organisation's stages and milestones, as those see and edit them who may."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.forms import MilestoneForm, StageForm
from passport.models import Milestone, Stage
from passport.permissions import STAGES_ARE_KEPT_BY, can_edit_stages
from passport.queries import milestones_in_force, stage_map
from passport.services import rename_stage, retire_milestone, save_milestone
from people.access import MemberRequest, demand, member_view
from web.forms import status_of
from web.shell import Crumb


@member_view
def stages(request: MemberRequest) -> HttpResponse:
    """The rule in force: every stage with its milestones. Everybody may read it."""
    milestones = list(milestones_in_force(on=timezone.localdate()))
    parts = [
        (stage, [milestone for milestone in milestones if milestone.stage_id == stage.pk])
        for stage in stage_map()
    ]
    context = {
        "parts": parts,
        "may_edit": can_edit_stages(request.member),
        "breadcrumbs": [Crumb(_("Stages and milestones"))],
    }
    return render(request, "passport/stages.html", context)


@member_view
def stage_edit(request: MemberRequest, stage_id: UUID) -> HttpResponse:
    """Rename a stage."""
    demand(can_edit_stages(request.member), STAGES_ARE_KEPT_BY)
    stage = get_object_or_404(Stage, pk=stage_id)
    form = StageForm(request.POST or None, instance=stage)
    if request.method == "POST" and form.is_valid():
        rename_stage(stage, **form.cleaned_data, by=request.member)
        messages.success(request, _("Saved."))
        return redirect("passport:stages", request.organization.slug)
    return form_page(request, form, _("Rename a stage"))


@member_view
def milestone_new(request: MemberRequest) -> HttpResponse:
    """Add a milestone."""
    demand(can_edit_stages(request.member), STAGES_ARE_KEPT_BY)
    return milestone_form(request, Milestone(), _("Add a milestone"))


@member_view
def milestone_edit(request: MemberRequest, milestone_id: UUID) -> HttpResponse:
    """Change a milestone."""
    demand(can_edit_stages(request.member), STAGES_ARE_KEPT_BY)
    return milestone_form(request, get_object_or_404(Milestone, pk=milestone_id), _("Change a milestone"))


@require_POST
@member_view
def milestone_retire(request: MemberRequest, milestone_id: UUID) -> HttpResponse:
    """Take a milestone off the map."""
    milestone = get_object_or_404(Milestone, pk=milestone_id)
    retire_milestone(milestone, on=timezone.localdate(), by=request.member)
    messages.success(request, _("Taken off the map. Stamps earned for it stay."))
    return redirect("passport:stages", request.organization.slug)


def milestone_form(request: MemberRequest, milestone: Milestone, title: str) -> HttpResponse:
    first = {name: getattr(milestone, name) for name in MilestoneForm.base_fields if name != "stage"}
    adding = milestone._state.adding
    form = MilestoneForm(
        request.POST or None, initial={} if adding else {**first, "stage": milestone.stage_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_milestone(milestone, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("passport:stages", request.organization.slug)
    return form_page(request, form, title, None if adding else milestone)


def form_page(
    request: MemberRequest, form: StageForm | MilestoneForm, title: str, milestone: Milestone | None = None
) -> HttpResponse:
    trail = [Crumb(_("Stages and milestones"), reverse("passport:stages", args=[request.organization.slug]))]
    context = {"form": form, "title": title, "milestone": milestone, "breadcrumbs": [*trail, Crumb(title)]}
    return render(request, "passport/stage_form.html", context, status=status_of(form))
