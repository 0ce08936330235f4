"""A role pulse at each of its stages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils import timezone

from insights.enums import Structure
from insights.models import RolePulse, RolePulseLeader
from insights.role_box import Became, close_box, open_box, put_in
from people.enums import Profession
from people.models import Person
from tenancy.scope import tenant_transaction
from tests.factories.people import new_person
from tests.factories.selections import acting
from tests.world import World

DAY: Final = dt.timedelta(days=1)
SAID: Final = (4, 2, 3, 5, 4, 3, 2)


def make_role_pulse(
    world: World,
    roll: Iterable[Person] | Mapping[Person, tuple[Profession, Structure]] = (),
    *,
    opened: int = 0,
) -> RolePulse:
    """Opened by Henry `opened` days ago and open for ten days more; it asks physicians who lead alone, or
    each as what the roll says."""
    today = timezone.localdate()
    people = (
        roll if isinstance(roll, Mapping) else dict.fromkeys(roll, (Profession.PHYSICIAN, Structure.SINGLE))
    )
    with tenant_transaction(world.organization.pk):
        made = RolePulse.objects.create(
            opened_on=today - opened * DAY,
            opened_by=world.henry,
            closes_on=today + 10 * DAY,
            asked=len(people),
        )
        RolePulseLeader.objects.bulk_create(
            RolePulseLeader(pulse=made, person=person, profession=profession, structure=structure)
            for person, (profession, structure) in people.items()
        )
        open_box(made)
    return made


def make_leaders(world: World, count: int) -> list[Person]:
    """People of cardiology, by themselves on no roll."""
    people = [new_person(world.organization, f"L{place}", world.unit, email="") for place in range(count)]
    with tenant_transaction(world.organization.pk):
        return Person.objects.bulk_create(people)


def say(pulse: RolePulse, person: Person, answers: Sequence[int] = SAID) -> Became:
    """Somebody answers."""
    with acting(person):
        return put_in(pulse, answers)


def close_role_pulse(pulse: RolePulse) -> RolePulse:
    """As the nightly job does when its last day is past. It was opened a day earlier at least."""
    today = timezone.localdate()
    with tenant_transaction(pulse.organization_id):
        RolePulse.objects.filter(pk=pulse.pk).update(
            closes_on=today - DAY, opened_on=min(pulse.opened_on, today - 2 * DAY)
        )
        close_box(pulse)
        return RolePulse.objects.get(pk=pulse.pk)


def make_closed_role_pulse(world: World, *asked: Person, opened: int = 40) -> RolePulse:
    """Six others have answered, and those who are named."""
    roll = [*asked, *make_leaders(world, 6)]
    pulse = make_role_pulse(world, roll, opened=opened)
    for person in roll:
        say(pulse, person)
    return close_role_pulse(pulse)
