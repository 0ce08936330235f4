"""A survey that is open on the day of the demo: most have still to answer, all personas among them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from uuid import UUID

from clinicleader.demo.staff import Staff
from surveys.models import Instrument, RollEntry, Wave
from surveys.papers import paper_of
from surveys.services.answering import send_answers
from surveys.services.waves import open_unasked, write_draft
from tenancy.scope import current_organization_id, tenant_scope

OPEN_FOR = dt.timedelta(days=5)
STILL_OPEN = dt.timedelta(days=9)
ANSWERED = 0.4
REMARKS = (
    "The huddle at eight has made the day calmer.",
    "I would stay for the team. The rota makes it hard.",
    "We were asked for ideas in spring and have not heard since.",
    "Time for teaching is the first thing to go.",
)


def open_cultural_audit(staff: Staff, today: dt.date, dice: random.Random) -> Wave:
    """Ask everybody how doctors and managers get on; two in five have answered."""
    wave = write_draft(
        Wave(
            instrument=Instrument.objects.filter(key="cultural_audit").latest("version"),
            title=f"Cultural audit {today:%B %Y}",
            opens_on=today - OPEN_FOR,
            closes_on=today + STILL_OPEN,
        )
    )
    open_unasked(wave, on=today)
    personas = {person.id for person in staff.people if person.part}
    for person_id in (
        RollEntry.objects.filter(wave=wave).order_by("person__search_key").values_list("person_id", flat=True)
    ):
        if person_id not in personas and dice.random() < ANSWERED:
            _answer(wave, person_id, dice)
    return wave


def _answer(wave: Wave, person_id: UUID, dice: random.Random) -> None:
    leaning = dice.gauss(3.7, 0.8)
    answers = [
        min(max(round(dice.gauss(leaning, 0.6)), item.low), item.high) for item in paper_of(wave).items
    ]
    remark = dice.choice(REMARKS) if dice.random() < 0.1 else ""
    send_as(person_id, wave, answers, remark)


def send_as(person_id: UUID, wave: Wave, answers: Sequence[int | None], remark: str = "") -> None:
    """Answer a survey as somebody who was asked."""
    with tenant_scope(current_organization_id(), actor_id=person_id, request_id="demo", reason="demo"):
        send_answers(wave, answers, remark)
