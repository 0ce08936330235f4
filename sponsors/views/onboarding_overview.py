"""How onboardings go: who is in which year and what each waits for, and in figures what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.access import MemberRequest, demand, member_view
from sponsors.enums import GateDecision, ObstacleKind
from sponsors.forms.onboarding_overview import ShowForm
from sponsors.models import Gate
from sponsors.permissions import (
    ONBOARDINGS_ARE_FOR,
    can_see_onboardings,
    can_see_onboardings_by_name,
)
from sponsors.plan.onboarding import FEWEST, GATES, Told
from sponsors.queries.onboarding import first_to_propose
from sponsors.queries.onboarding_overview import Lack, figures_of_onboardings, gates_overseen, lacks_of
from web.addresses import address
from web.files import file_links, table_response
from web.filters import chips
from web.forms import status_of
from web.numbers import MISSING
from web.paging import SHORT, keyset_page
from web.shell import Crumb


@member_view
def onboardings(request: MemberRequest) -> HttpResponse:
    """Figures for all who may see them; names for whoever answers for the leaders."""
    demand(can_see_onboardings(request.member), ONBOARDINGS_ARE_FOR)
    today, slug = timezone.localdate(), request.organization.slug
    by_name = can_see_onboardings_by_name(request.member)
    form = ShowForm(request.GET)
    rows = gates_overseen(request.member, on=today, show=shown_in(form)) if by_name else Gate.objects.none()
    page = keyset_page(request, rows, order=("due_on", "pk"), size=SHORT)
    lacks = lacks_of(page, on=today)
    figures = figures_of_onboardings(request.member, on=today)
    context = {
        "form": form,
        "chips": chips(request, form),
        "by_name": by_name,
        "page": page,
        "rows": [(each, waits_for(each, lacks[each.pk], today), each.due_on < today) for each in page],
        "proposed": first_to_propose(request.member, on=today) if by_name else [],
        "figures": figures,
        "years": labelled(figures.years, {str(each): str(each) for each in range(1, GATES + 1)}),
        "decisions": labelled(figures.decisions, {each.value: each.label for each in GateDecision}),
        "obstacles": labelled(figures.obstacles, {each.value: each.label for each in ObstacleKind}),
        "fewest": FEWEST,
        "files": file_links(request, "sponsors:onboardings", ["csv"], slug) if by_name else [],
        "breadcrumbs": [Crumb(_("Clinic"), address("sponsors:mine", slug)), Crumb(_("Onboarding"))],
    }
    return render(request, "sponsors/onboardings.html", context, status=status_of(form))


@member_view
def onboardings_csv(request: MemberRequest) -> HttpResponse:
    """The rows that the page shows by name, all of them."""
    demand(can_see_onboardings_by_name(request.member), ONBOARDINGS_ARE_FOR)
    today = timezone.localdate()
    head = [
        *(_("Leader"), _("Unit"), _("Appointed to"), _("Since"), _("Year"), _("Gate")),
        *(_("Extended"), _("Overdue"), _("Not confirmed"), _("Waits for")),
    ]
    found = gates_overseen(request.member, on=today, show=shown_in(ShowForm(request.GET)))
    gates = list(found.order_by("due_on", "pk"))
    lacks = lacks_of(gates, on=today)
    cells = (
        [
            each.onboarding.leader.name,
            each.onboarding.leader.unit.name,
            each.onboarding.role,
            each.onboarding.started_on,
            each.number,
            each.due_on,
            _("yes") if each.attempt > 1 else "",
            _("yes") if each.due_on < today else "",
            lacks[each.pk].missing,
            waits_for(each, lacks[each.pk], today),
        ]
        for each in gates
    )
    return table_response("csv", _("onboardings"), head, cells)


def shown_in(form: ShowForm) -> str:
    return str(form.cleaned_data["show"]) if form.is_valid() else ""


def waits_for(gate: Gate, lack: Lack, on: dt.date) -> str:
    """Who or what is next, in words."""
    found = []
    if lack.missing:
        words = ngettext("one thing to confirm", "%(count)d things to confirm", lack.missing)
        found.append(words % {"count": lack.missing})
    if gate.is_open_on(on):
        if lack.sponsor:
            found.append(_("the sponsor"))
        if lack.manager:
            found.append(_("the immediate leader"))
        if not (lack.sponsor or lack.manager):
            found.append(_("the chair") if lack.chair else _("a chair: name one"))
    return ", ".join(found) or MISSING


def labelled(told: list[Told], labels: Mapping[str, str | Promise]) -> list[tuple[str, int]]:
    """Lines with the names of their kinds."""
    return [(", ".join(str(labels[kind]) for kind in sorted(each.kinds)), each.count) for each in told]
