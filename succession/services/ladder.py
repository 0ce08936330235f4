"""The ladder of all terms, kept by the job ledger, and one rung of it taken."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.notices import notify
from succession import notices
from succession.enums import Rung
from succession.ladder import ladder
from succession.models import Intention, LadderTask
from succession.permissions import RUNGS_ARE_TAKEN_BY, can_take_rung
from succession.queries.pools import pool_of, seat_at
from succession.queries.terms import terms_in_force


@transaction.atomic
def keep_ladder() -> dict[str, int]:
    """A task for each appointment and rung whose day has come, once. What is not done moves with the end of
    its term, and is taken back where the term now ends later or is over. With the first rung the holder is
    asked what they intend, unless they said it."""
    today = timezone.localdate()
    terms = terms_in_force(today)
    due = {
        (appointment.pk, rung.value): day
        for appointment, term_ends in terms
        for rung, day in ladder(term_ends)
        if day <= today
    }
    there = {(each.appointment_id, each.rung): each for each in LadderTask.objects.select_for_update()}
    new = [
        LadderTask(appointment_id=key[0], rung=key[1], due_on=day)
        for key, day in due.items()
        if key not in there
    ]
    undone = {key: each for key, each in there.items() if each.done_on is None}
    stray = [each.pk for key, each in undone.items() if key not in due]
    moved = [each for key, each in undone.items() if key in due and each.due_on != due[key]]
    for each in moved:
        each.due_on = due[each.appointment_id, each.rung]
    LadderTask.objects.bulk_create(new, ignore_conflicts=True)
    LadderTask.objects.bulk_update(moved, ["due_on"])
    LadderTask.objects.filter(pk__in=stray).delete()
    said = {*Intention.objects.values_list("appointment", flat=True)}
    asked = {each.appointment_id for each in new if each.rung == Rung.REFRESH} - said
    for held, _term_ends in terms:
        if held.pk in asked:
            notify({held.person_id}, notices.intention_asked(held))
    return {"due": len(new), "moved": len(moved), "taken_back": len(stray)}


@transaction.atomic
def take_rung(task: LadderTask, *, by: Member) -> LadderTask:
    """It is done: by the owner of the pool or HR for the pool, by HR for the slate."""
    tasks = LadderTask.objects.select_related("appointment").select_for_update(of=("self",))
    locked = tasks.get(pk=task.pk)
    today = timezone.localdate()
    seat = seat_at(by, pool_of(locked.appointment.position_id), on=today)
    demand(can_take_rung(by, seat, Rung(locked.rung)), RUNGS_ARE_TAKEN_BY)
    if locked.done_on is not None:
        raise ValidationError(_("It has been done meanwhile."))
    locked.done_on, locked.done_by_id = today, by.person_id
    locked.save(update_fields=["done_on", "done_by"])
    return locked
