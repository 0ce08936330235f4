"""Giving, reading and taking back one's own calendar as a mentor."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.availability.busy import MOST_BYTES
from mentoring.forms.calendars import CalendarFileForm, FeedForm
from mentoring.models import MentorProfile
from mentoring.queries.profiles import profile_of
from mentoring.services.calendars import count_with_file, forget_calendar, request_reading, save_feed
from mentoring.views.profiles import hours_page
from people.access import MemberRequest, member_view
from web.bodies import takes_files


@require_POST
@member_view
def feed(request: MemberRequest) -> HttpResponse:
    """Have a calendar read from an address."""
    own, form = own_profile(request), FeedForm(request.POST)
    if form.is_valid():
        try:
            save_feed(form.cleaned_data["address"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Your calendar is read in the next minutes, and each night."))
            return redirect("mentoring:hours", request.organization.slug)
    return hours_page(request, own, feed_form=form)


@takes_files(up_to=lambda: MOST_BYTES)
@require_POST
@member_view
def file(request: MemberRequest) -> HttpResponse:
    """Count by a calendar file."""
    own, form = own_profile(request), CalendarFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            counted = count_with_file(form.cleaned_data["file"].read(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Read. Free half-hours: %(count)d.") % {"count": counted.free_slots})
            return redirect("mentoring:hours", request.organization.slug)
    return hours_page(request, own, file_form=form)


@require_POST
@member_view
def read(request: MemberRequest) -> HttpResponse:
    """Have the calendar read again."""
    own_profile(request)
    try:
        request_reading(by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your calendar is read in the next minutes."))
    return redirect("mentoring:hours", request.organization.slug)


@require_POST
@member_view
def forget(request: MemberRequest) -> HttpResponse:
    """Count by weekly hours alone."""
    own_profile(request)
    counted = forget_calendar(by=request.member)
    messages.success(request, _("Removed. Free half-hours: %(count)d.") % {"count": counted.free_slots})
    return redirect("mentoring:hours", request.organization.slug)


def own_profile(request: MemberRequest) -> MentorProfile:
    """404 for whoever has no profile: the forms stand on a page that they do not have."""
    own = profile_of(request.member.person_id)
    if own is None:
        raise Http404
    return own
