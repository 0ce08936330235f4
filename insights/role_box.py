"""The box of a role pulse as Python sees it: one function of the database each (sql/role_pulse.sql).

Whoever answers is the actor of the scope, never an argument: no page can answer for somebody else by mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from insights.models import RolePulse

CLEARED: Final = (
    *("insights_rolepulsekey", "insights_rolepulseparticipation"),
    *("insights_pendingroleanswer", "insights_rolepulsetally"),
)


class Became(StrEnum):
    """What became of an answer. All but the first leave nothing behind."""

    COUNTED = "counted"
    AGAIN = "again"
    CLOSED = "closed"
    NOT_ASKED = "not asked"
    LEFT = "left"
    UNFIT = "unfit"


def open_box(pulse: RolePulse) -> None:
    """Make the key that tells who has answered. The roll is written already, and frozen with this."""
    _value("insights_open_role_pulse(%s)", pulse.pk)


def put_in(pulse: RolePulse, answers: Sequence[int]) -> Became:
    """The seven answers of the scope's actor, in the order of the sentences."""
    return Became(_value("insights_answer_role_pulse(%s, %s::smallint[])", pulse.pk, list(answers)))


def has_answered(pulse: RolePulse) -> bool:
    """Whether the scope's actor has answered an open pulse."""
    return bool(_value("insights_has_answered(%s)", pulse.pk))


def close_box(pulse: RolePulse) -> None:
    """After the last day, once: what may be told is written down, and all else deleted."""
    _value("insights_close_role_pulse(%s)", pulse.pk)


def clear_traces() -> None:
    """Clear the space that deleted rows held, outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {', '.join(CLEARED)}")


def _value(function: str, *arguments: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}", arguments)
        ((value,),) = cursor.fetchall()
    return value
