"""The quarterly confidence pulse: a programme member's own pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from surveys.enums import Dimension
from surveys.forms.pulses import PulseForm
from surveys.models import ConfidencePulse
from surveys.permissions import PULSE_IS_FOR
from surveys.pulse_calendar import open_quarters
from surveys.queries import is_programme_member, pulses_of
from surveys.services.pulses import answer_pulse
from tenancy.jobs.periods import quarter_label
from web.charts import Axis, radar
from web.forms import status_of
from web.numbers import decimal
from web.shell import Crumb


def _demand_membership(request: MemberRequest) -> None:
    """The pulse is for programme members; what one answered stays readable afterwards."""
    demand(is_programme_member(request.member.person_id, on=timezone.localdate()), PULSE_IS_FOR)


def _crumbs(request: MemberRequest, quarter: str) -> list[Crumb]:
    slug = request.organization.slug
    return [
        Crumb(_("Confidence pulse"), reverse("surveys:pulses", args=[slug])),
        Crumb(quarter_label(quarter)),
    ]


@member_view
def pulses(request: MemberRequest) -> HttpResponse:
    """What can be answered now, and what one answered before. Nobody else sees this page."""
    _demand_membership(request)
    answered = list(pulses_of(request.member.person_id)[:12])
    done = {pulse.quarter for pulse in answered}
    context = {
        "open": [
            (quarter, quarter_label(quarter.quarter), quarter.quarter in done)
            for quarter in open_quarters(timezone.localdate())
        ],
        "rows": [(pulse, quarter_label(pulse.quarter), _percents(pulse)) for pulse in answered],
        "dimensions": Dimension.labels,
        "breadcrumbs": [Crumb(_("Confidence pulse"))],
    }
    return render(request, "surveys/pulses.html", context)


@member_view
def pulse(request: MemberRequest, quarter: str) -> HttpResponse:
    """Ten questions on one page; the same address changes an answer while the quarter is open."""
    today = timezone.localdate()
    chosen = next((found for found in open_quarters(today) if found.quarter == quarter), None)
    sent = PulseForm(request.POST) if request.method == "POST" else None
    if chosen and sent and sent.is_valid():
        answer_pulse(quarter, sent.answers, by=request.member, on=today)
        return redirect("surveys:pulse_thanks", request.organization.slug, quarter)
    _demand_membership(request)
    if chosen is None:
        return _closed(request, quarter)
    before = pulses_of(request.member.person_id).filter(quarter=quarter).first()
    form = sent or PulseForm(answers=before.answers if before else None)
    context = {
        "form": form,
        "label": quarter_label(quarter),
        "quarter": chosen,
        "answered": before is not None,
        "breadcrumbs": _crumbs(request, quarter),
    }
    return render(request, "surveys/pulse.html", context, status=status_of(form))


def _closed(request: MemberRequest, quarter: str) -> HttpResponse:
    """A quarter that is over or has not begun is said to be closed."""
    context = {"label": quarter_label(quarter), "breadcrumbs": _crumbs(request, quarter)}
    return render(
        request, "surveys/pulse_closed.html", context, status=422 if request.method == "POST" else 200
    )


@member_view
def thanks(request: MemberRequest, quarter: str) -> HttpResponse:
    """What was recorded, and where it goes."""
    answered = get_object_or_404(pulses_of(request.member.person_id), quarter=quarter)
    chart = radar(
        _("Your confidence by dimension, percent"),
        [Axis(str(label), getattr(answered, value)) for value, label in Dimension.choices],
        you=_("You"),
    )
    context = {
        "pulse": answered,
        "label": quarter_label(quarter),
        "chart": chart,
        "passport_url": _passport_url(request),
        "breadcrumbs": _crumbs(request, quarter),
    }
    return render(request, "surveys/pulse_thanks.html", context)


def _passport_url(request: MemberRequest) -> str:
    """The own Passport, where that room is open. Surveys is below it and must not import it."""
    try:
        return reverse("passport:mine", args=[request.organization.slug])
    except NoReverseMatch:
        return ""


def _percents(answered: ConfidencePulse) -> list[str]:
    return [decimal(getattr(answered, dimension), 0) for dimension in Dimension.values]
