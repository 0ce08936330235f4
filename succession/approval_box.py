"""The ballot box of a slate as Python sees it: one function of the database each (sql/approval_ballot.sql).

Whoever votes is the actor of the scope, never an argument: no page can vote for somebody else by mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from succession.models import Selection

CLEARED: Final = (
    *("succession_approvalkey", "succession_approvalparticipation", "succession_pendingapproval"),
    *("succession_approvaltally", "succession_ballotreceipt"),
)


class Became(StrEnum):
    """What became of a vote. All but the first leave nothing behind."""

    COUNTED = "counted"
    AGAIN = "again"
    CLOSED = "closed"
    NOT_ASKED = "not asked"
    LEFT = "left"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Count:
    """Of a ballot that is over: approvals of each standing that stood, and how many voted."""

    approvals: dict[UUID, int]
    ballots: int


def open_box(selection: Selection) -> None:
    """Make the key that tells who has voted. The selection is in the state of a ballot already."""
    _rows("succession_open_ballot(%s)", selection.pk)


def cast(selection: Selection, approved: Sequence[UUID]) -> tuple[Became, str]:
    """Put the vote of the scope's actor into an open ballot: what became of it, and its receipt."""
    ((became, receipt),) = _rows("succession_cast_approvals(%s, %s::uuid[])", selection.pk, list(approved))
    return Became(became), receipt or ""


def has_voted(selection: Selection) -> bool:
    """Whether the scope's actor has voted in an open ballot."""
    ((value,),) = _rows("succession_has_voted(%s)", selection.pk)
    return bool(value)


def close_box(selection: Selection) -> Count:
    """After the last day, once: the counts. With this, whatever could tell who voted, or how, is deleted."""
    rows = _rows("succession_close_ballot(%s)", selection.pk)
    return Count({standing: n for standing, n, _ in rows}, rows[0][2] if rows else 0)


def drop_box(selection: Selection) -> None:
    """Delete a ballot uncounted."""
    _rows("succession_drop_ballot(%s)", selection.pk)


def receipts(selection: Selection) -> list[str]:
    """The codes of the votes that the last ballot counted; none while it is open."""
    return [code for (code,) in _rows("succession_receipts(%s)", selection.pk)]


def clear_traces() -> None:
    """Clear the space that deleted rows held, outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {', '.join(CLEARED)}")


def _rows(function: str, *arguments: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}", arguments)  # noqa: S608 - constants of this module
        return list(cursor.fetchall())
