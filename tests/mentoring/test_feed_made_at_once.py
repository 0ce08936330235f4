"""The secret address of one's calendar, asked for several times at the same moment."""

from __future__ import annotations

import threading

from django.db import connections

from mentoring.models import CalendarFeed
from mentoring.services.calendar_feed import make_feed
from tenancy.scope import tenant_transaction
from tests.members import member_of
from tests.world import World

PRESSES = 8


def test_the_last_of_several_presses_holds(committed_mercy: World) -> None:
    """Each press makes an address and none breaks on another one's."""
    world = committed_mercy
    together, made, broken = threading.Barrier(PRESSES), [], []

    def press() -> None:
        try:
            with tenant_transaction(world.organization.pk):
                ada = member_of(world.ada)
                together.wait(timeout=60)
                made.append(make_feed(by=ada).pk)
        except Exception as error:  # noqa: BLE001 - whatever it is, the press broke
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert (len(made), broken) == (PRESSES, [])
    with tenant_transaction(world.organization.pk):
        assert CalendarFeed.objects.get(person=world.ada).pk in made
