"""A leader's intake: the sponsor asks and closes; what came of it is read by whoever may."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.models import Person
from sponsors.forms.intake import AskForm
from sponsors.models import IntakeRound
from sponsors.permissions import (
    INTAKE_IS_FOR,
    INTAKE_IS_RUN_BY,
    can_read_intake_lists,
    can_run_intake,
)
from sponsors.queries.intake import (
    closed_rounds_of,
    lists_of,
    open_round_of,
    people_to_ask,
    requests_of,
    themes_of,
    turnout_of,
)
from sponsors.rater_groups import FEWEST
from sponsors.services.intake import ask_more, close_round, open_round
from sponsors.views.charts import find_clinic, trail
from web.forms import status_of
from web.shell import Crumb

SHOWN = 20


@member_view
def intake(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The round that runs, whom to ask, and the rounds that are closed."""
    leader, seat = find_clinic(request, person_id)
    demand(can_read_intake_lists(seat), INTAKE_IS_FOR)
    may_run, running = can_run_intake(seat), open_round_of(leader.pk)
    if request.method == "POST":
        demand(may_run, INTAKE_IS_RUN_BY)
    form = ask_form(request, leader, running) if may_run else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            ask(form, leader, running, request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. They find it on their Today page."))
            return redirect("sponsors:intake", request.organization.slug, leader.pk)
    closed = list(closed_rounds_of(leader.pk)[:SHOWN])
    context = {
        "leader": leader,
        "seat": seat,
        "form": form,
        "running": running,
        "turnout": turnout_of(running) if running else None,
        "requests": requests_of(running) if running and may_run else [],
        "fewest": FEWEST,
        "result": closed[0] if closed else None,
        "themes": themes_of(closed[0], seat) if closed else {},
        "lists": lists_of(closed[0], seat) if closed else {},
        "before": closed[1:],
        "breadcrumbs": [*trail(request, leader), Crumb(_("Intake"))],
    }
    return render(request, "sponsors/intake.html", context, status=status_of(form) if form else 200)


@member_view
def intake_past(request: MemberRequest, person_id: UUID, round_id: UUID) -> HttpResponse:
    """A closed round of former times."""
    leader, seat = find_clinic(request, person_id)
    demand(can_read_intake_lists(seat), INTAKE_IS_FOR)
    found = closed_rounds_of(leader.pk).filter(pk=round_id).first()
    if found is None:
        raise Http404
    back = Crumb(_("Intake"), reverse("sponsors:intake", args=[request.organization.slug, leader.pk]))
    context = {
        "leader": leader,
        "seat": seat,
        "result": found,
        "fewest": FEWEST,
        "themes": themes_of(found, seat),
        "lists": lists_of(found, seat),
        "breadcrumbs": [*trail(request, leader), back, Crumb(str(found.closed_on))],
    }
    return render(request, "sponsors/intake_past.html", context)


@require_POST
@member_view
def intake_close(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Ask no further, and see what came."""
    leader, seat = find_clinic(request, person_id)
    demand(can_run_intake(seat), INTAKE_IS_RUN_BY)
    if (running := open_round_of(leader.pk)) is not None:
        try:
            close_round(running, by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Closed. Leader and sponsor can read what came."))
    return redirect("sponsors:intake", request.organization.slug, leader.pk)


def ask_form(request: MemberRequest, leader: Person, running: IntakeRound | None) -> AskForm:
    known = set(running.requests.values_list("person_id", flat=True)) if running else set()
    candidates = people_to_ask(leader, without={request.member.person_id, *known}, on=timezone.localdate())
    return AskForm(request.POST or None, candidates=candidates, running=running is not None)


def ask(form: AskForm, leader: Person, running: IntakeRound | None, request: MemberRequest) -> None:
    """More people in the round that runs, or a new one."""
    if running is not None:
        ask_more(running, form.asked(), by=request.member)
    else:
        open_round(leader, form.asked(), last_day=form.cleaned_data["last_day"], by=request.member)
