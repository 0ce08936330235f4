"""The panel: named, free of conflicts, scoring apart, deciding together."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.enums import Role
from people.member import Member
from people.models import Appointment, Person, Position
from people.notices import notify
from people.queries import in_force
from people.role_queries import holders_of
from succession import selection_notices as notices
from succession.enums import SelectionState, SelectionStep, StandingState
from succession.models import PanelMember, PanelScore, RollMember, Selection, Standing
from succession.permissions import (
    DECISION_IS_TAKEN_BY,
    SCORES_ARE_GIVEN_BY,
    can_decide,
    can_score,
)
from succession.queries.selections import OUT, place_on_panel, seat_in
from succession.services.selections import everybody_in, locked_for, locked_in, log
from succession.slate import LEAST


def works_in_department_of(position: Position, person: Person) -> bool:
    """By the rule that guards the table (sql/selections.sql)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT succession_own_department(%s, %s)", [person.pk, position.unit_id])
        ((own,),) = cursor.fetchall()
    return bool(own)


@transaction.atomic
def name_panel_member(
    selection: Selection, *, person: Person, chairs: bool = False, by: Member
) -> PanelMember:
    """A leader of another department, who does not stand. Where they chair, whoever did no longer does."""
    locked = locked_for(selection, by, SelectionState.PREPARING)
    _check_panel_member(locked, person)
    panel = PanelMember.objects.filter(selection=locked)
    if chairs or not panel.exists():
        panel.update(chairs=False)
        chairs = True
    made = PanelMember.objects.create(selection=locked, person=person, chairs=chairs)
    log(locked, SelectionStep.PANEL, members=panel.filter(stepped_back=False).count())
    notify({person.pk}, notices.on_panel(made))
    return made


def _check_panel_member(selection: Selection, person: Person) -> None:
    today, said = timezone.localdate(), {"name": person.name}
    refused = ""
    if person.has_left(today):
        refused = _("%(name)s no longer works here.") % said
    elif PanelMember.objects.filter(selection=selection, person=person).exists():
        refused = _("%(name)s is on the panel.") % said
    elif works_in_department_of(selection.position, person):
        refused = _("%(name)s works in the position’s own department; the panel comes from others.") % said
    elif not Appointment.objects.filter(in_force(today), person=person).exists():
        refused = _("%(name)s holds no titled position; the panel is made up of leaders.") % said
    elif Standing.objects.filter(selection=selection, person=person).exclude(state__in=OUT).exists():
        refused = _("%(name)s was asked to stand, and cannot choose as well.") % said
    if refused:
        raise ValidationError({"person": refused})


@transaction.atomic
def declare(place: PanelMember, *, conflict: str = "", steps_back: bool = False, by: Member) -> PanelMember:
    """Say whether there is a conflict, and step back because of it. Until the scores are handed in."""
    locked_in(place.selection)
    locked = PanelMember.objects.select_for_update().select_related("selection__position").get(pk=place.pk)
    demand(by.person_id == locked.person_id, SCORES_ARE_GIVEN_BY)
    if locked.handed_in_on is not None:
        raise ValidationError(_("You have handed in your scores."))
    if steps_back and not conflict.strip():
        raise ValidationError({"conflict": _("Say which conflict makes you step back.")})
    if steps_back:
        PanelScore.objects.filter(panel_member=locked).delete()
    locked.declared_on, locked.conflict = timezone.localdate(), conflict.strip()
    locked.stepped_back = steps_back
    locked.save(update_fields=["declared_on", "conflict", "stepped_back"])
    if steps_back:
        waiting = RollMember.objects.filter(interviewer=locked, held_says_interviewer=False)
        waiting.filter(offered_for=None).update(interviewer=None)
        notify({*holders_of(Role.HR_ADMIN)}, notices.on_panel(locked))
    return locked


@transaction.atomic
def score(standing: Standing, *, scores: Sequence[int], note: str = "", by: Member) -> PanelScore:
    """How one of the panel sees one name, by criterion; changed until it is handed in."""
    selection = locked_in(standing.selection, SelectionState.SELECTING)
    place = _own_place(selection, by)
    if len(scores) != len(selection.criteria) or not all(1 <= each <= 5 for each in scores):
        raise ValidationError(_("Give each criterion one to five."))
    current = Standing.objects.get(pk=standing.pk)
    if current.selection_id != selection.pk or not current.on_slate:
        raise ValidationError(_("The name is not on the slate."))
    written, _made = PanelScore.objects.update_or_create(
        panel_member=place, standing=current, defaults={"scores": [*scores], "note": note.strip()}
    )
    return written


@transaction.atomic
def hand_in(selection: Selection, *, by: Member) -> PanelMember:
    """All names scored: kept as they are. With the last of the panel, everybody on it sees all scores."""
    locked = locked_in(selection, SelectionState.SELECTING)
    place = _own_place(locked, by)
    slate = Standing.objects.filter(selection=locked, state=StandingState.ON_SLATE)
    missing = slate.exclude(scores__panel_member=place).select_related("person")
    if first := missing.first():
        raise ValidationError(_("You have not scored %(name)s yet.") % {"name": first.person.name})
    if place.declared_on is None:
        raise ValidationError(_("Say first whether you have a conflict."))
    place.handed_in_on = timezone.localdate()
    place.save(update_fields=["handed_in_on"])
    panel = PanelMember.objects.filter(selection=locked, stepped_back=False)
    if not panel.filter(handed_in_on=None).exists():
        log(locked, SelectionStep.SCORED, members=panel.count())
        notify({*panel.values_list("person", flat=True)} - {by.person_id}, notices.all_scored(locked))
    return place


def _own_place(selection: Selection, by: Member) -> PanelMember:
    place = place_on_panel(selection, by.person_id)
    demand(place is not None and not place.stepped_back, SCORES_ARE_GIVEN_BY)
    assert place is not None  # noqa: S101 - demanded above
    if place.handed_in_on is not None:
        raise ValidationError(_("You have handed in your scores."))
    return place


@transaction.atomic
def decide(selection: Selection, *, standing: Standing, reason: str, by: Member) -> Selection:
    """The panel's choice from the slate, with its reason. After all have scored apart; of three or more."""
    locked = locked_in(selection, SelectionState.SELECTING)
    seat = seat_in(locked, by.person_id, on=timezone.localdate())
    demand(can_score(seat) and can_decide(seat), DECISION_IS_TAKEN_BY)
    panel = PanelMember.objects.filter(selection=locked, stepped_back=False)
    _check_decision(locked, standing, reason, [each.handed_in_on is not None for each in panel])
    locked.state, locked.decided_on = SelectionState.DECIDED, timezone.localdate()
    locked.chosen_id, locked.reason = standing.person_id, reason.strip()
    locked.save(update_fields=["state", "decided_on", "chosen", "reason"])
    log(locked, SelectionStep.DECIDED)
    notify(everybody_in(locked) | {*holders_of(Role.HR_ADMIN)}, notices.decided(locked))
    return locked


def _check_decision(selection: Selection, standing: Standing, reason: str, handed_in: list[bool]) -> None:
    if len(handed_in) < LEAST:
        words = _("The panel has %(there)d members; it takes at least %(least)d.")
        raise ValidationError(words % {"there": len(handed_in), "least": LEAST})
    if not all(handed_in):
        raise ValidationError(_("Not all of the panel have handed in their scores."))
    if standing.selection_id != selection.pk or not standing.on_slate:
        raise ValidationError({"standing": _("Choose one of the slate: the staff set it.")})
    if standing.person.has_left(timezone.localdate()):
        raise ValidationError(
            {"standing": _("%(name)s no longer works here.") % {"name": standing.person.name}}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the staff read it.")})
