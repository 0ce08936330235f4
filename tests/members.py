"""People as the services know who is acting."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from people.member import Member
from people.models import Person
from people.queries import member_for


def member_of(person: Person, *, on: dt.date | None = None) -> Member:
    """As a request would load them, today or on another day. Needs a scope."""
    member = member_for(person.pk, on=on or timezone.localdate())
    assert member is not None
    return member
