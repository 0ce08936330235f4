"""The regimen on one page: what comes next of each goal, all of it over time, and what is not published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest
from people.models import Person
from people.queries import names_of
from sponsors.enums import ActionState
from sponsors.forms.regimens import AnswerForm, ProposalForm, PublishForm
from sponsors.models import Action, Diagnosis, Goal, Proposal, RegimenVersion
from sponsors.permissions import can_change_goals, can_change_regimen, can_publish_regimen
from sponsors.plan.cautions import Caution, cautions_of
from sponsors.plan.diff import ItemChange
from sponsors.plan.diff import changes_between as changes_of_plans
from sponsors.plan.items import Plan, PlannedAction
from sponsors.queries.diagnoses import diagnoses_among
from sponsors.queries.regimens import (
    actions_among,
    drafts_shown_to,
    goals_of,
    newest_proposals,
    newest_version_of,
    plan_behind,
    plan_of,
    plan_shown_to,
    reasons_among,
)
from sponsors.regimen_words import CAUTIONS, Line, lines_of
from sponsors.seats import Seat
from sponsors.views.charts import trail
from tenancy.kept import kept
from web.addresses import address
from web.charts import Chart, Span, schedule
from web.paging import SHORT, Page, numbered_page
from web.shell import Crumb, Link

SHOWN: Final = 5  # of what may be long: actions of a goal or a version, changes; all are one click away
FOLDED: Final = 3  # at least: fewer lines are shown sooner than the way to them
BOARD, TIMELINE, CHANGES = "board", "timeline", "changes"
OVER: Final = frozenset({ActionState.DONE, ActionState.DROPPED})
TONES: Final = {
    ActionState.OPEN: "quiet",
    ActionState.STARTED: "",
    ActionState.DONE: "ok",
    ActionState.DROPPED: "quiet",
}

Draft = tuple[PlannedAction, ActionState]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """An action on the page, with what one may do with it."""

    action: Action
    may_change: bool
    is_late: bool
    why: Diagnosis | None


@dataclass(frozen=True, slots=True)
class Column:
    """A goal with the actions that are shown of it, of how many; `everything` leads to all of them where some
    are left out."""

    goal: Goal
    rows: list[Row]
    total: int
    everything: str


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
    home = address("sponsors:regimen", request.organization.slug, leader.pk)
    today, view = timezone.localdate(), request.GET.get("view", BOARD)
    goals, drafts = kept(goals_of, leader.pk), drafts_shown_to(seat)
    newest = newest_version_of(leader.pk)
    plan = Plan(plan_of(goals, []).goals, tuple(each for each, _state in drafts))
    plans = plan_shown_to(seat, plan_behind(newest)), plan
    changes = changes_of_plans(*plans)
    changes_page = numbered_page(request, changes if view == CHANGES else opening(changes), size=SHORT)
    refused = publish_form or proposal_form or answer_form
    context = {
        "leader": leader,
        "seat": seat,
        "version": newest,
        "acknowledged": seat.is_leader and newest is not None and newest.acknowledgements.exists(),
        # Of a part of the plan they would say nothing.
        "cautions": said(cautions_of(plan, over=over(drafts), on=today)) if seat.reads_all_domains else [],
        "view": view,
        "tabs": tabs(home, view),
        **actions_of_view(request, seat, goals, drafts, home),
        "done": sum(state == ActionState.DONE for _draft, state in drafts),
        "actions": len(drafts),
        "pending": lines_shown(
            changes_page.rows, plans=plans, seat=seat, between=(newest.published_at if newest else None, None)
        ),
        "pending_page": changes_page,
        "pending_count": len(changes),
        "pending_all": f"{home}?view={CHANGES}" if is_folded(changes) else "",
        "may_plan": can_change_goals(seat) or bool(seat.domains),
        "may_change_goals": can_change_goals(seat),
        "may_publish": can_publish_regimen(seat) and bool(changes),
        "publish_form": publish_form or PublishForm(initial={"after": newest.number if newest else 0}),
        "proposal_form": proposal_form or (ProposalForm() if seat.is_leader else None),
        "answers": answers_to(kept(newest_proposals, seat), request, answer_form, answered),
        "breadcrumbs": [*trail(request, leader), Crumb(_("Regimen"))],
    }
    return render(request, "sponsors/regimen.html", context, status=422 if refused else 200)


def actions_of_view(
    request: MemberRequest, seat: Seat, goals: Sequence[Goal], drafts: Sequence[Draft], home: str
) -> dict[str, Any]:
    """By goal what comes next of each, all of one goal, or all of them over time: pages of what is long."""
    view, wanted = request.GET.get("view", BOARD), request.GET.get("goal", "")
    if view == CHANGES:
        return {}
    if view == TIMELINE:
        page = page_of(request, drafts)
        rows = list(rows_of(page.rows, seat).values())
        return {"months": by_month(rows), "chart": schedule_of(rows) if rows else None, "page": page}
    of_goals = {goal.pk: [each for each in drafts if each[0].goal == str(goal.pk)] for goal in goals}
    if one := next((goal for goal in goals if str(goal.pk) == wanted), None):
        page = page_of(request, of_goals[one.pk])
        rows = list(rows_of(page.rows, seat).values())
        return {"board": [Column(one, rows, len(of_goals[one.pk]), "")], "page": page, "back": home}
    shown = {goal: coming(found) for goal, found in of_goals.items()}
    by_id = rows_of([each for found in shown.values() for each in found], seat)
    return {
        "board": [
            Column(
                goal,
                [by_id[each.id] for each, _state in shown[goal.pk]],
                len(of_goals[goal.pk]),
                f"{home}?goal={goal.pk}" if len(shown[goal.pk]) < len(of_goals[goal.pk]) else "",
            )
            for goal in goals
        ]
    }


def is_folded(rows: Sequence[object]) -> bool:
    """Whether a page shows some of them, and all of them one click away."""
    return len(rows) >= SHOWN + FOLDED


def opening(rows: Sequence[T]) -> Sequence[T]:
    """All of a few; of many the first ones."""
    return rows[:SHOWN] if is_folded(rows) else rows


def coming(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """All of a few; of many the next ones, and where nothing is open the last ones."""
    if not is_folded(drafts):
        return drafts
    return [each for each in drafts if each[1] not in OVER][:SHOWN] or drafts[-SHOWN:]


def page_of(request: MemberRequest, drafts: Sequence[Draft]) -> Page[Draft]:
    """A page in the order in which they are due; the first one that is opened has what comes next."""
    first = next((place for place, (_draft, state) in enumerate(drafts) if state not in OVER), 0)
    return numbered_page(request, drafts, size=SHORT, opens=first)


def rows_of(drafts: Sequence[Draft], seat: Seat) -> dict[str, Row]:
    """The rows of some actions, by id and in their order."""
    today = timezone.localdate()
    ids = frozenset(UUID(draft.id) for draft, _state in drafts)
    actions = {str(each.pk): each for each in kept(actions_among, seat, ids)}
    known = diagnoses_by_id(seat, {draft.diagnosis for draft, _state in drafts})
    return {
        draft.id: Row(
            action,
            may_change=can_change_regimen(seat, domain=action.domain, private=action.private),
            is_late=not action.is_over and action.due_on < today,
            why=known.get(action.diagnosis_id) if action.diagnosis_id else None,
        )
        for draft, _state in drafts
        for action in [actions[draft.id]]
    }


def diagnoses_by_id(seat: Seat, ids: Iterable[str]) -> dict[UUID, Diagnosis]:
    """Those of the ids that a seat may read; empty ones name none."""
    wanted = frozenset(UUID(each) for each in ids if each)
    return {each.pk: each for each in kept(diagnoses_among, seat, wanted)}


def by_month(rows: Sequence[Row]) -> list[tuple[dt.date, list[Row]]]:
    """Actions by the month in which they are due."""
    months: dict[dt.date, list[Row]] = {}
    for row in rows:
        months.setdefault(row.action.due_on.replace(day=1), []).append(row)
    return list(months.items())


def schedule_of(rows: Sequence[Row]) -> Chart:
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
    return schedule(_("The regimen over time"), spans, today=timezone.localdate())


def tabs(home: str, view: str) -> list[Link]:
    return [
        Link(_("By goal"), home, "target", current=view == BOARD),
        Link(_("Over time"), f"{home}?view={TIMELINE}", "calendar", current=view == TIMELINE),
    ]


def answers_to(
    proposals: Sequence[Proposal], request: MemberRequest, refused: AnswerForm | None, answered: UUID | None
) -> list[tuple[Proposal, AnswerForm | None]]:
    """Each proposal, and a form for the one that is answered: who was refused, whom the address names, or the
    first that waits."""
    waiting = [each.pk for each in proposals if each.taken_up is None]
    named = next((each for each in waiting if str(each) == request.GET.get("answer")), None)
    chosen = answered or named or next(iter(waiting), None)
    form = refused or AnswerForm(auto_id=f"id_{chosen.hex}_%s") if chosen else None
    return [(each, form if each.pk == chosen else None) for each in proposals]


def lines_shown(
    changes: Sequence[ItemChange],
    *,
    plans: tuple[Plan, Plan],
    seat: Seat,
    between: tuple[dt.datetime | None, dt.datetime | None],
) -> list[Line]:
    """A line for each of some changes, with the names, diagnoses and reasons that they need. `between`: after
    which moment and until when the reasons were given."""
    items = frozenset(UUID(change.item.id) for change in changes)
    told = [each for change in changes for each in change.fields]
    owners, diagnoses = (
        {value for each in told if each.field == field for value in (each.before, each.after) if value}
        for field in ("owner", "diagnosis")
    )
    return lines_of(
        changes,
        plans=plans,
        names=names_of(map(UUID, owners)),
        diagnoses=diagnoses_by_id(seat, diagnoses).values(),
        reasons=kept(reasons_among, seat, items, after=between[0], until=between[1]),
    )


def over(drafts: Sequence[Draft]) -> set[str]:
    return {draft.id for draft, state in drafts if state in OVER}


def said(cautions: list[Caution]) -> list[str]:
    return [str(CAUTIONS[each]) for each in cautions]


def cautions_shown(version: RegimenVersion, seat: Seat) -> list[str]:
    """For those who read all of it: of a part they would say nothing."""
    return said([Caution(each) for each in version.cautions]) if seat.reads_all_domains else []
