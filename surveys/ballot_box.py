"""The ballot box as Python sees it: one function of the database each (sql/ballot_box.sql, sql/casting.sql).

Whoever answers is the actor of the scope, never an argument: no page can cast for somebody else by mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from surveys.models import Wave

CLEARED: Final = (
    *("surveys_wavekey", "surveys_participation", "surveys_pendingballot", "surveys_pendingcomment"),
    *("surveys_response", "surveys_comment", "surveys_gaptally"),
)


class Cast(StrEnum):
    """What became of a ballot. All but the first leave nothing behind."""

    COUNTED = "counted"
    AGAIN = "again"
    CLOSED = "closed"
    NOT_ASKED = "not asked"


def open_box(wave: Wave) -> None:
    """From draft to open: makes the key that tells nullifiers. The roll must be written before."""
    _value("surveys_open_wave(%s)", wave.pk)


def cast_ballot(
    wave: Wave,
    answers: Sequence[int | None],
    score: float | None,
    scales: Sequence[float | None],
    remark: str,
) -> Cast:
    """Put the answers of the scope's actor into an open wave, and say whether they were counted.

    `answers` by item position, None for "cannot say"; `score` and `scales` as surveys.questionnaire gives
    them. Raises django.db.Error for answers that do not fit the questions.
    """
    became = _value(
        "surveys_cast_ballot(%s, %s::smallint[], %s, %s::float8[], %s)",
        wave.pk,
        list(answers),
        score,
        list(scales),
        remark,
    )
    return Cast(became)


def close_box(wave: Wave) -> None:
    """From open to closed: everything is mixed, then key and nullifiers are deleted."""
    _value("surveys_close_wave(%s)", wave.pk)


def clear_traces() -> None:
    """Clear the space that deleted rows held, outside a transaction: after it their old versions are gone."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {', '.join(CLEARED)}")


def clear_tallies() -> None:
    """The same, when the sums of leaders and led were taken out for a publication."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM surveys_gaptally")


def has_answered(wave: Wave) -> bool:
    """Whether the scope's actor has answered an open wave."""
    return bool(_value("surveys_has_answered(%s)", wave.pk))


def to_remind(wave: Wave) -> list[UUID]:
    """Who of an open wave's roll has not answered and wants to be reminded."""
    return [person for (person,) in _rows("surveys_to_remind(%s)", wave.pk)]


def turnout(wave: Wave) -> int:
    """At least how many have answered, in tens."""
    return int(_value("surveys_turnout(%s)", wave.pk))


def comments_of(wave: Wave) -> list[tuple[UUID, str]]:
    """The unit and the text of each comment of a closed wave, shuffled."""
    return _rows("surveys_comments(%s)", wave.pk)


def take_gap_sums(wave: Wave) -> list[tuple[UUID, bool, int, float]]:
    """Of each block of a closed wave, for its leaders (true) and for its led: how many, and the sum of their
    engagement. Once: the sums are gone with this."""
    return _rows("surveys_take_gap_sums(%s)", wave.pk)


def _value(function: str, *arguments: Any) -> Any:
    ((value,),) = _rows(function, *arguments)
    return value


def _rows(function: str, *arguments: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}", arguments)  # noqa: S608 - constants of this module
        return list(cursor.fetchall())
