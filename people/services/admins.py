"""An organisation is never left without somebody who can administer it: the rule for every act that could."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from people.enums import Role
from people.models import RoleGrant
from people.provision import provision
from people.role_queries import last_days_of_admins


class LastAdminError(Exception):
    """Nobody would be left who can administer the organisation; nothing was done. It says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "The last organisation admin who stays and can sign in cannot go. "
            "Give somebody else the role first."
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
