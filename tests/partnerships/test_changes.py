"""One half leaves, moves or loses the position: noticed at night, answered by the others."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.enums import Part
from partnerships.models import Partner, PartnerChange, Partnership
from partnerships.queries.partnerships import position_for
from partnerships.services.changes import notice_changes
from partnerships.services.partners import Newcomer, add_partner, keep_partner
from partnerships.services.partnerships import end_partnership
from people.models import Appointment
from tests.due import due_items
from tests.factories.people import make_unit
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def leave(world: World) -> None:
    world.mara.end_date = TODAY - DAY
    world.mara.save(update_fields=["end_date"])


def move(world: World) -> None:
    world.mara.unit = make_unit(world.organization, "Surgery")
    world.mara.save(update_fields=["unit"])


def step_down(world: World) -> None:
    Appointment.objects.filter(person=world.mara).update(end_date=TODAY)


@pytest.fixture
def chaired(mercy: World, dyad: Partnership) -> Partnership:
    """Mara is in it as head of cardiology."""
    held = position_for(mercy.mara, mercy.unit, on=TODAY)
    assert held is not None
    Partner.objects.filter(person=mercy.mara).update(position=held)
    return dyad


@pytest.mark.parametrize(
    ("happens", "cause", "what"),
    [
        (leave, "left", "has left the organisation"),
        (move, "moved", "works in another unit now"),
        (step_down, "appointment", "no longer holds the position"),
    ],
)
def test_the_others_and_hr_are_told_once(
    mercy: World, chaired: Partnership, happens: object, cause: str, what: str
) -> None:
    assert notice_changes(on=TODAY) == 0
    happens(mercy)  # type: ignore[operator]  # one of the three above
    assert notice_changes(on=TODAY) == 1
    assert notice_changes(on=TODAY) == 0
    assert PartnerChange.objects.get().cause == cause
    words = f"Mara Mercy {what}: how does the partnership of Cardiology go on?"
    assert told() == [({mercy.ada.pk, mercy.henry.pk}, words)]
    for who in (mercy.ada, mercy.henry):
        (item,) = due_items("partnerships", member_of(who), mercy.slug, TODAY)
        assert (item.detail, item.due) == (f"Mara Mercy {what}.", TODAY + 14 * DAY)
    assert due_items("partnerships", member_of(mercy.colin), mercy.slug, TODAY) == []


def test_who_left_is_no_partner_from_the_day_after(mercy: World, dyad: Partnership) -> None:
    leave(mercy)
    notice_changes(on=TODAY)
    assert Partner.objects.get(person=mercy.mara).end_date == TODAY


def test_a_new_half_settles_it(mercy: World, dyad: Partnership) -> None:
    leave(mercy)
    notice_changes(on=TODAY)
    add_partner(dyad, Newcomer(Part.ADMINISTRATOR, mercy.colin, 20), by=member_of(mercy.ada))
    assert PartnerChange.objects.get().settled_on == TODAY
    assert due_items("partnerships", member_of(mercy.ada), mercy.slug, TODAY) == []


def test_what_was_settled_does_not_come_back(mercy: World, dyad: Partnership) -> None:
    move(mercy)
    notice_changes(on=TODAY)
    keep_partner(PartnerChange.objects.select_related("partner__partnership").get(), by=member_of(mercy.ada))
    assert notice_changes(on=TODAY) == 0


def test_a_second_term_is_no_loss(mercy: World, chaired: Partnership) -> None:
    appointment = Appointment.objects.get(person=mercy.mara)
    step_down(mercy)
    Appointment.objects.create(
        position=appointment.position, person=mercy.mara, start_date=TODAY, term_number=2
    )
    assert notice_changes(on=TODAY) == 0


def test_nobody_asks_after_the_end(mercy: World, dyad: Partnership) -> None:
    end_partnership(dyad, by=member_of(mercy.ada))
    leave(mercy)
    assert notice_changes(on=TODAY) == 0
