"""A mentor's own exposure log."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentoring.enums import ExposureKind
from mentoring.exposure.calendar import first_day_to_log, is_open
from mentoring.exposure.kinds import ICONS, presses
from mentoring.forms.exposure import ExposureForm
from mentoring.queries.exposure import (
    exposures_given_by,
    exposures_of,
    in_quarter,
    mentorships_owing,
    mentorships_to_log,
)
from mentoring.services.exposure import log_exposure, remove_exposure
from people.access import MemberRequest, member_view
from surveys.pulse_calendar import open_quarters
from tenancy.jobs.periods import quarter_label, quarter_of
from web.forms import status_of
from web.paging import SHORT, numbered_page
from web.shell import Crumb


@member_view
def exposure(request: MemberRequest) -> HttpResponse:
    """What a mentor did for their mentees: one press logs it. Below it what was logged before."""
    today = timezone.localdate()
    mentorships = list(mentorships_to_log(request.member.person_id, since=first_day_to_log(today)))
    sent = ExposureForm(request.POST, mentorships=mentorships) if request.method == "POST" else None
    if sent and sent.is_valid() and (count := _log(request, sent)):
        words = ngettext("Logged for one mentee.", "Logged for %(count)d mentees.", count)
        messages.success(request, words % {"count": count})
        return redirect("mentoring:exposure", request.organization.slug)
    form = sent or ExposureForm(mentorships=mentorships)
    page = numbered_page(request, exposures_given_by(request.member.person_id), size=SHORT)
    context = {
        "form": form,
        "mentors": bool(mentorships),
        "presses": presses(),
        "quarters": _quarters(request) if mentorships else [],
        "page": page,
        "rows": [
            (each, ICONS[ExposureKind(each.kind)], is_open(quarter_of(each.day), today)) for each in page
        ],
        "breadcrumbs": [Crumb(_("Exposure log"))],
    }
    return render(request, "mentoring/exposure.html", context, status=status_of(form))


def _log(request: MemberRequest, form: ExposureForm) -> int:
    sent = form.cleaned_data
    try:
        return log_exposure(
            ExposureKind(sent["kind"]),
            day=sent["day"],
            text=sent["text"],
            mentorship_ids=form.chosen,
            by=request.member,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return 0


def _quarters(request: MemberRequest) -> list[tuple[str, dt.date, int]]:
    """The open quarters for which the mentor owes a log: label, last day, how many are there."""
    mentor, owed = request.member.person_id, []
    for each in open_quarters(timezone.localdate()):
        if mentorships_owing(each.quarter).filter(mentor=mentor).exists():
            count = exposures_given_by(mentor).filter(in_quarter(each.quarter)).count()
            owed.append((quarter_label(each.quarter), each.last_day, count))
    return owed


@require_POST
@member_view
def exposure_remove(request: MemberRequest, exposure_id: UUID) -> HttpResponse:
    """Take back what was logged by mistake."""
    found = get_object_or_404(exposures_given_by(request.member.person_id), pk=exposure_id)
    try:
        remove_exposure(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back."))
    return redirect("mentoring:exposure", request.organization.slug)


@member_view
def exposure_received(request: MemberRequest) -> HttpResponse:
    """What somebody's mentors logged for them."""
    page = numbered_page(request, exposures_of(request.member.person_id), size=SHORT)
    context = {
        "page": page,
        "rows": [(each, ICONS[ExposureKind(each.kind)]) for each in page],
        "breadcrumbs": [Crumb(_("My exposure"))],
    }
    return render(request, "mentoring/exposure_received.html", context)
