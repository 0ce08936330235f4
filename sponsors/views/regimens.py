"""A leader's regimen: what is in force and how far it is, what is about to change, and every version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from sponsors.enums import ActionState
from sponsors.forms.regimens import AnswerForm, ProposalForm, PublishForm
from sponsors.models import Action, Diagnosis, Goal, RegimenVersion
from sponsors.permissions import REGIMEN_IS_FOR, can_change_goals, can_change_regimen, can_publish_regimen
from sponsors.plan.cautions import Caution, cautions_of
from sponsors.plan.diff import changes_between as changes_of_plans
from sponsors.queries.diagnoses import diagnoses_shown_to
from sponsors.queries.profiles import immediate_leaders_of
from sponsors.queries.regimens import (
    actions_shown_to,
    changes_between,
    changes_since,
    goals_of,
    plan_behind,
    plan_of,
    plan_shown_to,
    proposals_of,
    proposals_shown_to,
    version_with_last,
    versions_of,
)
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import team_of
from sponsors.regimen_sheet import regimen_sheet, who_is_who
from sponsors.regimen_words import CAUTIONS, Line, lines_of, owners_in
from sponsors.seats import Seat
from sponsors.services.proposals import answer_proposal, propose
from sponsors.services.regimens import acknowledge_version, publish_regimen
from sponsors.views.charts import find_clinic, trail
from web.charts import Chart, Span, schedule
from web.pdf import pdf_response
from web.shell import Crumb, Link

BOARD, TIMELINE = "board", "timeline"
TONES = {
    ActionState.OPEN: "quiet",
    ActionState.STARTED: "",
    ActionState.DONE: "ok",
    ActionState.DROPPED: "quiet",
}


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


@dataclass(frozen=True, slots=True)
class Row:
    """An action on the page, with what one may do with it."""

    action: Action
    may_change: bool
    is_late: bool
    why: Diagnosis | None


def regimen_page(
    request: MemberRequest,
    leader: Person,
    seat: Seat,
    *,
    publish_form: PublishForm | None = None,
    proposal_form: ProposalForm | None = None,
    answer_form: AnswerForm | None = None,
    answered: UUID | None = None,
) -> HttpResponse:
    """The page, also when a form of it was refused: `answered` is the proposal that the answer was for."""
    today = timezone.localdate()
    goals, actions = list(goals_of(leader.pk)), actions_shown_to(seat)
    newest = versions_of(leader.pk).first()
    known = {each.pk: each for each in diagnoses_shown_to(seat)}
    pending = changes_not_published(seat, goals, actions, newest, known.values())
    rows = [row_of(each, seat, today, known) for each in actions]
    proposed = proposals_shown_to(seat)[:10]
    over = {str(each.pk) for each in actions if each.is_over}
    refused = publish_form or proposal_form or answer_form
    context = {
        "leader": leader,
        "seat": seat,
        "version": newest,
        "acknowledged": bool(newest and newest.acknowledgements.all()),
        # Of a part of the plan they would say nothing.
        "cautions": said(cautions_of(plan_of(goals, actions), over=over, on=today))
        if seat.reads_all_domains
        else [],
        "view": TIMELINE if request.GET.get("view") == TIMELINE else BOARD,
        "tabs": tabs(request, leader),
        "board": [(goal, [row for row in rows if row.action.goal_id == goal.pk]) for goal in goals],
        "months": by_month(rows),
        "chart": schedule_of(rows, today) if rows else None,
        "done": sum(each.state == ActionState.DONE for each in actions),
        "actions": len(actions),
        "pending": pending,
        "may_plan": can_change_goals(seat) or bool(seat.domains),
        "may_change_goals": can_change_goals(seat),
        "may_publish": can_publish_regimen(seat) and bool(pending),
        "publish_form": publish_form or PublishForm(initial={"after": newest.number if newest else 0}),
        "proposal_form": proposal_form or (ProposalForm() if seat.is_leader else None),
        "answers": [
            (each, answer_form if each.pk == answered else AnswerForm(auto_id=f"id_{each.pk.hex}_%s"))
            for each in proposed
        ],
        "breadcrumbs": [*trail(request, leader), Crumb(_("Regimen"))],
    }
    return render(request, "sponsors/regimen.html", context, status=422 if refused else 200)


def row_of(action: Action, seat: Seat, today: dt.date, known: Mapping[UUID, Diagnosis]) -> Row:
    return Row(
        action,
        may_change=can_change_regimen(seat, domain=action.domain, private=action.private),
        is_late=not action.is_over and action.due_on < today,
        why=known.get(action.diagnosis_id) if action.diagnosis_id else None,
    )


def by_month(rows: list[Row]) -> list[tuple[dt.date, list[Row]]]:
    """Actions by the month in which they are due."""
    months: dict[dt.date, list[Row]] = {}
    for row in rows:
        months.setdefault(row.action.due_on.replace(day=1), []).append(row)
    return list(months.items())


def schedule_of(rows: list[Row], today: dt.date) -> Chart:
    """Every action from its start to the day it is due, the earliest first."""
    spans = [
        Span(
            row.action.title,
            row.action.start_on,
            row.action.due_on,
            _("Late") if row.is_late else row.action.get_state_display(),
            "warn" if row.is_late else TONES[ActionState(row.action.state)],
            row.action.owner.name if row.action.owner else "",
        )
        for row in sorted(rows, key=lambda row: (row.action.start_on, row.action.due_on))
    ]
    return schedule(_("The regimen over time"), spans, today=today)


def tabs(request: MemberRequest, leader: Person) -> list[Link]:
    page = reverse("sponsors:regimen", args=[request.organization.slug, leader.pk])
    timeline = request.GET.get("view") == TIMELINE
    return [
        Link(_("By goal"), page, "target", current=not timeline),
        Link(_("Over time"), f"{page}?view={TIMELINE}", "calendar", current=timeline),
    ]


def said(cautions: list[Caution]) -> list[str]:
    return [str(CAUTIONS[each]) for each in cautions]


def cautions_shown(version: RegimenVersion, seat: Seat) -> list[str]:
    """For those who read all of it: of a part they would say nothing."""
    return said([Caution(each) for each in version.cautions]) if seat.reads_all_domains else []


def changes_not_published(
    seat: Seat,
    goals: list[Goal],
    actions: list[Action],
    newest: RegimenVersion | None,
    diagnoses: Iterable[Diagnosis],
) -> list[Line]:
    """What the next version would change, as the seat may read it."""
    before, after = plan_shown_to(seat, plan_behind(newest)), plan_of(goals, actions)
    changes = changes_of_plans(before, after)
    if not changes:
        return []
    reasons = changes_since(seat, newest)
    return lines_of(
        changes,
        plans=(before, after),
        names=names_of(owners_in(before, after)),
        diagnoses=diagnoses,
        reasons=reasons,
    )


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
    before, after = (plan_shown_to(seat, plan_behind(each)) for each in (last, this))
    context = {
        "leader": leader,
        "seat": seat,
        "version": this,
        "acknowledged": bool(this.acknowledgements.all()),
        "cautions": cautions_shown(this, seat),
        "lines": lines_of(
            changes_of_plans(before, after),
            plans=(before, after),
            names=names_of(owners_in(before, after)),
            diagnoses=diagnoses_shown_to(seat),
            reasons=changes_between(seat, last, this),
        ),
        "plan": after,
        "breadcrumbs": [
            *regimen_trail(request, leader),
            Crumb(_("Versions"), reverse("sponsors:versions", args=[request.organization.slug, leader.pk])),
            Crumb(_("Version %(number)d") % {"number": number}),
        ],
    }
    return render(request, "sponsors/version.html", context)


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
        names_of(immediate_leaders_of(leader.pk, on=today)),
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
