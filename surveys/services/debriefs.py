from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from surveys import notices
from surveys.debrief_queries import (
    debriefs_to_remind_of,
    manager_of,
    managers_of,
    people_who_answered_for,
    published_cells_with_leader,
    waves_published_on,
)
from surveys.enums import About, ActionState, Behaviour, DebriefState
from surveys.models import Debrief, DebriefAction, PublishedWave, Wave
from surveys.models.debriefs import MOST_ACTIONS, MOST_BEHAVIOURS
from surveys.permissions import (
    CORRECTED_BY,
    DEBRIEF_IS_FOR,
    DEBRIEFS_ARE_FOLLOWED_BY,
    can_correct_debrief,
    can_follow_debriefs,
    can_name_coach,
    can_say_what_became,
    can_see_debrief,
)
from surveys.timing import MANAGER_WAITS, calls_for_debriefs, debrief_due_on, manager_sees_from


@dataclass(frozen=True)
class Agreed:
    """One thing that a leader and their immediate leader agreed to do."""

    text: str
    due_on: dt.date


@dataclass(frozen=True)
class Outcome:
    """How a debrief went: who led it, when, on which behaviours to work, what was agreed."""

    conducted_by: Person
    held_on: dt.date
    focus: Sequence[Behaviour]
    actions: Sequence[Agreed]


def open_debriefs(published: PublishedWave) -> int:
    """Call for a debrief of every report of a survey about leaders; returns how many. Publishing does this,
    so whoever may publish may. None for a survey that closed long ago."""
    wave = published.wave
    published_on = published.published_on
    about_leaders = wave.instrument.about == About.LEADER
    if not about_leaders or not calls_for_debriefs(wave.closes_on, published_on=published_on):
        return 0
    opened = [
        Debrief(
            wave_id=wave.pk,
            unit_id=unit_id,
            leader_id=leader_id,
            manager_from=manager_sees_from(published_on),
            due_on=debrief_due_on(published_on),
        )
        for unit_id, leader_id in published_cells_with_leader(wave.pk)
    ]
    return len(Debrief.objects.bulk_create(opened, batch_size=1_000))


def tell_managers(*, on: dt.date) -> int:
    """Tell leaders of leaders about the reports that are theirs to read from this day; returns how many were
    told. The nightly job's work, once for each day."""
    told = 0
    for published in waves_published_on(on - MANAGER_WAITS):
        leaders = {leader for _unit, leader in published_cells_with_leader(published.wave_id)}
        managers = managers_of(leaders, on=on)
        notify(managers, notices.reports_open_to_managers(published.wave))
        told += len(managers)
    return told


def remind_of_debriefs(wave: Wave, *, by: Member, on: dt.date) -> int:
    """Remind of a wave's open debriefs whoever is to talk: the leader, and the coach or else the leader's
    immediate leader once the report is theirs to read. Survey steward and HR admin; of none more than once a
    week. Returns of how many debriefs."""
    demand(can_follow_debriefs(by), DEBRIEFS_ARE_FOLLOWED_BY)
    waiting = list(debriefs_to_remind_of(wave, on=on).select_for_update(of=("self",)))
    without_coach = {one.leader_id for one in waiting if one.coach_id is None and one.manager_from <= on}
    coaches = {one.coach_id for one in waiting if one.coach_id}
    leaders = {one.leader_id for one in waiting}
    notify(leaders | coaches | managers_of(without_coach, on=on), notices.debriefs_wait(wave))
    Debrief.objects.filter(pk__in=[one.pk for one in waiting]).update(reminded_on=on)
    return len(waiting)


def name_coach(debrief: Debrief, coach: Person, *, by: Member, on: dt.date) -> None:
    """Let somebody lead the conversation instead of the immediate leader. The leader and they, while it is
    open."""
    locked = _locked(debrief)
    demand(can_name_coach(by, locked, on=on), DEBRIEF_IS_FOR)
    _demand_open(locked)
    if coach.pk == debrief.leader_id:
        raise ValidationError({"coach": _("Nobody coaches themselves.")})
    if coach.has_left(on):
        raise ValidationError({"coach": _("%(name)s no longer works here.") % {"name": coach.name}})
    told = {locked.coach_id, by.person_id}
    locked.coach = coach
    locked.save(update_fields=["coach"])
    notify({coach.pk} - told, notices.debrief_to_lead(debrief, by=by.name))


def record_debrief(debrief: Debrief, outcome: Outcome, *, by: Member, on: dt.date) -> None:
    """Write down that the conversation was held and what came of it; once. The leader, their
    immediate leader or the coach.

    The people of the unit are told where they can read what was agreed."""
    locked = _locked(debrief)
    demand(can_see_debrief(by, locked, on=on), DEBRIEF_IS_FOR)
    _demand_open(locked)
    _check(locked, outcome, on=on)
    locked.state = DebriefState.DONE
    locked.conducted_by, locked.held_on = outcome.conducted_by, outcome.held_on
    locked.focus = [behaviour.value for behaviour in outcome.focus]
    locked.recorded_by_id = by.person_id
    locked.save(update_fields=["state", "conducted_by", "held_on", "focus", "recorded_by"])
    _write_actions(locked, outcome.actions, {})
    notify({locked.leader_id, outcome.conducted_by.pk} - {by.person_id}, notices.debrief_held(debrief))
    answered = people_who_answered_for(locked, on=on) - {locked.leader_id}
    notify(answered, notices.answers_led_to(debrief))


def correct_debrief(debrief: Debrief, outcome: Outcome, *, by: Member, on: dt.date) -> None:
    """Write anew how it went. Whoever wrote it down; the other side is told, and the audit trail keeps what
    stood there. What is still agreed in the same words keeps what was said of it."""
    locked = _locked(debrief)
    demand(can_correct_debrief(by, locked), CORRECTED_BY)
    _check(locked, outcome, on=on)
    others = {locked.leader_id, locked.conducted_by_id, outcome.conducted_by.pk}
    locked.conducted_by, locked.held_on = outcome.conducted_by, outcome.held_on
    locked.focus = [behaviour.value for behaviour in outcome.focus]
    locked.save(update_fields=["conducted_by", "held_on", "focus"])
    said = {action.text: action for action in locked.actions.all()}
    locked.actions.all().delete()
    _write_actions(locked, outcome.actions, said)
    notify({who for who in others if who} - {by.person_id}, notices.debrief_corrected(debrief, by=by.name))


def say_what_became(action: DebriefAction, state: ActionState, *, by: Member, on: dt.date) -> None:
    """Say that something agreed is done, still going or dropped. The leader and their
    immediate leader, as often as it changes."""
    demand(can_say_what_became(by, action.debrief, on=on), DEBRIEF_IS_FOR)
    if state == ActionState.AGREED:
        raise ValidationError(_("Say whether it is done, still going or dropped."))
    action.state, action.said_on = state, on
    action.save(update_fields=["state", "said_on"])


def _write_actions(debrief: Debrief, agreed: Sequence[Agreed], said: Mapping[str, DebriefAction]) -> None:
    rows = []
    for place, one in enumerate(agreed):
        row = DebriefAction(debrief=debrief, position=place, text=one.text, due_on=one.due_on)
        if one.text in said:
            row.state, row.said_on = said[one.text].state, said[one.text].said_on
        rows.append(row)
    DebriefAction.objects.bulk_create(rows)


def _check(debrief: Debrief, outcome: Outcome, *, on: dt.date) -> None:
    """What the tables' constraints say, and who may lead it, as messages beside the fields."""
    faults: dict[str, str] = {}
    manager = manager_of(debrief.leader_id, on=on)
    may_lead = {debrief.coach_id, debrief.conducted_by_id, manager.pk if manager else None}
    if outcome.conducted_by.pk not in may_lead:
        faults["conducted_by"] = _("The leader's immediate leader or the coach leads the conversation.")
    if outcome.held_on > on:
        faults["held_on"] = _("This day is still to come.")
    elif outcome.held_on <= debrief.wave.closes_on:
        faults["held_on"] = _("The survey was still open on this day.")
    if not 1 <= len(set(outcome.focus)) <= MOST_BEHAVIOURS:
        faults["focus"] = _("Choose one behaviour or two: more is a wish, not a plan.")
    if not 1 <= len(outcome.actions) <= MOST_ACTIONS:
        faults["action1"] = _("Write down at least one thing that was agreed.")
    if faults:
        raise ValidationError(faults)


def _locked(debrief: Debrief) -> Debrief:
    return Debrief.objects.select_for_update(of=("self",)).select_related("wave").get(pk=debrief.pk)


def _demand_open(locked: Debrief) -> None:
    if locked.is_done:
        raise ValidationError(_("This debrief was recorded already."))
