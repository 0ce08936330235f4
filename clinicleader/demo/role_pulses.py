"""Two role pulses that are over, and one that asks everybody who leads."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final

from django.utils import timezone

from clinicleader.demo.staff import Staff
from insights.enums import Scale, Structure
from insights.models import RolePulse, RolePulseLeader
from insights.role_box import close_box, put_in
from insights.role_items import HIGHEST, ITEMS, LOWEST
from insights.services.role_pulses import write_roll
from people.enums import Profession
from tenancy.scope import current_organization_id, tenant_scope

DAY: Final = dt.timedelta(days=1)
ROUNDS: Final = ((340, 21), (180, 21), (6, 15))  # opened so many days ago, open for so many days
LEVEL: Final = {
    Scale.STRAIN: 3.2,
    Scale.SIDE: 2.4,
    Scale.COMMITMENT: 3.9,
    Scale.STRUCTURE: 3.2,
    Scale.RELATIONS: 3.0,
}
PARTNERS: Final = frozenset({Structure.DYAD, Structure.TRIAD})
TOGETHER: Final = {Scale.STRAIN: -0.4, Scale.STRUCTURE: 0.7, Scale.RELATIONS: 0.9}  # who leads with partners
DOCTORS: Final = {Scale.STRAIN: 0.5, Scale.SIDE: 0.6}
EACH_ROUND: Final = {Scale.STRAIN: -0.15, Scale.STRUCTURE: 0.15, Scale.RELATIONS: 0.2}


def fill_role_pulses(staff: Staff, today: dt.date, rng: random.Random) -> None:
    """After the partnerships. In the open one nobody of the personas has answered: that is theirs to do."""
    hr = staff.part("hr_admin").id
    for place, (ago, days) in enumerate(ROUNDS):
        opened = today - ago * DAY
        is_over = opened + days * DAY < today
        # The database takes answers by its own clock: a round that is over gets its last day afterwards.
        last = max(today, timezone.localdate()) + DAY if is_over else opened + days * DAY
        pulse = RolePulse(opened_on=opened, opened_by_id=hr, closes_on=last)
        roll = write_roll(pulse)
        if is_over:
            # Partners all answer: they are few, and groups of fewer than five are not told.
            said = [each for each in roll if each.structure in PARTNERS or rng.random() < 0.8]
        else:
            personas = {person.id for person in staff.people if person.part}
            said = [each for each in roll if each.person_id not in personas and rng.random() < 0.3]
        _answer(said, place, rng)
        if is_over:
            RolePulse.objects.filter(pk=pulse.pk).update(closes_on=opened + days * DAY)
            close_box(pulse)


def _answer(said: list[RolePulseLeader], place: int, rng: random.Random) -> None:
    for entry in said:
        own = rng.gauss(0, 0.5)
        answers = [_level(entry, item.scale, place) + own + rng.gauss(0, 0.7) for item in ITEMS]
        with tenant_scope(
            current_organization_id(), actor_id=entry.person_id, request_id="demo", reason="demo"
        ):
            put_in(entry.pulse, [min(max(round(answer), LOWEST), HIGHEST) for answer in answers])


def _level(entry: RolePulseLeader, scale: Scale, place: int) -> float:
    """Where somebody's answers to a scale lie, the first round being 0."""
    level = LEVEL[scale] + place * EACH_ROUND.get(scale, 0)
    if entry.structure in PARTNERS:
        level += TOGETHER.get(scale, 0)
    if entry.profession == Profession.PHYSICIAN:
        level += DOCTORS.get(scale, 0)
    return level
