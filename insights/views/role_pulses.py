"""Role pulses: all of them, opening one, answering it, and what was told."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from insights.enums import GroupedBy, Scale
from insights.forms.role_pulses import OpenRolePulseForm, RoleAnswerForm
from insights.models import RolePulse, RolePulseFigure
from insights.permissions import (
    INSIGHTS_ARE_FOR,
    ROLE_PULSE_IS_FOR,
    ROLE_PULSE_IS_READ_BY,
    ROLE_PULSES_ARE_OPENED_BY,
    can_open_role_pulse,
    can_see_insights,
)
from insights.queries.role_pulses import (
    figures_of,
    figures_of_all,
    is_asked,
    role_pulse_with,
    role_pulses,
)
from insights.role_box import has_answered
from insights.role_items import HIGHEST, ITEMS, LOWEST, is_high_strain
from insights.role_results import Mean, label_of, lines, mean_of, means_by, over_rounds
from insights.services.role_pulses import answer_role_pulse, open_role_pulse
from people.access import MemberRequest, demand, member_view
from sponsors.queries.coaching import coaches_here, coaches_of
from sponsors.queries.sponsorships import sponsor_of
from web.charts import Chart, Estimate, Point, intervals, trend
from web.files import file_links, table_response
from web.forms import status_of
from web.shell import Crumb

COACHES_NAMED: Final = 3
HEAD: Final = ("Opened", "Last day", "Asked", "Of", "Group", "Scale", "n", "Mean", "Low", "High")


@member_view
def role_pulse_list(request: MemberRequest) -> HttpResponse:
    """Every round, and how strain, commitment and the structure moved."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    figures = list(figures_of_all())
    rounds = list(role_pulses())
    context = {
        "rounds": rounds,
        "is_open": any(not each.is_closed for each in rounds),
        "may_open": can_open_role_pulse(request.member),
        "trends": [(scale.label, chart) for scale in Scale if (chart := trend_chart(rounds, figures, scale))],
        "files": file_links(request, "insights:role_pulses", ("csv", "xlsx"), request.organization.slug),
        "breadcrumbs": [*trail(request)[:1], Crumb(_("Role pulse"))],
    }
    return render(request, "insights/role_pulses.html", context)


@member_view
def role_pulse_new(request: MemberRequest) -> HttpResponse:
    """Open one."""
    demand(can_open_role_pulse(request.member), ROLE_PULSES_ARE_OPENED_BY)
    form = OpenRolePulseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_role_pulse(**form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Open. %(asked)d people are told.") % {"asked": made.asked})
            return redirect("insights:role_pulse", request.organization.slug, made.pk)
    context = {"form": form, "items": ITEMS, "breadcrumbs": [*trail(request), Crumb(_("Open one"))]}
    return render(request, "insights/role_pulse_new.html", context, status=status_of(form))


@member_view
def role_pulse(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    """What was told of a round: groups for HR and executives, everybody together for whoever was asked."""
    found = find(pulse_id)
    watches, asked = can_see_insights(request.member), is_asked(found, request.member.person_id)
    demand(watches or asked, ROLE_PULSE_IS_READ_BY)
    figures = [each for each in (figures_of(found) if found.is_closed else ()) if watches or not each.group]
    told = lines(figures)
    context = {
        "pulse": found,
        "watches": watches,
        "to_answer": asked and found.takes_answers(timezone.localdate()) and not has_answered(found),
        "scales": list(Scale),
        "together": told[0][1] if told else None,
        "parts": [
            (way.label, [line for of, line in told if of == way])
            for way in GroupedBy
            if any(of == way for of, _line in told)
        ],
        "charts": charts(figures) if watches else [],
        "breadcrumbs": [*(trail(request) if watches else []), Crumb(date_format(found.opened_on))],
    }
    return render(request, "insights/role_pulse.html", context)


@never_cache
@sensitive_post_parameters()
@sensitive_variables("answers", "form")
@member_view
def role_pulse_answer(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    """The seven sentences; afterwards thanks, and for whoever is under strain whom they can talk to. That is
    said in the answer to this request and nowhere kept."""
    found = find(pulse_id)
    demand(is_asked(found, request.member.person_id), ROLE_PULSE_IS_FOR)
    form = RoleAnswerForm(request.POST or None)
    context = {"pulse": found, "form": form, "breadcrumbs": [Crumb(_("Role pulse"))]}
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        try:
            answer_role_pulse(found, answers, by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("insights:role_pulse", request.organization.slug, pulse_id)
        context |= {"done": True, "support": support(request) if is_high_strain(answers) else None}
    elif not found.takes_answers(timezone.localdate()) or has_answered(found):
        return redirect("insights:role_pulse", request.organization.slug, pulse_id)
    return render(request, "insights/role_pulse_answer.html", context, status=status_of(form))


@member_view
def role_pulses_csv(request: MemberRequest) -> HttpResponse:
    return _file(request, "csv")


@member_view
def role_pulses_xlsx(request: MemberRequest) -> HttpResponse:
    return _file(request, "xlsx")


def _file(request: MemberRequest, kind: str) -> HttpResponse:
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    rows = [
        [
            *(each.pulse.opened_on, each.pulse.closes_on, each.pulse.asked),
            *(GroupedBy(each.grouped_by).label, label_of(each), Scale(each.scale).label),
            *(told.n, told.mean, round(told.low, 2), round(told.high, 2)),
        ]
        for each in figures_of_all()
        for told in (mean_of(each),)
    ]
    return table_response(kind, "role-pulses", HEAD, rows)


def find(pulse_id: UUID) -> RolePulse:
    """Or 404."""
    found = role_pulse_with(pulse_id)
    if found is None:
        raise Http404
    return found


def trail(request: MemberRequest) -> list[Crumb]:
    slug = request.organization.slug
    return [
        Crumb(_("Insights"), reverse("insights:overview", args=[slug])),
        Crumb(_("Role pulse"), reverse("insights:role_pulses", args=[slug])),
    ]


def support(request: MemberRequest) -> dict[str, object]:
    """Whom somebody can talk to: their sponsor, their coaches, or who coaches here and has most room."""
    person, today = request.member.person_id, timezone.localdate()
    sponsorship = sponsor_of(person)
    own = coaches_of(person, on=today)
    others = [] if own else coaches_here(on=today).exclude(pk=person)[:COACHES_NAMED]
    return {"sponsor": sponsorship.sponsor if sponsorship else None, "own": own, "others": list(others)}


def charts(figures: list[RolePulseFigure]) -> list[tuple[str, Chart]]:
    """Each scale by structure of the unit, everybody together first; none where no structure is told."""
    found = []
    for scale in (Scale.STRUCTURE, Scale.RELATIONS, Scale.STRAIN, Scale.COMMITMENT, Scale.SIDE):
        parts = means_by(figures, GroupedBy.STRUCTURE, scale)
        rows = [*means_by(figures, GroupedBy.ALL, scale), *parts]
        if parts:
            label = _("%(scale)s, by structure of the unit") % {"scale": scale.label}
            found.append(
                (str(scale.label), intervals(label, [_row(each) for each in rows], low=LOWEST, high=HIGHEST))
            )
    return found


def _row(told: Mean) -> Estimate:
    return Estimate(told.label, told.mean, told.low, told.high, n=told.n)


def trend_chart(rounds: list[RolePulse], figures: list[RolePulseFigure], scale: Scale) -> Chart | None:
    """Of everybody who answered; None before there are two rounds."""
    days = {each.pk: each.opened_on for each in rounds}
    points = [
        Point(date_format(days[pulse]), told.mean, told.low, told.high)
        for pulse, told in over_rounds(figures, scale)
    ]
    return trend(str(scale.label), points, low=LOWEST, high=HIGHEST) if len(points) > 1 else None
