"""How well an organisation is provided with admins: pure arithmetic on their last days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import IntEnum


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
