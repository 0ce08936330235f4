"""Raising an obstacle, handing it on, and saying what became of it; each leaves a step of its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from sponsors.enums import ObstacleAct, ObstacleKind, ObstacleState
from sponsors.models import Obstacle, ObstacleStep
from sponsors.notices import obstacles as notices
from sponsors.permissions import (
    OBSTACLE_IS_KEPT_BY,
    OBSTACLES_ARE_FOR,
    PRIVATE_IS_BETWEEN,
    can_keep_obstacle,
    can_raise_obstacle,
)
from sponsors.queries.obstacles import obstacles
from sponsors.queries.team import seat_at
from sponsors.services.meanwhile import moved_to


@dataclass(frozen=True, slots=True)
class Raised:
    """What stands in the way, and who is to remove it until when."""

    kind: ObstacleKind
    words: str
    owner: Person
    due_on: dt.date
    private: bool = False


@transaction.atomic
def raise_obstacle(leader: Person, raised: Raised, *, by: Member) -> Obstacle:
    """By the leader or somebody of the team. Its owner is asked; the leader knows of it."""
    today = timezone.localdate()
    seat = seat_at(by, leader.pk, on=today)
    demand(can_raise_obstacle(seat), OBSTACLES_ARE_FOR)
    demand(can_raise_obstacle(seat, private=raised.private), PRIVATE_IS_BETWEEN)
    words = _said(raised.words)
    _check_task(leader.pk, raised.owner, raised.due_on)
    made = Obstacle.objects.create(
        leader=leader,
        kind=raised.kind,
        words=words,
        private=raised.private,
        raised_by_id=by.person_id,
        raised_on=today,
        owner=raised.owner,
        due_on=raised.due_on,
    )
    _keep_step(made, ObstacleAct.RAISED, words, by=by)
    notify({raised.owner.pk} - {by.person_id}, notices.asked(made, by=by.name))
    notify({leader.pk} - {by.person_id}, notices.raised(made, by=by.name))
    return made


@transaction.atomic
def change_obstacle(
    obstacle: Obstacle, *, owner: Person, due_on: dt.date, words: str, by: Member
) -> Obstacle:
    """Another owner or another day, and why. A new owner is asked."""
    locked = _locked(obstacle, by=by)
    _require(locked, is_open=True)
    words = _said(words)
    _check_task(locked.leader_id, owner, due_on)
    if (owner.pk, due_on) == (locked.owner_id, locked.due_on):
        raise ValidationError(_("Neither the owner nor the day is another one."))
    is_new = owner.pk != locked.owner_id
    locked.owner, locked.due_on = owner, due_on
    locked.save(update_fields=["owner", "due_on"])
    _keep_step(locked, ObstacleAct.CHANGED, words, by=by)
    if is_new:
        notify({owner.pk} - {by.person_id}, notices.asked(locked, by=by.name))
    return locked


@transaction.atomic
def close_obstacle(obstacle: Obstacle, *, state: ObstacleState, words: str, by: Member) -> Obstacle:
    """It is gone, or it is accepted as it is; in either case somebody says how or why."""
    locked = _locked(obstacle, by=by)
    _require(locked, is_open=True)
    if state == ObstacleState.OPEN:
        raise ValidationError({"state": _("Say whether it is removed or accepted as it is.")})
    words = _said(words)
    locked.state, locked.over_on = state, timezone.localdate()
    locked.save(update_fields=["state", "over_on"])
    _keep_step(locked, ObstacleAct(state), words, by=by)
    notify(_concerned(locked) - {by.person_id}, notices.closed(locked))
    return locked


@transaction.atomic
def reopen_obstacle(obstacle: Obstacle, *, due_on: dt.date, words: str, by: Member) -> Obstacle:
    """It is there again, or can no longer be lived with."""
    locked = _locked(obstacle, by=by)
    _require(locked, is_open=False)
    words = _said(words)
    _check_task(locked.leader_id, locked.owner, due_on)
    locked.state, locked.over_on, locked.due_on = ObstacleState.OPEN, None, due_on
    locked.save(update_fields=["state", "over_on", "due_on"])
    _keep_step(locked, ObstacleAct.REOPENED, words, by=by)
    notify(_concerned(locked) - {by.person_id}, notices.reopened(locked, by=by.name))
    return locked


def _locked(obstacle: Obstacle, *, by: Member) -> Obstacle:
    locked = obstacles().select_for_update(of=("self",)).get(pk=obstacle.pk)
    seat = seat_at(by, locked.leader_id, on=timezone.localdate())
    demand(can_keep_obstacle(seat, locked), OBSTACLE_IS_KEPT_BY)
    return locked


def _require(obstacle: Obstacle, *, is_open: bool) -> None:
    """Two at once: the second one learns what the first one did."""
    if obstacle.is_open != is_open:
        raise moved_to(obstacle.get_state_display())


def _check_task(leader_id: UUID, owner: Person, due_on: dt.date) -> None:
    if owner.pk == leader_id:
        raise ValidationError({"owner": _("Name somebody else who can remove it: the leader has the load.")})
    if owner.has_left(timezone.localdate()):
        raise ValidationError({"owner": _("%(name)s no longer works here.") % {"name": owner.name}})
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("This day is past.")})


def _said(words: str) -> str:
    if not words.strip():
        raise ValidationError({"words": _("Say it in a sentence.")})
    return words.strip()


def _keep_step(obstacle: Obstacle, act: ObstacleAct, words: str, *, by: Member) -> None:
    ObstacleStep.objects.create(
        obstacle=obstacle,
        act=act,
        by_id=by.person_id,
        owner_id=obstacle.owner_id,
        due_on=obstacle.due_on,
        words=words,
    )


def _concerned(obstacle: Obstacle) -> set[UUID]:
    """Who raised it may have left the team since, and is not told of what is private."""
    raiser = set() if obstacle.private else {obstacle.raised_by_id}
    return {obstacle.leader_id, obstacle.owner_id} | raiser
