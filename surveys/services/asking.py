"""Asking people of a wave's roll: the invitation, and what is left of it once the wave is closed.

Who was reminded on one day and not on another has answered between the two. So reminders leave no list: they
are written straight to their recipients' own pages, a mail's row forgets for whom it was as soon as it is
sent, and at the close whatever is left of all asking is deleted.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from people.models import Person
from people.notices import forget_notices, notify, tell_at_once
from surveys import notices
from surveys.ballot_box import to_remind
from surveys.enums import WaveState
from surveys.models import RollEntry, Wave
from tenancy.jobs import post_many
from tenancy.models import OutboxMessage

INVITATION_TOPIC = "surveys.invitation"
REMINDER_TOPIC = "surveys.reminder"


def invite_roll(wave: Wave) -> None:
    """Tell everybody on the roll of an open wave that they are asked, here and by mail."""
    if wave.state != WaveState.OPEN:
        return
    asked = list(RollEntry.objects.filter(wave=wave).values_list("person_id", flat=True))
    notify(asked, notices.asked(wave))
    _post(INVITATION_TOPIC, wave, asked)


def remind(wave: Wave) -> None:
    """Remind those of an open wave who have not answered and have not stopped reminders."""
    if wave.state != WaveState.OPEN:
        return
    waiting = to_remind(wave)
    tell_at_once(waiting, notices.reminder(wave))
    _post(REMINDER_TOPIC, wave, waiting)


def stop_reminders(entry_id: UUID) -> None:
    """Remind somebody of a wave no more. Whoever has the link from their mail may say so."""
    RollEntry.objects.filter(pk=entry_id, wave__state=WaveState.OPEN).update(wants_reminders=False)


def forget_asking(wave: Wave) -> None:
    """Delete all that says who was asked or reminded when; of the roll only who was on it stays."""
    forget_notices(notices.answer_path(wave))
    OutboxMessage.objects.filter(
        topic__in=[INVITATION_TOPIC, REMINDER_TOPIC], payload__wave=str(wave.pk)
    ).delete()
    # Those who stopped reminders had perhaps not answered yet.
    with connection.cursor() as cursor:
        cursor.execute("SELECT surveys_forget_stops(%s)", [wave.pk])


def clear_traces_of_asking() -> None:
    """Clear the space that deleted rows held, outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM surveys_rollentry, people_notification, tenancy_outboxmessage")


def _post(topic: str, wave: Wave, person_ids: list[UUID]) -> None:
    """One message for each who has an address, in the order of their ids."""
    reachable = Person.objects.filter(pk__in=person_ids).exclude(email="").order_by("pk")
    post_many(topic, [(who, {"wave": str(wave.pk)}) for who in reachable.values_list("pk", flat=True)])
