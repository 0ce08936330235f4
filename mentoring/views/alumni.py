"""Alumni hours: the list, and one hour with its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.forms.alumni import AttendanceForm, CancelForm, ConsentForm, RecordingForm
from mentoring.models import AlumniHour
from mentoring.permissions import (
    ALUMNI_IS_ORGANISED_BY,
    CONSENT_IS_GIVEN_BY,
    can_give_consent,
    can_organise_alumni,
    can_see_place,
    can_withdraw_consent,
)
from mentoring.queries.alumni import hours_visible_to, invited_to, seats_of, with_seats
from mentoring.services import alumni
from people.access import MemberRequest, demand, member_view
from web.paging import SHORT, numbered_page
from web.shell import Crumb


@member_view
def hours(request: MemberRequest) -> HttpResponse:
    """Hours to come and those that were, the latest first."""
    found = with_seats(hours_visible_to(request.member, on=timezone.localdate()), request.member.person_id)
    page = numbered_page(request, found.order_by("-starts_at", "pk"), size=SHORT)
    context = {
        "page": page,
        "now": timezone.now(),
        "may_organise": can_organise_alumni(request.member),
        "breadcrumbs": [Crumb(_("Alumni hours"))],
    }
    return render(request, "mentoring/alumni_hours.html", context)


@member_view
def hour(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """One hour: who speaks, where, and what can be done about it."""
    return hour_page(request, find_hour(request, hour_id))


def find_hour(request: MemberRequest, hour_id: UUID) -> AlumniHour:
    found = hours_visible_to(request.member, on=timezone.localdate())
    one = with_seats(found, request.member.person_id).filter(pk=hour_id).first()
    if one is None:
        raise Http404
    return one


def hour_page(request: MemberRequest, found: AlumniHour, **refused: forms.Form) -> HttpResponse:
    member, today = request.member, timezone.localdate()
    organises = can_organise_alumni(member)
    ahead = found.starts_at > timezone.now() and not found.cancelled_on
    first: dict[str, Any] = {
        "link": found.recording,
        "transcript": found.transcript,
        "dimensions": found.dimensions,
        "tags": [tag.tag_id for tag in found.tags.all()],
    }
    seats = list(seats_of(found)) if organises else []
    invited = invited_to(found, on=today).filter(pk=member.person_id).exists()
    context = {
        "hour": found,
        "ahead": ahead,
        "invited": invited,
        "may_see_place": can_see_place(member, found, invited=invited),
        "organises": organises,
        "may_change": organises and ahead,
        "may_consent": not found.cancelled_on
        and found.consented_on is None
        and can_give_consent(member, found),
        "may_withdraw": found.consented_on is not None and can_withdraw_consent(member, found),
        "seats": seats,
        "attendance_form": AttendanceForm(seats=seats),
        "consent_form": ConsentForm(),
        "cancel_form": CancelForm(),
        "recording_form": RecordingForm(initial=first),
        "breadcrumbs": [*trail(request), Crumb(found.title)],
        **refused,
    }
    return render(request, "mentoring/alumni_hour.html", context, status=422 if refused else 200)


def trail(request: MemberRequest) -> list[Crumb]:
    return [Crumb(_("Alumni hours"), reverse("mentoring:alumni", args=[request.organization.slug]))]


def act_on(request: MemberRequest, found: AlumniHour, act: Callable[[], object], done: str) -> HttpResponse:
    """Do one thing about an hour, and go back to its page with what came of it."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("mentoring:alumni_hour", request.organization.slug, found.pk)


@require_POST
@member_view
def seat(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """Sign up, or off again."""
    found = find_hour(request, hour_id)
    if request.POST.get("seat") == "off":
        return act_on(request, found, lambda: alumni.give_up_seat(found, by=request.member), _("Signed off."))
    return act_on(request, found, lambda: alumni.take_seat(found, by=request.member), _("Signed up."))


@require_POST
@member_view
def attendance(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """Write down who came."""
    found = find_hour(request, hour_id)
    demand(can_organise_alumni(request.member), ALUMNI_IS_ORGANISED_BY)
    form = AttendanceForm(request.POST, seats=seats_of(found))
    if not form.is_valid():
        return hour_page(request, found, attendance_form=form)
    return act_on(
        request,
        found,
        lambda: alumni.note_attendance(found, came=form.people, by=request.member),
        _("Written down."),
    )


@require_POST
@member_view
def consent(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """The speaker agrees that a recording is shown."""
    found = find_hour(request, hour_id)
    demand(can_give_consent(request.member, found), CONSENT_IS_GIVEN_BY)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return hour_page(request, found, consent_form=form)
    try:
        alumni.record_consent(found, note=form.cleaned_data["note"], by=request.member)
    except ValidationError as error:
        form.add_error(None, error)
        return hour_page(request, found, consent_form=form)
    messages.success(request, _("The consent is on record."))
    return redirect("mentoring:alumni_hour", request.organization.slug, found.pk)


@require_POST
@member_view
def withdraw(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """Take the recording out of the library at once."""
    found = find_hour(request, hour_id)
    return act_on(
        request,
        found,
        lambda: alumni.withdraw_consent(found, by=request.member),
        _("Withdrawn. Link and transcript are deleted."),
    )


@require_POST
@member_view
def recording(request: MemberRequest, hour_id: UUID) -> HttpResponse:
    """Put the recording into the library, or change what is shown there."""
    found = find_hour(request, hour_id)
    demand(can_organise_alumni(request.member), ALUMNI_IS_ORGANISED_BY)
    form = RecordingForm(request.POST)
    if form.is_valid():
        try:
            alumni.publish_recording(found, form.recording(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is in the library."))
            return redirect("mentoring:alumni_hour", request.organization.slug, found.pk)
    return hour_page(request, found, recording_form=form)
