"""The job ledger as an organisation admin sees it: progress, parked steps, a retry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.forms.jobs import RunFilter
from people.job_runs import progress_of, recent_runs, title_of
from people.permissions import JOBS_ARE_FOR, can_see_jobs
from people.queries import names_of
from tenancy.jobs import retry_parked, told_progress
from tenancy.models import JobRun, JobStep
from web.filters import chips
from web.htmx import render_page, render_poll
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def jobs(request: MemberRequest) -> HttpResponse:
    """Recent runs with their progress."""
    demand(can_see_jobs(request.member), JOBS_ARE_FOR)
    form = RunFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = keyset_page(request, recent_runs(with_step_in=state), order=("-created_at", "-pk"))
    names = names_of(run.requested_by_id for run in page if run.requested_by_id)
    rows = [
        (
            run,
            title_of(run),
            progress_of(run),
            names.get(run.requested_by_id) if run.requested_by_id else None,
        )
        for run in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "chips": chips(request, form),
        "breadcrumbs": [Crumb(_("Jobs"))],
    }
    return render_page(request, "people/jobs.html", context, partial="list")


@member_view
def job(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """One run and its steps."""
    demand(can_see_jobs(request.member), JOBS_ARE_FOR)
    run = get_object_or_404(recent_runs(), pk=run_id)
    steps = keyset_page(request, run.steps.all(), order=("key", "pk"))
    all_jobs = reverse("people:jobs", args=[request.organization.slug])
    crumbs = [Crumb(_("Jobs"), all_jobs), Crumb(title_of(run))]
    return render(request, "people/job.html", {**_standing(run), "steps": steps, "breadcrumbs": crumbs})


@member_view
def job_progress(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """The progress bar of a run, for polling."""
    demand(can_see_jobs(request.member), JOBS_ARE_FOR)
    run = get_object_or_404(recent_runs(), pk=run_id)
    standing = _standing(run)
    finished = standing["progress"].state != "waiting"
    return render_poll(request, "people/job_progress.html", standing, finished=finished)


def _standing(run: JobRun) -> dict[str, Any]:
    """How far a run is: in steps, and in what the step at work has told of itself."""
    progress = progress_of(run)
    live = told_progress(run.pk) if progress.state == "waiting" else None
    context = {"run": run, "title": title_of(run), "progress": progress}
    return context | {"bar": live or progress, "live": str(live or "")}


@require_POST
@member_view
def step_retry(request: MemberRequest, run_id: UUID, step_id: UUID) -> HttpResponse:
    """Give a parked step another chance."""
    demand(can_see_jobs(request.member), JOBS_ARE_FOR)
    step = get_object_or_404(JobStep, pk=step_id, run_id=run_id)
    retry_parked(step, by=request.member.person_id)
    messages.success(request, _("The step will be tried again within a minute."))
    return redirect("people:job", request.organization.slug, run_id)
