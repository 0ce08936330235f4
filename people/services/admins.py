"""An organisation is never left without somebody who can administer it: the rule for every act that could."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import transaction
from django.utils import timezone

from people.enums import Role
from people.models import RoleGrant
from people.role_queries import last_days_of_admins


class LastAdminError(Exception):
    """Nobody would be left who can administer the organisation; nothing was done. It says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "The last organisation admin who stays and can sign in cannot go. "
            "Give somebody else the role first."
        )


class Provision(IntEnum):
    """How well an organisation is provided with admins who can sign in."""

    NOBODY = 0
    FOR_A_TIME = 1  # the last day of each of them is known
    LASTING = 2


def provision(last_days: Iterable[dt.date | None], *, on: dt.date) -> Provision:
    """What admins with these last days at work, None where none is known, are worth on a day."""
    return max(
        (
            Provision.LASTING if last is None else Provision.FOR_A_TIME
            for last in last_days
            if last is None or last >= on
        ),
        default=Provision.NOBODY,
    )


@contextmanager
def keeping_an_admin() -> Iterator[None]:
    """Undo the block and raise LastAdminError if the organisation is provided worse after it than before.

    So the last admin who stays cannot go, and in an organisation that has none yet nothing is forbidden.
    """
    with transaction.atomic():
        lock_admins()
        today = timezone.localdate()
        before = provision(last_days_of_admins().values(), on=today)
        yield
        if provision(last_days_of_admins().values(), on=today) < before:
            raise LastAdminError


def lock_admins() -> None:
    """Two who take away each other, by whatever act, come one after the other."""
    list(RoleGrant.objects.filter(role=Role.ORGANIZATION_ADMIN).order_by("pk").select_for_update())
