"""Who stands: named by the unit's staff, asked, answering, withdrawing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.enums import Role
from people.member import Member
from people.models import Appointment, Person
from people.notices import notify
from people.queries import in_force
from people.role_queries import holders_of
from people.term_queries import beyond_limit
from succession import selection_notices as notices
from succession.enums import SelectionState, SelectionStep, StandingState
from succession.models import PanelMember, Pool, Selection, Standing
from succession.permissions import NAMES_ARE_GIVEN_BY, STANDING_IS_ANSWERED_BY, can_answer, can_name
from succession.queries.selections import seat_in
from succession.services.selections import first_day, locked_in, log
from succession.slate import LEAST

MOST_NAMES = 40  # of a ballot paper


@transaction.atomic
def name(selection: Selection, *, person: Person, by: Member) -> Standing:
    """One of the staff names somebody who could stand; they are asked. Who named them is told to nobody."""
    locked = locked_in(selection, SelectionState.PREPARING)
    demand(can_name(seat_in(locked, by.person_id, on=timezone.localdate())), NAMES_ARE_GIVEN_BY)
    if person.pk == by.person_id:
        raise ValidationError({"person": _("Nobody names themselves: a colleague has to.")})
    there = Standing.objects.filter(selection=locked, person=person).first()
    if there is not None:  # whether they said no is theirs to tell
        return there
    _check_name(locked, person)
    made = Standing.objects.create(
        selection=locked, person=person, named_by_id=by.person_id, asked_on=timezone.localdate()
    )
    notify({person.pk}, notices.asked_to_stand(made))
    return made


def _check_name(selection: Selection, person: Person) -> None:
    today, said = timezone.localdate(), {"name": person.name}
    refused = ""
    if person.has_left(today):
        refused = _("%(name)s no longer works here.") % said
    elif not _is_eligible(selection, person):
        refused = _("This position is for other professions than %(name)s’s.") % said
    elif beyond_limit(selection.position, [person.pk], start=first_day(selection)):
        refused = _("%(name)s has held it as long as its terms allow.") % said
    else:
        refused = _taken(selection, person)
    if refused:
        raise ValidationError({"person": refused})


def _taken(selection: Selection, person: Person) -> str:
    """Whether another part in it keeps somebody from standing, or there is no place."""
    if _holds(selection, person):
        return _("%(name)s holds the position.") % {"name": person.name}
    if PanelMember.objects.filter(selection=selection, person=person).exists():
        return _("%(name)s is on the panel, and cannot be chosen by it.") % {"name": person.name}
    if Standing.objects.filter(selection=selection).count() >= MOST_NAMES:
        return _("There are %(most)d names already, as many as a ballot takes.") % {"most": MOST_NAMES}
    return ""


def _holds(selection: Selection, person: Person) -> bool:
    held = Appointment.objects.filter(in_force(timezone.localdate()), position=selection.position_id)
    return held.filter(person=person, interim=False).exists()


def _is_eligible(selection: Selection, person: Person) -> bool:
    """By the professions of the position's pool."""
    pool = Pool.objects.filter(position=selection.position_id).first()
    return pool is None or not pool.professions or person.profession in pool.professions


@transaction.atomic
def stand(standing: Standing, *, says: str = "", by: Member) -> Standing:
    """Yes, with a few words to the staff if they like."""
    locked = _own(standing, by, StandingState.ASKED)
    locked.state, locked.answered_on, locked.says = StandingState.STANDING, timezone.localdate(), says.strip()
    locked.save(update_fields=["state", "answered_on", "says"])
    return locked


@transaction.atomic
def say_no(standing: Standing, *, by: Member) -> Standing:
    locked = _own(standing, by, StandingState.ASKED)
    locked.state, locked.answered_on = StandingState.DECLINED, timezone.localdate()
    locked.save(update_fields=["state", "answered_on"])
    return locked


@transaction.atomic
def withdraw(standing: Standing, *, by: Member) -> Standing:
    """At any time until the panel decided, but while a ballot is open: votes for the name are in the box.
    Where fewer than three are left on a slate, names are gathered and voted on again."""
    states = (SelectionState.PREPARING, SelectionState.SELECTING)
    selection = locked_in(standing.selection, *states)
    locked = Standing.objects.select_for_update().get(pk=standing.pk)
    demand(can_answer(by, locked.person_id), STANDING_IS_ANSWERED_BY)
    if not (locked.stands or locked.on_slate):
        raise ValidationError(_("You do not stand any more."))
    locked.state = StandingState.WITHDRAWN
    locked.save(update_fields=["state"])
    left = Standing.objects.filter(selection=selection, state=StandingState.ON_SLATE).count()
    if selection.is_selecting and left < LEAST:
        go_back(selection)
    return locked


def go_back(selection: Selection) -> None:
    """From the panel to names and another ballot; a trigger forgets the scores, which the one who causes it
    may not see."""
    selection.state, selection.voted = SelectionState.PREPARING, None
    selection.save(update_fields=["state", "voted"])
    again = Standing.objects.filter(
        selection=selection, state__in=(StandingState.ON_SLATE, StandingState.LEFT_OFF)
    )
    again.update(state=StandingState.STANDING, by_half=None)
    log(selection, SelectionStep.BACK)
    notify({*holders_of(Role.HR_ADMIN)}, notices.too_few_left(selection))


def _own(standing: Standing, by: Member, state: StandingState) -> Standing:
    locked_in(standing.selection, SelectionState.PREPARING)
    locked = Standing.objects.select_for_update().get(pk=standing.pk)
    demand(can_answer(by, locked.person_id), STANDING_IS_ANSWERED_BY)
    if locked.state != state:
        raise ValidationError(_("It was answered meanwhile."))
    return locked
