"""Planning a leader's regimen, part by part, and publishing it. Each change says who made it and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import ActionKind, Domain, Outcome
from sponsors.models import Acknowledgement, Action, Goal, RegimenChange, RegimenVersion
from sponsors.notices import regimens as notices
from sponsors.permissions import (
    PRIVATE_IS_BETWEEN,
    REGIMEN_IS_CHANGED_BY,
    REGIMEN_IS_PUBLISHED_BY,
    REGIMEN_IS_READ_BY,
    can_change_goals,
    can_change_regimen,
    can_publish_regimen,
)
from sponsors.plan.cautions import cautions_of
from sponsors.plan.diff import changes_between
from sponsors.plan.items import plan_as_json
from sponsors.queries.diagnoses import diagnoses_shown_to
from sponsors.queries.profiles import immediate_leaders_of
from sponsors.queries.regimens import (
    actions_of,
    actions_of_leavers,
    goals_of,
    plan_behind,
    plan_of,
    plan_shown_to,
    version_in_force,
)
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at
from sponsors.regimen_templates import template_behind
from sponsors.seats import Seat
from sponsors.services.meanwhile import ChangedMeanwhileError
from sponsors.services.reviews import begin_review

T = TypeVar("T", Goal, Action)


@dataclass(frozen=True, slots=True)
class Step:
    """An action as somebody wants it."""

    goal_id: UUID
    title: str
    kind: ActionKind
    need: str
    start_on: dt.date
    due_on: dt.date
    domain: Domain | None = None
    owner_id: UUID | None = None
    hours: Decimal = Decimal(0)
    evidence: str = ""
    private: bool = False
    diagnosis_id: UUID | None = None


@transaction.atomic
def add_goal(leader: Person, title: str, outcome: Outcome, *, reason: str, by: Member) -> Goal:
    """A new goal for the next version."""
    demand(can_change_goals(_seat(by, leader.pk)), REGIMEN_IS_CHANGED_BY)
    made = Goal.objects.create(leader=leader, title=title.strip(), outcome=outcome)
    _note(made, reason, by)
    return made


@transaction.atomic
def change_goal(goal: Goal, title: str, outcome: Outcome, *, revision: int, reason: str, by: Member) -> Goal:
    """Another wording, another outcome."""
    locked = Goal.objects.select_for_update().get(pk=goal.pk)
    demand(can_change_goals(_seat(by, locked.leader_id)), REGIMEN_IS_CHANGED_BY)
    _demand_unchanged(locked, revision)
    locked.title, locked.outcome = title.strip(), outcome
    return _save(locked, reason, by)


@transaction.atomic
def remove_goal(goal: Goal, *, revision: int, reason: str, by: Member) -> Goal:
    """Out of the next version, when nothing serves it any more."""
    locked = Goal.objects.select_for_update().get(pk=goal.pk)
    demand(can_change_goals(_seat(by, locked.leader_id)), REGIMEN_IS_CHANGED_BY)
    _demand_unchanged(locked, revision)
    if actions_of(locked.leader_id).filter(goal=locked).exists():
        raise ValidationError(_("Actions serve this goal. Move or remove them first."))
    locked.removed = True
    return _save(locked, reason, by)


@transaction.atomic
def add_action(leader: Person, step: Step, *, reason: str, by: Member) -> Action:
    """A new action for the next version."""
    _demand_part(by, leader.pk, step)
    _check(_seat(by, leader.pk), step)
    made = Action.objects.create(leader=leader, **_values(step))
    _note(made, reason, by)
    return made


@transaction.atomic
def change_action(action: Action, step: Step, *, revision: int, reason: str, by: Member) -> Action:
    """Another dose, date, owner ...: it holds when the next version is published. Whoever changes it may
    change it as it was, and as it shall be."""
    locked = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    _demand_part(by, locked.leader_id, locked)
    _demand_part(by, locked.leader_id, step)
    _check(_seat(by, locked.leader_id), step, was=locked.diagnosis_id)
    _demand_unchanged(locked, revision)
    _keep_compartment(locked, step)
    for name, value in _values(step).items():
        setattr(locked, name, value)
    return _save(locked, reason, by)


@transaction.atomic
def remove_action(action: Action, *, revision: int, reason: str, by: Member) -> Action:
    """Out of the next version; the versions before keep it."""
    locked = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    _demand_part(by, locked.leader_id, locked)
    _demand_unchanged(locked, revision)
    locked.removed = True
    return _save(locked, reason, by)


@transaction.atomic
def publish_regimen(leader: Person, *, reason: str, after: int, by: Member) -> RegimenVersion:
    """Put the plan in force as the next version; `after` is the one its author saw (0: none). The leader is
    asked to read it. A plan of training alone may be published: the reason stands beside the caution (C2).

    Whether there is something to publish is asked of what its author reads, and the cautions, which the team
    reads, are of what is shared: neither tells of what is private. A template as it came is not published.
    """
    Person.objects.select_for_update(no_key=True).get(pk=leader.pk)
    seat = _seat(by, leader.pk)
    demand(can_publish_regimen(seat), REGIMEN_IS_PUBLISHED_BY)
    newest = version_in_force(leader.pk)
    number = newest.number if newest else 0
    if newest is not None and number != after:
        raise ValidationError(
            _("Meanwhile %(name)s published version %(number)d. Look at it, then publish yours.")
            % {"name": newest.published_by.name, "number": number}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the leader reads it.")})
    actions = list(actions_of(leader.pk))
    plan = plan_of(goals_of(leader.pk), actions)
    before, shown = (plan_shown_to(seat, each) for each in (plan_behind(newest), plan))
    if not shown.actions:
        raise ValidationError(_("There is no action in it yet."))
    if (template := template_behind(shown)) is not None:
        raise ValidationError(
            _(
                "This is the template “%(name)s” as it came, and a template is a start, not a plan. Say "
                "which needs of %(leader)s it serves, change or leave out what does not fit, then publish it."
            )
            % {"name": template.name, "leader": leader.given_name}
        )
    if not changes_between(before, shown):
        raise ValidationError(_("Nothing has changed since version %(number)d.") % {"number": number})
    over = {str(action.pk) for action in actions if action.is_over}
    made = RegimenVersion.objects.create(
        leader=leader,
        number=number + 1,
        content=plan_as_json(plan),
        cautions=list(map(str, cautions_of(plan.without_private(), over=over, on=timezone.localdate()))),
        reason=reason.strip(),
        published_by_id=by.person_id,
        published_at=timezone.now(),
    )
    begin_review(leader.pk, on=timezone.localdate())
    notify([leader.pk], notices.published(made))
    return made


@transaction.atomic
def acknowledge_version(version: RegimenVersion, *, by: Member) -> Acknowledgement:
    """The leader has read it. Twice is once."""
    demand(by.person_id == version.leader_id, REGIMEN_IS_READ_BY)
    made, new = Acknowledgement.objects.get_or_create(version=version)
    if new:
        notify([version.published_by_id], notices.acknowledged(version))
    return made


@transaction.atomic
def disown_leavers(*, on: dt.date) -> int:
    """What somebody saw to who is not here any more is nobody's: the next version says so, and until then
    those who plan are told. Gives how many."""
    found = list(actions_of_leavers(on=on).select_for_update(of=("self",)))
    for action in found:
        notify(_planners_of(action, on=on), notices.disowned(action))
        action.owner = None
        action.revision += 1
        action.save(update_fields=["owner", "revision"])
    return len(found)


def _planners_of(action: Action, *, on: dt.date) -> set[UUID]:
    """Who names somebody else: of what is private the sponsor alone."""
    sponsorship = running_sponsorship_of(action.leader_id)
    sponsor = {sponsorship.sponsor_id} if sponsorship else set()
    return sponsor if action.private else sponsor | immediate_leaders_of(action.leader_id, on=on)


def _seat(by: Member, leader_id: UUID) -> Seat:
    return seat_at(by, leader_id, on=timezone.localdate())


def _demand_part(by: Member, leader_id: UUID, part: Step | Action) -> None:
    seat = _seat(by, leader_id)
    demand(not part.private or seat.is_sponsor, PRIVATE_IS_BETWEEN)
    demand(can_change_regimen(seat, domain=part.domain or "", private=part.private), REGIMEN_IS_CHANGED_BY)


def _check(seat: Seat, step: Step, *, was: UUID | None = None) -> None:
    """Clear words for what the database would refuse, and for a diagnosis that is not the leader's or not the
    seat's to read. One of another domain, `was`, stays where somebody else put it."""
    errors = {}
    if step.due_on < step.start_on:
        errors["due_on"] = _("The end comes after the beginning.")
    if not step.need.strip():
        errors["need"] = _("Say which need of the leader it serves.")
    if step.hours < 0:
        errors["hours"] = _("Hours are not less than none.")
    if not goals_of(seat.leader_id).filter(pk=step.goal_id).exists():
        errors["goal"] = _("Choose one of the leader's goals.")
    if step.diagnosis_id not in {None, was} and not (
        diagnoses_shown_to(seat).filter(pk=step.diagnosis_id).exists()
    ):
        errors["diagnosis"] = _("Choose one of the leader's diagnoses.")
    if errors:
        raise ValidationError(errors)


def _keep_compartment(action: Action, step: Step) -> None:
    """Planning moves nothing upwards, and takes nothing back that is attested (C3)."""
    if action.private and not step.private:
        raise ValidationError({"private": _("It is private. The leader alone lets the team read it.")})
    if step.private and not action.private and action.is_attested:
        raise ValidationError({"private": _("It is attested: the team keeps reading it.")})


def _values(step: Step) -> dict[str, object]:
    values = asdict(step)
    return values | {
        "title": step.title.strip(),
        "need": step.need.strip(),
        "evidence": step.evidence.strip(),
        "domain": step.domain or "",
    }


def _demand_unchanged(item: Goal | Action, revision: int) -> None:
    if item.revision == revision:
        return
    last = RegimenChange.objects.filter(item_id=item.pk).select_related("by").order_by("-at").first()
    raise ChangedMeanwhileError(item, last.by.name if last else "")


def _save(item: T, reason: str, by: Member) -> T:
    item.revision += 1
    item.save()
    _note(item, reason, by)
    return item


def _note(item: Goal | Action, reason: str, by: Member) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words: the leader reads it.")})
    RegimenChange.objects.create(
        leader_id=item.leader_id,
        item_id=item.pk,
        by_id=by.person_id,
        reason=reason.strip(),
        private=isinstance(item, Action) and item.private,
    )
