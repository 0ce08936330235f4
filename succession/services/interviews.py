"""Interviews of the staff by the panel: shared out, offered, confirmed by both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.notices import notify
from succession import selection_notices as notices
from succession.enums import SelectionState, SelectionStep
from succession.models import PanelMember, RollMember, Selection
from succession.permissions import INTERVIEW_IS_ANSWERED_BY, INTERVIEWS_ARE_HELD_BY, can_interview
from succession.queries.selections import panel_of, place_on_panel, seat_in
from succession.services.selections import locked_for, locked_in, log
from succession.slate import LEAST as PANEL_LEAST


@transaction.atomic
def share_out(selection: Selection, *, by: Member) -> int:
    """Everybody on the roll who has no time yet gets one of the panel, in turn. How many."""
    locked = locked_for(selection, by, SelectionState.PREPARING)
    panel = [each for each in panel_of(locked) if each.declared_on and not each.stepped_back]
    if len(panel) < PANEL_LEAST:
        words = _("%(least)d of the panel first have to say whether they have a conflict; %(there)d did.")
        raise ValidationError(words % {"least": PANEL_LEAST, "there": len(panel)})
    own = PanelMember.objects.filter(selection=locked).values("person")
    waiting = RollMember.objects.filter(selection=locked, offered_for=None).exclude(person__in=own)
    entries = list(waiting.order_by("person__search_key", "pk"))
    for entry, place in zip(entries, cycle(panel), strict=False):
        entry.interviewer = place
    RollMember.objects.bulk_update(entries, ["interviewer"], batch_size=1000)
    log(locked, SelectionStep.SHARED, interviews=len(entries))
    return len(entries)


@dataclass(frozen=True, slots=True)
class Slots:
    """Times one after the other, from a moment on."""

    starts_at: dt.datetime
    minutes: int
    count: int
    place: str

    def times(self) -> Iterable[dt.datetime]:
        return (self.starts_at + dt.timedelta(minutes=self.minutes * at) for at in range(self.count))


@transaction.atomic
def offer(selection: Selection, *, slots: Slots, by: Member) -> list[RollMember]:
    """Offer times in a row to those of one's people who have none, or want another one, by name."""
    locked = locked_in(selection, SelectionState.PREPARING)
    demand(can_interview(seat_in(locked, by.person_id, on=timezone.localdate())), INTERVIEWS_ARE_HELD_BY)
    if slots.starts_at <= timezone.now():
        raise ValidationError({"day": _("An interview lies ahead: choose a later day or time.")})
    place = place_on_panel(locked, by.person_id)
    waiting = RollMember.objects.select_for_update(of=("self",)).filter(
        Q(offered_for=None) | Q(wants_other=True), interviewer=place
    )
    entries = list(waiting.order_by("person__search_key", "pk")[: slots.count])
    if not entries:
        raise ValidationError(_("Everybody has a time."))
    for entry, time in zip(entries, slots.times(), strict=False):
        entry.offered_for, entry.minutes, entry.place = time, slots.minutes, slots.place
        entry.wants_other = False
    RollMember.objects.bulk_update(entries, ["offered_for", "minutes", "place", "wants_other"])
    notify({entry.person_id for entry in entries}, notices.interview_offered(locked))
    return entries


@transaction.atomic
def confirm_held(entry: RollMember, *, by: Member) -> RollMember:
    """It took place, says whichever of the two acts."""
    locked = _locked(entry)
    if locked.offered_for is None or locked.offered_for > timezone.now():
        raise ValidationError(_("It has not begun yet."))
    if by.person_id == locked.person_id:
        locked.held_says_staff = True
    elif locked.interviewer is not None and by.person_id == locked.interviewer.person_id:
        locked.held_says_interviewer = True
    else:
        demand(allowed=False, words=INTERVIEW_IS_ANSWERED_BY)
    locked.save(update_fields=["held_says_staff", "held_says_interviewer"])
    return locked


@transaction.atomic
def ask_another_time(entry: RollMember, *, by: Member) -> RollMember:
    """The offer still counts; another one is to follow."""
    locked = _locked(entry)
    demand(by.person_id == locked.person_id, INTERVIEW_IS_ANSWERED_BY)
    _require_offer(locked)
    locked.wants_other = True
    locked.save(update_fields=["wants_other"])
    return locked


@transaction.atomic
def decline_interview(entry: RollMember, *, by: Member) -> RollMember:
    """Rather not. Nobody has to say why; it was offered."""
    locked = _locked(entry)
    demand(by.person_id == locked.person_id, INTERVIEW_IS_ANSWERED_BY)
    _require_offer(locked)
    locked.declined, locked.wants_other = True, False
    locked.save(update_fields=["declined", "wants_other"])
    return locked


def _require_offer(entry: RollMember) -> None:
    if entry.offered_for is None:
        raise ValidationError(_("No time was offered yet."))
    if entry.held_says_staff or entry.declined:
        raise ValidationError(_("You have answered already."))


def _locked(entry: RollMember) -> RollMember:
    locked_in(entry.selection)
    entries = RollMember.objects.select_related("interviewer", "selection")
    return entries.select_for_update(of=("self",)).get(pk=entry.pk)
