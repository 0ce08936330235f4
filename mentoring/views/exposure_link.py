"""The page behind the link that logs an exposure with one press."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mentoring.enums import ExposureKind
from mentoring.exposure.calendar import is_open
from mentoring.exposure.kinds import presses
from mentoring.exposure.links import read_token
from mentoring.forms.exposure import OnePressForm
from mentoring.queries.exposure import exposures_given_by, in_quarter
from mentoring.services.exposure import log_exposure
from people.queries import member_for
from tenancy.jobs.periods import quarter_end, quarter_label
from tenancy.models import Organization
from tenancy.scope import tenant_scope


@never_cache
def log(request: HttpRequest, organization_slug: str, token: str) -> HttpResponse:
    """One press of a button. Opening the link changes nothing: mail scanners open every link. It names
    nobody, so whoever finds the mail learns nothing."""
    organization = Organization.objects.filter(slug=organization_slug).first()
    link = read_token(token)
    if organization is None or link is None or link[0] != organization.pk:
        return _page(request, "unknown")
    _organization, mentor_id, quarter = link
    with (
        tenant_scope(organization.pk, actor_id=mentor_id, reason="exposure link"),
        timezone.override(organization.time_zone),
    ):
        return _page(request, _case(request, mentor_id, quarter), quarter)


def _case(request: HttpRequest, mentor_id: UUID, quarter: str) -> str:
    """What the page says, after the press was followed."""
    today = timezone.localdate()
    member = member_for(mentor_id, on=today)
    if member is None:
        return "unknown"
    if exposures_given_by(mentor_id).filter(in_quarter(quarter)).exists():
        return "done"
    if not is_open(quarter, today):
        return "over"
    form = OnePressForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return "offer"
    day = min(today, quarter_end(quarter))
    try:
        log_exposure(ExposureKind(form.cleaned_data["kind"]), day=day, mentorship_ids=None, by=member)
    except ValidationError:
        return "nobody"
    return "done"


def _page(request: HttpRequest, case: str, quarter: str = "") -> HttpResponse:
    status = HTTPStatus.NOT_FOUND if case == "unknown" else HTTPStatus.OK
    context = {
        "case": case,
        "label": quarter_label(quarter) if quarter else "",
        "presses": presses(besides=ExposureKind.OTHER),
    }
    return render(request, "mentoring/exposure_link.html", context, status=status)
