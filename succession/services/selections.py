"""Opening a selection, by HR or by the ladder of terms, and stopping it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.enums import Role, UnitKind
from people.member import Member
from people.models import Appointment, Person, Position, Unit
from people.notices import notify
from people.queries import employed, in_force
from people.role_queries import holders_of
from people.term_queries import beyond_limit
from people.unit_queries import people_within
from succession import selection_notices as notices
from succession.approval_box import drop_box
from succession.enums import (
    CandidacyState,
    Rung,
    SelectionCause,
    SelectionState,
    SelectionStep,
    StandingState,
)
from succession.models import Candidacy, LadderTask, RollMember, Selection, SelectionEvent, Standing
from succession.permissions import (
    SELECTIONS_ARE_RUN_BY,
    can_open_selection,
    can_run_selection,
)
from succession.queries.ladder import tasks_in_force
from succession.queries.selections import holder_until, running_selection_of, seat_in
from succession.selection_rules import Rules
from succession.slate import FEWEST_VOTERS

AS_USUAL: Final = Rules()

_ROLL: Final = (Path(__file__).resolve().parent.parent / "sql" / "selection_roll.sql").read_text()
# Whose staff is everybody below as well; of a site or the whole organisation it is its own.
_WITH_BELOW: Final = (UnitKind.DIVISION, UnitKind.DEPARTMENT, UnitKind.MICROSYSTEM)


@dataclass(frozen=True, slots=True)
class Electorate:
    """Whose staff set the slate, with everybody below or without, and how many they are."""

    unit: Unit
    below: bool
    size: int


def electorate_of(position: Position, *, on: dt.date) -> Electorate:
    """The position's unit; one of fewer than eight joins its neighbours, by way of the unit above (C26).
    ValidationError where even all together are fewer."""
    unit, below = position.unit, position.unit.kind in _WITH_BELOW
    holding = Appointment.objects.filter(in_force(on), position=position).values("person")
    while True:
        staff = Person.objects.filter(employed(on), start_date__lte=on).exclude(pk__in=holding)
        size = (people_within(staff, unit) if below else staff.filter(unit=unit)).count()
        if size >= FEWEST_VOTERS:
            return Electorate(unit, below, size)
        if not below:
            below = True
        elif unit.parent is not None:
            unit = unit.parent
        else:
            words = _("Only %(size)d people work there: among fewer than %(least)d no ballot is secret.")
            raise ValidationError(words % {"size": size, "least": FEWEST_VOTERS})


@transaction.atomic
def open_selection(
    position: Position, *, cause: SelectionCause, rules: Rules = AS_USUAL, by: Member
) -> Selection:
    """Freeze the roll of the staff and ask the candidates of the pool whether they would stand."""
    demand(can_open_selection(by), SELECTIONS_ARE_RUN_BY)
    made = begin_selection(position, cause=cause, rules=rules)
    made.opened_by_id = by.person_id
    made.save(update_fields=["opened_by"])
    return made


def begin_selection(position: Position, *, cause: SelectionCause, rules: Rules = AS_USUAL) -> Selection:
    """The same for the ladder, which acts for nobody. One at a time for a position."""
    today = timezone.localdate()
    Position.objects.select_for_update().get(pk=position.pk)  # two at once: the second finds the first one's
    if running_selection_of(position.pk) is not None:
        raise ValidationError(_("A selection for this position runs already: there is one at a time."))
    electorate = electorate_of(position, on=today)
    made = Selection.objects.create(
        position=position,
        unit=electorate.unit,
        below=electorate.below,
        cause=cause,
        slate_size=rules.slate_size,
        coverage=rules.coverage,
        quorum=rules.quorum,
        criteria=[*rules.criteria],
        opened_on=today,
    )
    made.asked = write_roll(made, on=today)
    made.save(update_fields=["asked"])
    log(made, SelectionStep.OPENED, asked=made.asked)
    _ask_the_pool(made)
    take_rung_of(made, Rung.OPEN)
    roll = RollMember.objects.filter(selection=made)
    notify({*roll.values_list("person", flat=True)}, notices.opened(made))
    return made


@transaction.atomic
def set_rules(selection: Selection, *, rules: Rules, by: Member) -> Selection:
    """Before the ballot opens, and told in the log. The quorum stays as it was when the roll was frozen."""
    locked = locked_for(selection, by, SelectionState.PREPARING)
    locked.slate_size, locked.coverage = rules.slate_size, rules.coverage
    locked.criteria = [*rules.criteria]
    locked.save(update_fields=["slate_size", "coverage", "criteria"])
    facts = {"slate_size": rules.slate_size, "coverage": rules.coverage, "criteria": len(rules.criteria)}
    log(locked, SelectionStep.RULES, **facts)
    return locked


def write_roll(selection: Selection, *, on: dt.date) -> int:
    """Freeze whose vote counts, in one statement. How many."""
    low, high = selection.unit.subtree
    asked = {
        "selection": selection.pk,
        "organization": selection.organization_id,
        "position": selection.position_id,
        "unit": selection.unit_id,
        "below": selection.below,
        "low": low,
        "high": high,
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROLL, asked)
        return int(cursor.rowcount)


def _ask_the_pool(selection: Selection) -> None:
    """Everybody in the pool who may hold it; nobody stands without a yes of their own."""
    members = Candidacy.objects.filter(
        pool__position=selection.position_id, state=CandidacyState.MEMBER
    ).values_list("person", flat=True)
    people = [*members]
    beyond = beyond_limit(selection.position, people, start=first_day(selection)) if people else set()
    asked = [
        Standing(selection=selection, person_id=person, asked_on=selection.opened_on)
        for person in people
        if person not in beyond
    ]
    Standing.objects.bulk_create(asked)
    for standing in asked:
        notify({standing.person_id}, notices.asked_to_stand(standing))


def first_day(selection: Selection) -> dt.date:
    """From when somebody else could hold the position."""
    today = timezone.localdate()
    held = holder_until(selection.position_id, on=today)
    return max(today, held.end_date) if held is not None and held.end_date else today


def open_by_ladder() -> int:
    """A selection for each position whose term ends in twelve months or less: where the rung waits and
    nothing runs. HR is told. How many; a position whose staff are too few waits for HR."""
    opened = 0
    due = tasks_in_force(on=timezone.localdate()).filter(done_on=None, rung=Rung.OPEN)
    for task in due.select_related("appointment__position__unit__parent"):
        position = task.appointment.position
        try:
            with transaction.atomic():
                made = begin_selection(position, cause=SelectionCause.LADDER)
        except ValidationError:
            continue
        notify({*holders_of(Role.HR_ADMIN)}, notices.opened(made))
        opened += 1
    return opened


@transaction.atomic
def stop_selection(selection: Selection, *, reason: str, by: Member) -> Selection:
    """End it without an appointment. An open ballot is deleted uncounted."""
    locked = locked_for(selection, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the log tells that it was stopped, HR reads why.")})
    drop_box(locked)
    locked.state, locked.over_on = SelectionState.STOPPED, timezone.localdate()
    locked.reason = reason.strip()
    locked.save(update_fields=["state", "over_on", "reason"])
    log(locked, SelectionStep.STOPPED)
    notify(everybody_in(locked) - {by.person_id}, notices.stopped(locked))
    return locked


def locked_for(selection: Selection, by: Member, *states: SelectionState) -> Selection:
    """Locked, for HR, in one of some states; running at least."""
    locked = locked_in(selection, *states)
    demand(
        can_run_selection(by, seat_in(locked, by.person_id, on=timezone.localdate())), SELECTIONS_ARE_RUN_BY
    )
    return locked


def locked_in(selection: Selection, *states: SelectionState) -> Selection:
    found = Selection.objects.select_related("position", "unit").select_for_update(of=("self",))
    locked = found.get(pk=selection.pk)
    if (states and locked.state not in states) or not locked.is_running:
        raise ValidationError(
            _("It went on meanwhile: it is at “%(state)s”.") % {"state": locked.get_state_display()}
        )
    return locked


def everybody_in(selection: Selection) -> set[UUID]:
    """The staff, the panel and who stands."""
    roll = RollMember.objects.filter(selection=selection).values_list("person", flat=True)
    panel = selection.panel.values_list("person", flat=True)
    out = (StandingState.DECLINED, StandingState.WITHDRAWN)
    names = selection.standings.exclude(state__in=out).values_list("person", flat=True)
    return {*roll, *panel, *names}


def log(selection: Selection, step: SelectionStep, **facts: int) -> None:
    """A line of the public log: numbers only."""
    SelectionEvent.objects.create(selection=selection, step=step, facts=facts, on=timezone.localdate())


def take_rung_of(selection: Selection, rung: Rung) -> None:
    """The ladder has what it asked for."""
    today = timezone.localdate()
    holding = Appointment.objects.filter(in_force(today), position=selection.position_id)
    tasks = LadderTask.objects.filter(appointment__in=holding, rung=rung, done_on=None)
    tasks.update(done_on=today)
