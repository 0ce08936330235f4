"""A wave before it opens: its draft, whom it would ask, and opening it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.permissions import can_import
from people.unit_queries import uuid_or_empty
from surveys.draft_counts import count_of
from surveys.enums import WaveState
from surveys.forms.waves import WaveForm
from surveys.models import Wave
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.promise import promise
from surveys.queries import instruments_to_launch
from surveys.rolls import is_about_leader, people_without_leader, rule_in_force
from surveys.services.errors import TitleTakenError, WaveStateError
from surveys.services.waves import (
    CannotLaunchError,
    count_again,
    delete_draft,
    launch_wave,
    obstacles,
    plan_opening,
    save_draft,
)
from surveys.views.crumbs import crumbs
from surveys.wave_mail import invitation_text
from surveys.wave_queries import reminders_of_wave, waves_on_their_way
from web.forms import status_of
from web.shell import Crumb

USUAL_DAYS = 20
MOST_DIGITS = 10


def running_wave(request: MemberRequest, wave_id: UUID) -> Wave:
    """A wave on its way, for those who run surveys; 404 before 403."""
    found = get_object_or_404(waves_on_their_way(), pk=wave_id)
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    return found


@member_view
def new(request: MemberRequest) -> HttpResponse:
    """Prepare a wave."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    row = Wave(opens_on=tomorrow, closes_on=tomorrow + dt.timedelta(days=USUAL_DAYS))
    chosen = uuid_or_empty(request.GET.get("instrument", ""))
    found = instruments_to_launch().filter(pk=chosen).first() if chosen else None
    if found is not None:
        row.instrument = found
    return _edit(request, row, Crumb(_("New survey")))


@member_view
def edit(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Change a draft."""
    found = running_wave(request, wave_id)
    if found.state != WaveState.DRAFT:
        return redirect("surveys:wave_run", request.organization.slug, found.pk)
    back = reverse("surveys:wave_plan", args=[request.organization.slug, found.pk])
    return _edit(request, found, Crumb(found.title, back), Crumb(_("Change")))


def _edit(request: MemberRequest, row: Wave, *trail: Crumb) -> HttpResponse:
    slug = request.organization.slug
    form = WaveForm(request.POST if request.method == "POST" else None, row=row, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_draft(form.fill(row), by=request.member)
        except TitleTakenError:
            form.add_error("title", form.TITLE_TAKEN)
        except WaveStateError:
            return redirect("surveys:wave_run", slug, row.pk)
        else:
            return redirect("surveys:wave_plan", slug, saved.pk)
    context = {
        "form": form,
        "title": trail[-1].label,
        "back": trail[0].url or reverse("surveys:waves", args=[slug]),
        "breadcrumbs": crumbs(request, *trail),
    }
    return render(request, "surveys/wave_edit.html", context, status=status_of(form))


@member_view
def plan(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """A draft: whom it would ask, as last counted, who is left out and why, and what hinders its opening."""
    found = running_wave(request, wave_id)
    if found.state != WaveState.DRAFT:
        return redirect("surveys:wave_run", request.organization.slug, found.pk)
    on = timezone.localdate()
    counted = count_of(found, on=on)
    context = {
        "wave": found,
        "counted": counted,
        "counted_today": timezone.localdate(counted.counted_at) == on,
        "about_leader": is_about_leader(found.instrument),
        "leaderless": people_without_leader(counted) if counted.leaderless else [],
        "obstacles": obstacles(found, counted.asked, counted.asked_before, on=on),
        "cap": rule_in_force().surveys_per_quarter,
        "reminders": reminders_of_wave(found),
        "past": found.opens_on <= on,
        "may_import": can_import(request.member),
        "breadcrumbs": crumbs(request, Crumb(found.title)),
    }
    return render(request, "surveys/wave_plan.html", context)


@require_POST
@member_view
def count(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Count whom a draft would ask as things are now."""
    found = running_wave(request, wave_id)
    try:
        count_again(found, by=request.member)
    except WaveStateError:
        return redirect("surveys:wave_run", request.organization.slug, found.pk)
    return redirect("surveys:wave_plan", request.organization.slug, found.pk)


@require_POST
@member_view
def schedule(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Have a draft open by itself on its first day, or no longer."""
    found = running_wave(request, wave_id)
    try:
        plan_opening(found, planned=request.POST.get("planned") == "yes", by=request.member)
    except WaveStateError:
        return redirect("surveys:wave_run", request.organization.slug, found.pk)
    return redirect("surveys:wave_plan", request.organization.slug, found.pk)


@require_POST
@member_view
def delete(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Remove a draft."""
    found = running_wave(request, wave_id)
    try:
        delete_draft(found, by=request.member)
    except WaveStateError:
        return redirect("surveys:wave_run", request.organization.slug, found.pk)
    messages.success(request, _("“%(wave)s” is deleted. Nobody had been asked.") % {"wave": found.title})
    return redirect("surveys:waves", request.organization.slug)


@member_view
def launch(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """What respondents will read and what can never be changed again; then open the wave now."""
    found = running_wave(request, wave_id)
    slug, on = request.organization.slug, timezone.localdate()
    if found.state != WaveState.DRAFT:
        return redirect("surveys:wave_run", slug, found.pk)
    if request.method == "POST":
        try:
            asked = launch_wave(found, by=request.member, on=on, shown=_shown(request))
        except WaveStateError:
            return redirect("surveys:wave_run", slug, found.pk)
        except CannotLaunchError as reason:
            messages.error(request, str(reason))
            return redirect("surveys:wave_plan", slug, found.pk)
        words = ngettext(
            "“%(wave)s” is open: %(asked)d person is asked.",
            "“%(wave)s” is open: %(asked)d people are asked.",
            asked,
        )
        messages.success(request, words % {"wave": found.title, "asked": asked})
        return redirect("surveys:wave_run", slug, found.pk)
    counted = count_of(found, on=on)
    hindered, planned_for = obstacles(found, counted.asked, counted.asked_before, on=on), found.opens_on
    found.opens_on = on  # as it will be once it is open
    context = {
        "wave": found,
        "on": on,
        "planned_for": planned_for,
        "counted": counted,
        "obstacles": hindered,
        "promise": promise(found),
        "invitation": invitation_text(found, request.organization.name),
        "breadcrumbs": crumbs(
            request,
            Crumb(found.title, reverse("surveys:wave_plan", args=[slug, found.pk])),
            Crumb(_("Open it now")),
        ),
    }
    return render(request, "surveys/wave_launch.html", context)


def _shown(request: MemberRequest) -> int | None:
    """How many people the page said that it would ask, which its form brings back."""
    text = request.POST.get("asked", "")
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None
