"""A leader's onboarding on one page: the three years, the gate that comes next, what was decided before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.models import Person
from people.queries import names_of
from sponsors.enums import GateDecision, OnboardingState, Part
from sponsors.forms.onboarding import BeginForm, ChairForm, StopForm
from sponsors.models import Gate, Onboarding, Recommendation
from sponsors.permissions import (
    ONBOARDING_IS_BEGUN_BY,
    ONBOARDING_IS_FOR,
    can_keep_onboarding,
    can_read_gates,
    can_recommend,
    can_see_onboarding,
)
from sponsors.plan.onboarding import GATES, planned_day
from sponsors.queries.gates import gates_of, items_of, newest_words
from sponsors.queries.onboarding import Place, appointment_to_begin_with, index_shown_to, place_at
from sponsors.queries.profiles import names_of_immediate_leaders
from sponsors.queries.sponsorships import sponsor_of
from sponsors.services.onboarding import begin_onboarding, name_chair, stop_onboarding
from surveys.models import PublishedIndex
from surveys.wording import between, mean_words
from web.forms import status_of
from web.shell import Crumb
from web.stations import Station


@dataclass(frozen=True, slots=True)
class GateShown:
    """A gate with what was recommended, and who has still to."""

    gate: Gate
    words: dict[Part, Recommendation]
    is_open: bool
    is_overdue: bool

    @property
    def waits_for(self) -> list[Part]:
        return [part for part in Part if part not in self.words]


@member_view
def onboarding(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """All of it, as far as this reader sees it."""
    place, today = find_onboarding(request, person_id), timezone.localdate()
    context = {
        "place": place,
        "leader": place.leader,
        "onboarding": place.onboarding,
        "reads": can_read_gates(place.seat, is_chair=place.is_chair),
        "may_keep": can_keep_onboarding(place.seat),
        "breadcrumbs": [*trail(request, place)[:-1], Crumb(_("Onboarding"))],
    }
    if place.onboarding is not None:
        context |= shown_of(request, place, place.onboarding, today)
    return render(request, "sponsors/onboarding.html", context)


def shown_of(request: MemberRequest, place: Place, onboarding: Onboarding, on: dt.date) -> dict[str, object]:
    """What the page shows of an onboarding that is there."""
    gates = [gate_shown(gate, on) for gate in gates_of(onboarding)]
    current = next((each for each in gates if not each.gate.is_decided), None)
    reads = can_read_gates(place.seat, is_chair=place.is_chair)
    items, number = items_of(onboarding), current.gate.number if current else GATES
    sponsorship = sponsor_of(place.leader.pk)
    managers = names_of_immediate_leaders(place.leader.pk, on=on)
    chair_id: UUID | None = onboarding.chair_now  # type: ignore[attr-defined]  # annotated
    names = names_of({chair_id}) if chair_id else {}
    ready = current is not None and current.is_open and onboarding.is_running
    return {
        "steps": steps_of(onboarding, gates),
        "current": current if onboarding.is_running else None,
        "items": items[number] if current else [],
        "to_come": [(each, items[each]) for each in range(number + 1, GATES + 1)],
        "past": [(each, items[each.gate.number]) for each in reversed(gates) if each.gate.is_decided],
        "sponsor": sponsorship.sponsor if sponsorship else None,
        "managers": list(managers.values()),
        "chair": names.get(chair_id) if chair_id else None,
        "may_recommend": ready and can_recommend(place.seat),
        "may_decide": ready and place.is_chair and current is not None and not current.waits_for,
        "index": index_words(index_shown_to(request.member, onboarding, on=on)) if reads else None,
    }


def gate_shown(gate: Gate, on: dt.date) -> GateShown:
    overdue = not gate.is_decided and gate.due_on < on
    return GateShown(gate, newest_words(gate), gate.is_open_on(on), overdue)


def steps_of(onboarding: Onboarding, gates: list[GateShown]) -> list[Station]:
    """The three years, and the appointment they lead to."""
    newest = {each.gate.number: each.gate for each in gates}
    steps = []
    for number in range(1, GATES + 1):
        gate = newest.get(number)
        day = gate.due_on if gate else planned_day(onboarding.started_on, number)
        state = "next"
        if gate is not None:
            state = "done" if gate.decision in {GateDecision.GO_ON, GateDecision.PERMANENT} else "now"
        steps.append(
            Station(_("Year %(number)d") % {"number": number}, date_format(day, "DATE_FORMAT"), state)
        )
    permanent = onboarding.state == OnboardingState.PERMANENT
    over = date_format(onboarding.over_on, "DATE_FORMAT") if permanent and onboarding.over_on else ""
    return [*steps, Station(_("Permanent"), over, "done" if permanent else "next")]


def index_words(cell: PublishedIndex | None) -> dict[str, object] | None:
    """The leader index as surveys say it."""
    if cell is None:
        return None
    return {
        "cell": cell,
        "mean": mean_words(cell.mean, cell.bound),
        "scale": f"{cell.wave.scale_high:.0f}",
        "interval": between(*cell.interval) if cell.low is not None else "",
    }


@member_view
def begin(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """From the newest appointment, or by hand."""
    place, today = find_onboarding(request, person_id), timezone.localdate()
    demand(can_keep_onboarding(place.seat), ONBOARDING_IS_BEGUN_BY)
    form = BeginForm(request.POST or None, initial=beginning_of(place.leader, today))
    if request.method == "POST" and form.is_valid():
        try:
            begin_onboarding(place.leader, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Begun. The leader and those who accompany them are told."))
            return redirect("sponsors:onboarding", request.organization.slug, person_id)
    context = {
        "form": form,
        "leader": place.leader,
        "breadcrumbs": [*trail(request, place), Crumb(_("Begin"))],
    }
    return render(request, "sponsors/onboarding_begin.html", context, status=status_of(form))


def beginning_of(leader: Person, on: dt.date) -> dict[str, object]:
    """What the form proposes."""
    found = appointment_to_begin_with(leader.pk, on=on)
    if found is None:
        return {"role": leader.job_title}
    return {"role": found.position.title, "started_on": found.start_date, "appointment": found.pk}


@member_view
def stop(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """For a reason outside of it."""
    place, found = find_running(request, person_id)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stop_onboarding(found, reason=form.cleaned_data["reason"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Stopped. What was shown and decided stays."))
            return redirect("sponsors:onboarding", request.organization.slug, person_id)
    context = {
        "form": form,
        "leader": place.leader,
        "breadcrumbs": [*trail(request, place), Crumb(_("Stop"))],
    }
    return render(request, "sponsors/onboarding_stop.html", context, status=status_of(form))


@member_view
def chair(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Who decides: as the tree of units says, or somebody named."""
    place, found = find_running(request, person_id)
    form = ChairForm(request.POST or None, initial={"chair": found.chair.email if found.chair else ""})
    if request.method == "POST" and form.is_valid():
        try:
            name_chair(found, form.cleaned_data["chair"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsors:onboarding", request.organization.slug, person_id)
    context = {
        "form": form,
        "leader": place.leader,
        "breadcrumbs": [*trail(request, place), Crumb(_("Who decides"))],
    }
    return render(request, "sponsors/onboarding_chair.html", context, status=status_of(form))


def find_onboarding(request: MemberRequest, person_id: UUID) -> Place:
    """404 for whoever has no seat and decides nothing; 403 for specialists of the team."""
    place = place_at(request.member, person_id, on=timezone.localdate())
    if place is None:
        raise Http404
    demand(can_see_onboarding(place.seat, is_chair=place.is_chair), ONBOARDING_IS_FOR)
    return place


def find_running(request: MemberRequest, person_id: UUID) -> tuple[Place, Onboarding]:
    """For whoever keeps it; 404 where none runs."""
    place = find_onboarding(request, person_id)
    demand(can_keep_onboarding(place.seat), ONBOARDING_IS_BEGUN_BY)
    if place.onboarding is None or not place.onboarding.is_running:
        raise Http404
    return place, place.onboarding


def trail(request: MemberRequest, place: Place) -> list[Crumb]:
    """The path to a page of the onboarding; whoever decides has no way through the leader's clinic."""
    slug, leader = request.organization.slug, place.leader
    chart = reverse("sponsors:chart", args=[slug, leader.pk]) if place.seat.is_anywhere else ""
    return [
        Crumb(_("Clinic"), reverse("sponsors:mine", args=[slug])),
        Crumb(leader.name, chart),
        Crumb(_("Onboarding"), reverse("sponsors:onboarding", args=[slug, leader.pk])),
    ]
