"""Planning an alumni hour, changing it and cancelling it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.forms.alumni import CancelForm, HourForm, OutlineForm
from mentoring.models import AlumniHour
from mentoring.permissions import ALUMNI_IS_ORGANISED_BY, can_organise_alumni
from mentoring.services import alumni
from mentoring.views.alumni import find_hour, hour_page, trail
from people.access import MemberRequest, demand, member_view
from people.programme_queries import cohorts_visible_to
from web.forms import status_of
from web.shell import Crumb


@member_view
def hour_new(request: MemberRequest) -> HttpResponse:
    """Plan an hour and invite to it."""
    demand(can_organise_alumni(request.member), ALUMNI_IS_ORGANISED_BY)
    cohorts = cohorts_visible_to(request.member).order_by("name")
    form = HourForm(request.POST or None, cohorts=cohorts)
    if form.is_valid():
        try:
            planned = alumni.plan_hour(form.plan(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Planned. The invitations are on their way."))
            return redirect("mentoring:alumni_hour", request.organization.slug, planned.pk)
    context = {"form": form, "breadcrumbs": [*trail(request), Crumb(_("Plan one"))]}
    return render(request, "mentoring/alumni_new.html", context, status=status_of(form))


@member_view
def hour_edit(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """Word an hour that is ahead differently, or move it."""
    found = find_hour(request, hour_id)
    demand(can_organise_alumni(request.member), ALUMNI_IS_ORGANISED_BY)
    back = reverse("mentoring:alumni_hour", args=[request.organization.slug, found.pk])
    form = OutlineForm(request.POST or None, initial=_as_it_is(found))
    try:
        alumni.demand_ahead(found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    if form.is_valid():
        try:
            alumni.change_hour(found, form.outline(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Whoever knew of it is told of another time or place."))
            return redirect(back)
    crumbs = [*trail(request), Crumb(found.title, back), Crumb(_("Change"))]
    context = {"form": form, "hour": found, "breadcrumbs": crumbs}
    return render(request, "mentoring/alumni_edit.html", context, status=status_of(form))


def _as_it_is(found: AlumniHour) -> dict[str, object]:
    begins = timezone.localtime(found.starts_at)
    return {
        "title": found.title,
        "about": found.about,
        "day": begins.date(),
        "time": begins.strftime("%H:%M"),
        "place": found.place,
    }


@require_POST
@member_view
def hour_cancel(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """Cancel an hour that is ahead, and say why."""
    found = find_hour(request, hour_id)
    demand(can_organise_alumni(request.member), ALUMNI_IS_ORGANISED_BY)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return hour_page(request, found, cancel_form=form)
    try:
        alumni.cancel_hour(found, because=form.cleaned_data["because"], by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Cancelled. Whoever knew of it is told."))
    return redirect("mentoring:alumni_hour", request.organization.slug, found.pk)
