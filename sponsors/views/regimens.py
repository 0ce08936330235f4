"""A leader's regimen: what is in force and how far it is, what is about to change, and every version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.models import Person
from people.queries import names_of
from sponsors.forms.regimens import AnswerForm, ProposalForm, PublishForm
from sponsors.permissions import REGIMEN_IS_FOR
from sponsors.plan.diff import changes_between as changes_of_plans
from sponsors.plan.items import Plan, PlannedAction, PlannedGoal
from sponsors.queries.profiles import names_of_immediate_leaders
from sponsors.queries.regimens import (
    plan_behind,
    plan_shown_to,
    proposals_of,
    version_with_last,
    versions_of,
)
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import team_of
from sponsors.regimen_sheet import regimen_sheet, who_is_who
from sponsors.regimen_words import owners_in
from sponsors.seats import Seat
from sponsors.services.proposals import answer_proposal, propose
from sponsors.services.regimens import acknowledge_version, publish_regimen
from sponsors.views.charts import find_clinic, trail
from sponsors.views.regimen_page import cautions_shown, is_folded, lines_shown, opening, regimen_page
from web.addresses import address
from web.paging import SHORT, Page, numbered_page
from web.pdf import pdf_response
from web.shell import Crumb

EVERYTHING: Final = "everything"  # the whole plan of a version, beside what it changed


@member_view
def regimen(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The plan on one page."""
    leader, seat = find_regimen(request, person_id)
    return regimen_page(request, leader, seat)


def find_regimen(request: MemberRequest, person_id: UUID) -> tuple[Person, Seat]:
    """404 for whoever has no seat in the clinic, 403 for whoever only sees that it runs."""
    leader, seat = find_clinic(request, person_id)
    demand(seat.is_in_team, REGIMEN_IS_FOR)
    return leader, seat


@require_POST
@member_view
def publish(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The next version is in force."""
    leader, seat = find_regimen(request, person_id)
    form = PublishForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            made = publish_regimen(leader, reason=values["reason"], after=values["after"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Version %(number)d is in force. The leader is told.") % {"number": made.number}
            )
            return redirect("sponsors:regimen", request.organization.slug, leader.pk)
    return regimen_page(request, leader, seat, publish_form=form)


@member_view
def versions(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Every version, with why it came."""
    leader, _seat = find_regimen(request, person_id)
    context = {
        "leader": leader,
        "versions": versions_of(leader.pk).defer("content"),
        "breadcrumbs": [*regimen_trail(request, leader), Crumb(_("Versions"))],
    }
    return render(request, "sponsors/versions.html", context)


@member_view
def version(request: MemberRequest, person_id: UUID, number: int) -> HttpResponse:
    """What a version changed in the one before, and who wanted it why."""
    leader, seat = find_regimen(request, person_id)
    this, last = version_with_last(leader.pk, number)
    if this is None:
        raise Http404
    plans = plan_shown_to(seat, plan_behind(last)), plan_shown_to(seat, plan_behind(this))
    home = address("sponsors:version", request.organization.slug, leader.pk, number)
    if request.GET.get("view") == EVERYTHING:
        page: Page[Any] = numbered_page(request, plans[1].actions)
        view: dict[str, Any] = {"plan": by_goal(plans[1], page.rows), "home": home}
    else:
        page = numbered_page(request, changes_of_plans(*plans), size=SHORT)
        between = (last.published_at if last is not None else None, this.published_at)
        view = {
            "lines": lines_shown(page.rows, plans=plans, seat=seat, between=between),
            "plan": by_goal(plans[1], opening(plans[1].actions)),
            "everything": f"{home}?view={EVERYTHING}" if is_folded(plans[1].actions) else "",
        }
    context = {
        "leader": leader,
        "seat": seat,
        "version": this,
        "acknowledged": this.acknowledged,  # type: ignore[attr-defined]  # annotated
        "cautions": cautions_shown(this, seat),
        "page": page,
        "actions": len(plans[1].actions),
        **view,
        "breadcrumbs": [
            *regimen_trail(request, leader),
            Crumb(_("Versions"), reverse("sponsors:versions", args=[request.organization.slug, leader.pk])),
            Crumb(_("Version %(number)d") % {"number": number}),
        ],
    }
    return render(request, "sponsors/version.html", context)


def by_goal(plan: Plan, actions: Sequence[PlannedAction]) -> list[tuple[PlannedGoal, list[PlannedAction]]]:
    """Some actions of a plan under their goals; goals without any are left out of a part of it."""
    of_goals: dict[str, list[PlannedAction]] = {}
    for each in actions:
        of_goals.setdefault(each.goal, []).append(each)
    is_all = len(actions) == len(plan.actions)
    return [(goal, of_goals.get(goal.id, [])) for goal in plan.goals if is_all or goal.id in of_goals]


@member_view
def version_pdf(request: MemberRequest, person_id: UUID, number: int) -> HttpResponse:
    """A version on paper, as its reader may read it."""
    leader, seat = find_regimen(request, person_id)
    found, _last = version_with_last(leader.pk, number)
    if found is None:
        raise Http404
    today, plan = timezone.localdate(), plan_shown_to(seat, plan_behind(found))
    people = who_is_who(
        leader,
        running_sponsorship_of(leader.pk),
        names_of_immediate_leaders(leader.pk, on=today),
        [each for each in team_of(leader.pk) if each.holds_on(today)],
    )
    names = names_of(owners_in(plan))
    sheet = regimen_sheet(
        leader,
        found,
        plan,
        people,
        names,
        cautions=cautions_shown(found, seat),
        organization=request.organization.name,
    )
    return pdf_response(f"regimen-{slugify(leader.name)}-version-{number}.pdf", sheet)


@require_POST
@member_view
def acknowledge(request: MemberRequest, person_id: UUID, number: int) -> HttpResponse:
    """The leader has read it."""
    leader, _seat = find_regimen(request, person_id)
    found, _last = version_with_last(leader.pk, number)
    if found is None:
        raise Http404
    acknowledge_version(found, by=request.member)
    messages.success(request, _("Thank you. Ask whatever is not clear."))
    return redirect("sponsors:regimen", request.organization.slug, leader.pk)


@require_POST
@member_view
def proposals(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The leader proposes something for the own regimen."""
    leader, seat = find_regimen(request, person_id)
    demand(seat.is_leader, REGIMEN_IS_FOR)
    form = ProposalForm(request.POST)
    if form.is_valid():
        try:
            propose(form.cleaned_data["words"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Proposed. You get an answer here."))
            return redirect("sponsors:regimen", request.organization.slug, leader.pk)
    return regimen_page(request, leader, seat, proposal_form=form)


@require_POST
@member_view
def proposal_answer(request: MemberRequest, person_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Taken up, or why not."""
    leader, seat = find_regimen(request, person_id)
    found = proposals_of(leader.pk).filter(pk=proposal_id).first()
    if found is None:
        raise Http404
    form = AnswerForm(request.POST, auto_id=f"id_{found.pk.hex}_%s")
    if form.is_valid():
        try:
            answer_proposal(found, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Answered. The leader is told."))
            return redirect("sponsors:regimen", request.organization.slug, leader.pk)
    return regimen_page(request, leader, seat, answer_form=form, answered=found.pk)


def regimen_trail(request: MemberRequest, leader: Person) -> list[Crumb]:
    page = reverse("sponsors:regimen", args=[request.organization.slug, leader.pk])
    return [*trail(request, leader), Crumb(_("Regimen"), page)]
