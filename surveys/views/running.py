"""A wave that is open or waits to be published: turnout in tens, more time, the close, the publication."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from surveys.ballot_box import turnout
from surveys.enums import WaveState
from surveys.forms.waves import ExtendForm
from surveys.models import PublishedWave, Wave
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.promise import promise
from surveys.services.closing import close_wave
from surveys.services.errors import WaveStateError
from surveys.services.running import extend_wave, request_publication
from surveys.views.crumbs import crumbs
from surveys.views.planning import running_wave
from surveys.wave_queries import publishing_step, reminders_of_wave, roll_size
from tenancy.jobs import told_progress
from tenancy.models import JobStep
from web.forms import status_of
from web.htmx import render_poll
from web.shell import Crumb


def _run_page(request: MemberRequest, wave: Wave) -> HttpResponse:
    return redirect("surveys:wave_run", request.organization.slug, wave.pk)


@member_view
def run(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """How an open wave goes, and what a closed one waits for. A published one has its results."""
    published = PublishedWave.objects.filter(wave=wave_id).exists()
    if published and can_run_surveys(request.member):
        return redirect("surveys:wave", request.organization.slug, wave_id)
    found = running_wave(request, wave_id)
    if found.state == WaveState.DRAFT:
        return redirect("surveys:wave_plan", request.organization.slug, found.pk)
    if found.state == WaveState.CLOSED:
        context = _publishing(found) | {"asked": roll_size(found)}
        context |= {"breadcrumbs": crumbs(request, Crumb(found.title))}
        return render(request, "surveys/wave_closed.html", context)
    return _open(request, found, ExtendForm(wave=found))


def _open(request: MemberRequest, wave: Wave, form: ExtendForm) -> HttpResponse:
    on = timezone.localdate()
    context = {
        "wave": wave,
        "form": form,
        "asked": roll_size(wave),
        "answered": turnout(wave),
        "days_left": max(0, (wave.closes_on - on).days),
        "reminders": [(day, day <= on) for day in reminders_of_wave(wave)],
        "promise": promise(wave),
        "breadcrumbs": crumbs(request, Crumb(wave.title)),
    }
    return render(request, "surveys/wave_run.html", context, status=status_of(form))


@require_POST
@member_view
def extend(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Give people more time."""
    found = running_wave(request, wave_id)
    if found.state != WaveState.OPEN:
        return _run_page(request, found)
    form = ExtendForm(request.POST, wave=found)
    if not form.is_valid():
        return _open(request, found, form)
    try:
        extend_wave(found, form.cleaned_data["closes_on"], by=request.member)
    except WaveStateError:  # closed or extended by somebody else a moment ago
        messages.error(request, _("Somebody else has changed it meanwhile. Look again."))
    else:
        messages.success(request, _("Everybody has more time now."))
    return _run_page(request, found)


@member_view
def close(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Close an open wave now, once that is confirmed."""
    found = running_wave(request, wave_id)
    if found.state != WaveState.OPEN:
        return _run_page(request, found)
    if request.method == "POST":
        try:
            close_wave(found, by=request.member)
        except WaveStateError:
            messages.info(request, _("It is closed already."))
        return _run_page(request, found)
    run_url = reverse("surveys:wave_run", args=[request.organization.slug, found.pk])
    context = {
        "wave": found,
        "asked": roll_size(found),
        "answered": turnout(found),
        "breadcrumbs": crumbs(request, Crumb(found.title, run_url), Crumb(_("Close"))),
    }
    return render(request, "surveys/wave_close.html", context)


@require_POST
@member_view
def publish(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Have a closed wave checked and published by a job."""
    found = running_wave(request, wave_id)
    try:
        request_publication(found, by=request.member)
    except WaveStateError:
        messages.error(request, _("Only a closed survey can be published."))
    return _run_page(request, found)


@member_view
def publishing(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """How far the check is; the page of the wave polls it."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    if PublishedWave.objects.filter(wave=wave_id).exists():
        return render_poll(
            request, "surveys/wave_publishing.html", {"state": "done", "wave_id": wave_id}, finished=True
        )
    context = _publishing(running_wave(request, wave_id))
    return render_poll(
        request, "surveys/wave_publishing.html", context, finished=context["state"] not in {"running"}
    )


def _publishing(wave: Wave) -> dict[str, object]:
    step = publishing_step(wave)
    state = "waiting"
    if step is not None:
        state = "parked" if step.state == JobStep.State.PARKED else "running"
    return {
        "wave": wave,
        "wave_id": wave.pk,
        "state": state,
        "progress": told_progress(step.run_id if step else None),
    }
