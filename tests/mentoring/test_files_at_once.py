"""Calendar files of one mentor, sent at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from mentoring.services.calendars import count_with_file
from mentoring.services.hours import lock_own_profile
from people.member import Member
from people.models import Person
from people.queries import member_for
from tenancy.scope import tenant_transaction
from tests.factories.mentoring import make_profile
from tests.world import World


def test_files_sent_at_once_do_not_wait_for_each_other(committed_mercy: World) -> None:
    """One is read; the other one's request is answered at once, not after it."""
    world = committed_mercy
    make_profile(world.mara)
    reading, answered = threading.Event(), threading.Event()

    def hold() -> None:
        with tenant_transaction(world.organization.pk):
            lock_own_profile(by=member_of(world.mara))
            reading.set()
            answered.wait(20)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert reading.wait(20)
    with tenant_transaction(world.organization.pk), pytest.raises(ValidationError, match="just now"):
        count_with_file(b"", by=member_of(world.mara))
    answered.set()
    thread.join()


def member_of(person: Person) -> Member:
    found = member_for(person.pk, on=timezone.localdate())
    assert found is not None
    return found
