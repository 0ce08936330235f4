"""The rule of the score: in force and to come, its history, changing it; having a quarter scored again."""

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

from people.access import MemberRequest, demand, member_view
from people.job_runs import progress_of, recent_runs
from readiness.forms import RecalculateForm
from readiness.models import WeightSet
from readiness.permissions import (
    SCORES_ARE_ASKED_BY,
    WEIGHTS_ARE_SET_BY,
    can_change_weights,
    can_request_scores,
)
from readiness.queries import rules_to_come, weights_history, weights_in_force
from readiness.rule_forms import WeightsForm, first_values
from readiness.rule_services import change_weights, coming_quarters, preview_weights
from readiness.services import RECALCULATION, request_recalculation
from surveys.enums import Dimension
from tenancy.jobs.periods import quarter_label, quarter_of
from web.forms import status_of
from web.htmx import render_poll
from web.shell import Crumb


@member_view
def weights(request: MemberRequest) -> HttpResponse:
    """The rule in force, what is to come, and who changed it; everybody may read by what they are scored."""
    history = list(weights_history()[:20])
    today = quarter_of(timezone.localdate())
    rule = weights_in_force(today) or WeightSet(version=1)
    context = {
        "rule": rule,
        "recipes": recipes_of(rule),
        "coming": [(each, recipes_of(each)) for each in rules_to_come(today)],
        "history": history,
        "may_change": can_change_weights(request.member),
        "breadcrumbs": [Crumb(_("Rule of the score"))],
    }
    return render(request, "readiness/weights.html", context)


@member_view
def weights_edit(request: MemberRequest) -> HttpResponse:
    """See what another rule would do, or have it count from a quarter on."""
    demand(can_change_weights(request.member), WEIGHTS_ARE_SET_BY)
    today = timezone.localdate()
    rule = weights_in_force(quarter_of(today)) or WeightSet(version=1)
    first = first_values(rule, coming_quarters(today)[1])
    form = WeightsForm(request.POST or None, initial=first, today=today)
    preview = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "preview":
                preview = preview_weights(form.weights(), by=request.member)
            else:
                changed = change_weights(
                    form.weights(), reason=form.cleaned_data["reason"], by=request.member
                )
                messages.success(request, said_of(changed))
                return redirect("readiness:weights", request.organization.slug)
        except ValidationError as error:
            form.add_error(None, error)
    back = Crumb(_("Rule of the score"), reverse("readiness:weights", args=[request.organization.slug]))
    context = {
        "form": form,
        "previewed": request.POST.get("act") == "preview" and not form.errors,
        "preview": preview,
        "breadcrumbs": [back, Crumb(_("Change"))],
    }
    return render(request, "readiness/weights_form.html", context, status=status_of(form))


def recipes_of(rule: WeightSet) -> list[tuple[str, int, list[int]]]:
    """Each dimension with its weight and its shares."""
    return list(zip(map(str, Dimension.labels), rule.weights, rule.recipes, strict=True))


def said_of(changed: WeightSet) -> str:
    said = {"version": changed.version, "quarter": quarter_label(changed.effective_quarter)}
    return _("Version %(version)d counts from %(quarter)s.") % said


@require_POST
@member_view
def recalculate(request: MemberRequest) -> HttpResponse:
    """Have a quarter scored again; goes to the page with its progress."""
    demand(can_request_scores(request.member), SCORES_ARE_ASKED_BY)
    form = RecalculateForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        messages.error(request, _("Choose a quarter."))
        return redirect("readiness:cohorts", request.organization.slug)
    run = request_recalculation(form.cleaned_data["quarter"], by=request.member)
    return redirect("readiness:run", request.organization.slug, run.pk)


@member_view
def run(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """How far a recalculation is."""
    return run_page(request, run_id, "readiness/run.html")


@member_view
def run_progress(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """The progress of a recalculation, for polling."""
    return run_page(request, run_id, "readiness/run_progress.html")


def run_page(request: MemberRequest, run_id: UUID, template: str) -> HttpResponse:
    demand(can_request_scores(request.member), SCORES_ARE_ASKED_BY)
    found = get_object_or_404(recent_runs().filter(job=RECALCULATION), pk=run_id)
    progress = progress_of(found)
    quarter = found.period.split()[0]
    step = found.steps.first()
    back = reverse("readiness:cohorts", args=[request.organization.slug])
    context = {
        "run": found,
        "quarter": quarter,
        "progress": progress,
        "result": step.result if step else {},
        "cohorts_url": f"{back}?quarter={quarter}",
        "breadcrumbs": [Crumb(_("Cohorts"), back), Crumb(quarter_label(quarter))],
    }
    if template.endswith("progress.html"):
        return render_poll(request, template, context, finished=progress.state != "waiting")
    return render(request, template, context)
