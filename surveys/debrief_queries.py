"""Questions about debriefs: who is to talk with whom, what came of it, and who may read that."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.member import Member
from people.models import Appointment, Person, ReportingLine, Unit
from people.queries import employed, in_force
from surveys.enums import ActionState, CellShown, DebriefStanding, DebriefState
from surveys.models import (
    Debrief,
    DebriefAction,
    PublishedIndex,
    PublishedWave,
    ReleaseCertificate,
    RollEntry,
    Wave,
)
from surveys.timing import REMINDED_AGAIN_AFTER, WORD_WANTED_AFTER, share_done


def published_cells_with_leader(wave_id: UUID) -> list[tuple[UUID, UUID]]:
    """Unit and leader of each report of a wave that has figures and is about somebody."""
    cells = PublishedIndex.objects.filter(wave=wave_id, state=CellShown.PUBLISHED, leader__isnull=False)
    return list(cells.order_by("position").values_list("unit_id", "leader_id"))


def waves_published_on(day: dt.date) -> QuerySet[PublishedWave]:
    """The waves published on one day of the organisation's calendar."""
    return PublishedWave.objects.filter(published_at__date=day).select_related("wave")


def debriefs_of(member: Member, *, on: dt.date) -> QuerySet[Debrief]:
    """Debriefs that a member takes part in: as leader, as coach, as the immediate leader from the day on
    which they may read the report. Open ones first, by date."""
    return (
        Debrief.objects.filter(
            Q(leader=member.person_id)
            | Q(coach=member.person_id)
            | Q(leader__in=member.reports, manager_from__lte=on)
        )
        .select_related("wave", "unit", "leader")
        .order_by("-state", "due_on", "pk")
    )


def debriefs_with_page(member: Member, *, on: dt.date) -> QuerySet[Debrief]:
    """As `debriefs_of`, with what a debrief's own page shows."""
    return debriefs_of(member, on=on).select_related("coach", "conducted_by").prefetch_related("actions")


def actions_waiting_for_word(leader_id: UUID, *, on: dt.date) -> QuerySet[DebriefAction]:
    """What a leader agreed to whose day has come without word of it, and what still goes on a month after the
    last word; the longest due first."""
    open_ones = DebriefAction.objects.filter(
        Q(said_on=None, due_on__lte=on) | Q(said_on__lte=on - WORD_WANTED_AFTER),
        debrief__leader=leader_id,
        state__in=[ActionState.AGREED, ActionState.GOING],
    )
    return open_ones.select_related("debrief__unit").order_by("due_on", "debrief", "position")


def debriefs_on(wave: Wave, *, standing: str = "", on: dt.date) -> QuerySet[Debrief]:
    """The debriefs of a wave, or those that stand in one way on a day, with their state, open ones first."""
    standings = {
        DebriefStanding.OPEN: Q(state=DebriefState.OPEN, due_on__gte=on),
        DebriefStanding.OVERDUE: Q(state=DebriefState.OPEN, due_on__lt=on),
        DebriefStanding.HELD: Q(state=DebriefState.DONE),
    }
    wanted = standings[DebriefStanding(standing)] if standing else Q()
    return (
        Debrief.objects.filter(wanted, wave=wave)
        .select_related("unit", "leader", "conducted_by")
        .order_by("-state", "due_on", "unit__name", "pk")
    )


def debriefs_to_remind_of(wave: Wave, *, on: dt.date) -> QuerySet[Debrief]:
    """The open debriefs of a wave whose leader works here and of which nobody was reminded lately."""
    return Debrief.objects.filter(
        Q(leader__end_date__isnull=True) | Q(leader__end_date__gte=on),
        Q(reminded_on__isnull=True) | Q(reminded_on__lte=on - REMINDED_AGAIN_AFTER),
        wave=wave,
        state=DebriefState.OPEN,
    )


def people_to_coach(debrief: Debrief, *, on: dt.date) -> QuerySet[Person]:
    """Everybody who works here and is not the leader can coach."""
    return Person.objects.filter(employed(on)).exclude(pk=debrief.leader_id).select_related("unit")


def calls_for_any(wave: Wave) -> bool:
    """Whether a wave calls for debriefs at all: one about the workplace, or long ago, does not."""
    return Debrief.objects.filter(wave=wave).exists()


def debrief_share(wave: Wave, *, on: dt.date) -> float:
    """Which share of a wave's debriefs was held, 0 to 1; of leaders who still work here."""
    return share_done(*debrief_counts(wave, on=on))


def debrief_counts(wave: Wave, *, on: dt.date) -> tuple[int, int]:
    """How many of a wave's debriefs were held, of how many; of leaders who still work here."""
    counts = Debrief.objects.filter(
        Q(leader__end_date__isnull=True) | Q(leader__end_date__gte=on), wave=wave
    ).aggregate(all=Count("pk"), done=Count("pk", filter=Q(state=DebriefState.DONE)))
    return counts["done"], counts["all"]


def manager_of(person_id: UUID, *, on: dt.date) -> Person | None:
    """Somebody's immediate leader on a day."""
    line = ReportingLine.objects.filter(in_force(on), person=person_id).select_related("manager").first()
    return line.manager if line else None


def managers_of(person_ids: set[UUID], *, on: dt.date) -> set[UUID]:
    """The immediate leaders of some people on a day, in one query."""
    lines = ReportingLine.objects.filter(in_force(on), person__in=person_ids)
    return set(lines.values_list("manager", flat=True))


def units_answered_for(member: Member, *, on: dt.date) -> set[UUID]:
    """The units that somebody answers for: those of the rolls they stood on, the own one, and those led by
    the immediate leader. Two queries."""
    return {member.unit_id, *_asked_about(member), *_led_by_manager(member, on=on)}


def _asked_about(member: Member) -> QuerySet[RollEntry, UUID]:
    return RollEntry.objects.filter(person=member.person_id).values_list("unit_id", flat=True)


def _led_by_manager(member: Member, *, on: dt.date) -> QuerySet[Appointment, UUID]:
    return Appointment.objects.filter(
        in_force(on),
        position__leads_unit=True,
        person__in=ReportingLine.objects.filter(in_force(on), person=member.person_id).values("manager"),
    ).values_list("position__unit", flat=True)


def people_who_answered_for(debrief: Debrief, *, on: dt.date) -> set[UUID]:
    """Those who work here and were asked about the unit then, or belong to it now."""
    asked = RollEntry.objects.filter(wave=debrief.wave_id, unit=debrief.unit_id).values("person")
    people = Person.objects.filter(employed(on), Q(unit=debrief.unit_id) | Q(pk__in=asked))
    return set(people.values_list("pk", flat=True))


def what_came_of(unit: Unit) -> QuerySet[Debrief]:
    """The debriefs held about a unit, newest first, with what was agreed."""
    return _held_debriefs().filter(unit=unit).prefetch_related("actions")


def what_came_of_answers(member: Member, *, on: dt.date) -> QuerySet[Debrief]:
    """The debriefs held about the units that somebody answers for, newest first."""
    answered = Q(unit=member.unit_id) | Q(unit__in=_asked_about(member))
    return _held_debriefs().filter(answered | Q(unit__in=_led_by_manager(member, on=on)))


def _held_debriefs() -> QuerySet[Debrief]:
    held = Debrief.objects.filter(state=DebriefState.DONE)
    return held.select_related("wave", "unit", "leader").order_by("-held_on", "pk")


def last_certificate_about(unit_id: UUID) -> ReleaseCertificate | None:
    """The certificate of the last published wave that asked people of a unit or below it."""
    asked = PublishedIndex.objects.filter(wave=OuterRef("wave"), unit=unit_id)
    certificates = ReleaseCertificate.objects.filter(Exists(asked)).select_related("wave")
    return certificates.order_by("-wave__closes_on", "-pk").first()
