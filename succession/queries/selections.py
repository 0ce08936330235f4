"""Questions about selections: who takes part, how far the interviews are, what waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet

from people.models import Appointment
from people.queries import in_force
from succession.enums import RUNNING_STATES, SelectionState, StandingState
from succession.models import (
    PanelMember,
    PanelScore,
    Pool,
    RollMember,
    Selection,
    SelectionEvent,
    Standing,
)
from succession.queries.pools import owned_by
from succession.seats import SelectionSeat

OUT = (StandingState.DECLINED, StandingState.WITHDRAWN)


def selections() -> QuerySet[Selection]:
    """The running ones first, then the newest."""
    found = Selection.objects.select_related("position", "position__unit", "unit", "chosen")
    return found.annotate(runs=Q(state__in=RUNNING_STATES)).order_by("-runs", "-opened_on", "pk")


def selection_with(selection_id: UUID) -> Selection | None:
    return (
        Selection.objects.select_related("position", "position__unit", "unit", "chosen", "appointment")
        .filter(pk=selection_id)
        .first()
    )


def running_selection_of(position_id: UUID) -> Selection | None:
    return Selection.objects.filter(position=position_id, state__in=RUNNING_STATES).first()


def seat_in(selection: Selection, person_id: UUID, *, on: dt.date) -> SelectionSeat:
    """Where somebody stands towards a selection; one query."""
    mine = {"selection": OuterRef("pk"), "person": person_id}
    panel = PanelMember.objects.filter(**mine)
    owned = Pool.objects.filter(owned_by(person_id, on=on), position=OuterRef("position"))
    held = Appointment.objects.filter(in_force(on), position=OuterRef("position"), person=person_id)
    row = (
        Selection.objects.filter(pk=selection.pk)
        .annotate(
            on_roll=Exists(RollMember.objects.filter(**mine)),
            candidate=Exists(Standing.objects.filter(**mine).exclude(state__in=OUT)),
            on_panel=Exists(panel),
            chooses=Exists(panel.filter(stepped_back=False)),
            chairs=Exists(panel.filter(chairs=True)),
            owns=Exists(owned) | Exists(held),
        )
        .values("on_roll", "candidate", "on_panel", "chooses", "chairs", "owns")
        .get()
    )
    return SelectionSeat(
        votes=row["on_roll"] and not row["on_panel"],
        is_candidate=row["candidate"],
        on_panel=row["on_panel"],
        chooses=row["chooses"],
        chairs=row["chairs"],
        is_owner=row["owns"],
    )


def selections_of(person_id: UUID) -> QuerySet[Selection]:
    """In which somebody has a part."""
    mine = {"selection": OuterRef("pk"), "person": person_id}
    return selections().filter(
        Exists(RollMember.objects.filter(**mine))
        | Exists(Standing.objects.filter(**mine).exclude(state__in=OUT))
        | Exists(PanelMember.objects.filter(**mine))
    )


def standings_of(selection: Selection) -> QuerySet[Standing]:
    return (
        Standing.objects.filter(selection=selection)
        .select_related("person", "person__unit")
        .order_by("person__search_key", "pk")
    )


def panel_of(selection: Selection) -> QuerySet[PanelMember]:
    return (
        PanelMember.objects.filter(selection=selection)
        .select_related("person", "person__unit")
        .order_by("-chairs", "person__search_key", "pk")
    )


def place_on_panel(selection: Selection, person_id: UUID) -> PanelMember | None:
    return PanelMember.objects.filter(selection=selection, person=person_id).first()


def entry_on_roll(selection: Selection, person_id: UUID) -> RollMember | None:
    entries = RollMember.objects.select_related("interviewer__person", "selection")
    return entries.filter(selection=selection, person=person_id).first()


def interviews_of(place: PanelMember) -> QuerySet[RollMember]:
    """Whom one of the panel interviews, who is to be offered a time on top."""
    return (
        RollMember.objects.filter(interviewer=place)
        .select_related("person", "person__unit")
        .order_by(F("offered_for").asc(nulls_first=True), "person__search_key", "pk")
    )


def interviews_with(person_id: UUID) -> QuerySet[RollMember]:
    """That have a time, on either side of the table."""
    mine = Q(person=person_id) | Q(interviewer__person=person_id, interviewer__stepped_back=False)
    entries = RollMember.objects.filter(mine, offered_for__isnull=False)
    return entries.select_related("selection__position").order_by("offered_for", "pk")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the interviews of a roll are; whoever is on the panel as well is not counted."""

    asked: int
    shared: int
    offered: int
    held: int
    declined: int

    @property
    def percent(self) -> int:
        """Of the roll, offered: rounded down."""
        return self.offered * 100 // self.asked if self.asked else 0


def coverage_of(selection: Selection) -> Coverage:
    return coverage_in([selection.pk])


def coverage_in(selection_ids: Collection[UUID]) -> Coverage:
    """Of some selections together. One query."""
    panel = PanelMember.objects.filter(selection=OuterRef("selection"), person=OuterRef("person"))
    row = RollMember.objects.filter(~Exists(panel), selection__in=selection_ids).aggregate(
        asked=Count("pk"),
        shared=Count("pk", filter=Q(interviewer__isnull=False)),
        offered=Count("pk", filter=Q(offered_for__isnull=False)),
        held=Count("pk", filter=Q(held_says_staff=True, held_says_interviewer=True)),
        declined=Count("pk", filter=Q(declined=True)),
    )
    return Coverage(**row)


def scores_in(selection: Selection) -> QuerySet[PanelScore]:
    """As far as whoever acts may see them: their own, and the others' when all have handed in."""
    found = PanelScore.objects.filter(panel_member__selection=selection, panel_member__stepped_back=False)
    return found.select_related("panel_member__person").order_by("panel_member__person__search_key", "pk")


def events_of(selection: Selection) -> QuerySet[SelectionEvent]:
    return SelectionEvent.objects.filter(selection=selection).order_by("at", "pk")


def ballots_that_are_over(on: dt.date) -> QuerySet[Selection]:
    return Selection.objects.filter(state=SelectionState.BALLOT, closes_on__lt=on)


# What waits for somebody: succession/today.py.


def asked_to_stand(person_id: UUID) -> QuerySet[Standing]:
    running = Standing.objects.filter(selection__state=SelectionState.PREPARING)
    return running.filter(person=person_id, state=StandingState.ASKED).select_related("selection__position")


def ballots_for(person_id: UUID, *, on: dt.date) -> QuerySet[Selection]:
    """Open ones in which whoever acts has not voted."""
    mine = {"selection": OuterRef("pk"), "person": person_id}
    voted = Func(F("pk"), function="succession_has_voted", output_field=BooleanField())
    found = Selection.objects.select_related("position").filter(
        Exists(RollMember.objects.filter(**mine)),
        ~Exists(PanelMember.objects.filter(**mine)),
        state=SelectionState.BALLOT,
        closes_on__gte=on,
    )
    return found.alias(has_voted=voted).filter(has_voted=False).order_by("closes_on", "pk")


def interviews_to_confirm(person_id: UUID, *, on: dt.date) -> QuerySet[RollMember]:
    """One's own, offered and not answered for."""
    entries = RollMember.objects.select_related("selection__position", "interviewer__person")
    return entries.filter(
        person=person_id,
        selection__state__in=RUNNING_STATES,
        offered_for__isnull=False,
        held_says_staff=False,
        declined=False,
        wants_other=False,
    ).order_by("offered_for", "pk")


def panels_to_declare(person_id: UUID) -> QuerySet[PanelMember]:
    places = PanelMember.objects.select_related("selection__position")
    return places.filter(person=person_id, declared_on=None, selection__state__in=RUNNING_STATES)


def panels_to_interview(person_id: UUID) -> QuerySet[PanelMember]:
    waiting = RollMember.objects.filter(Q(offered_for=None) | Q(wants_other=True), interviewer=OuterRef("pk"))
    places = PanelMember.objects.select_related("selection__position")
    return places.filter(
        Exists(waiting), person=person_id, stepped_back=False, selection__state=SelectionState.PREPARING
    )


def panels_to_score(person_id: UUID) -> QuerySet[PanelMember]:
    places = PanelMember.objects.select_related("selection__position")
    return places.filter(
        person=person_id,
        stepped_back=False,
        handed_in_on=None,
        selection__state=SelectionState.SELECTING,
    )


def panels_to_decide(person_id: UUID) -> QuerySet[PanelMember]:
    """For whoever chairs, once all have handed in."""
    missing = PanelMember.objects.filter(
        selection=OuterRef("selection"), stepped_back=False, handed_in_on=None
    )
    places = PanelMember.objects.select_related("selection__position")
    return places.filter(
        ~Exists(missing), person=person_id, chairs=True, selection__state=SelectionState.SELECTING
    )


def selections_for_hr() -> QuerySet[Selection]:
    """What is prepared, or waits for its appointment."""
    waiting = (SelectionState.PREPARING, SelectionState.DECIDED)
    return Selection.objects.select_related("position").filter(state__in=waiting).order_by("opened_on", "pk")


def holder_until(position_id: UUID, *, on: dt.date) -> Appointment | None:
    """Who holds a position now, not as interim cover."""
    held = Appointment.objects.filter(in_force(on), position=position_id, interim=False)
    return held.select_related("person").first()
