"""Questions about waves on their way: what is prepared, what runs, who is asked. None about answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet

from people.member import Member
from surveys.enums import WaveState
from surveys.models import RollEntry, Wave
from surveys.reminder_days import reminder_days
from tenancy.jobs import first_step
from tenancy.models import JobStep

PUBLISH_JOB = "surveys.publish"


@dataclass(frozen=True, slots=True)
class ReminderLink:
    """What the page behind a mail's link says: of which wave, and whether there is anything to stop."""

    title: str
    is_open: bool
    wanted: bool


def waves_on_their_way() -> QuerySet[Wave]:
    """Waves that run here and are not published, those that need somebody first."""
    return (
        Wave.objects.filter(imported=False)
        .exclude(state=WaveState.PUBLISHED)
        .select_related("instrument", "unit", "cohort")
        .order_by("opens_on", "title")
    )


def waves_asking(member: Member, *, on: dt.date) -> QuerySet[Wave]:
    """The waves that a member can answer on a day, with `answered`, which the ballot box tells nobody else.
    Runs inside the member's own scope."""
    return (
        Wave.objects.filter(state=WaveState.OPEN, closes_on__gte=on, roll__person=member.person_id)
        .annotate(answered=Func(F("pk"), function="surveys_has_answered", output_field=BooleanField()))
        .order_by("closes_on", "title")
    )


def roll_size(wave: Wave) -> int:
    """How many a wave asks."""
    return RollEntry.objects.filter(wave=wave).count()


def reminders_of(entry_id: UUID) -> ReminderLink | None:
    """What to say to whoever opens the link of a place on a roll."""
    entry = RollEntry.objects.select_related("wave").filter(pk=entry_id).first()
    if entry is None:
        return None
    return ReminderLink(entry.wave.title, entry.wave.state == WaveState.OPEN, entry.wants_reminders)


def reminders_of_wave(wave: Wave) -> list[dt.date]:
    """The days on which those who have not answered are reminded."""
    return list(reminder_days(wave.opens_on, wave.closes_on).values())


def publishing_step(wave: Wave) -> JobStep | None:
    """The ledger's step that publishes a wave; None before it was asked for."""
    return first_step(PUBLISH_JOB, str(wave.pk))
