"""Sealing and verifying the audit trail of the organisation in scope."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class SealCheck:
    number: int
    row_count: int
    intact: bool


def seal_audit() -> int:
    """Seal every finished transaction's audit rows; returns the seal's number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_seal_audit()")
        return int(cursor.fetchone()[0])


def check_seals() -> list[SealCheck]:
    """Recompute every seal from the rows as they are now, each chained to the stored one before it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.number, s.row_count, d.digest = s.digest AND d.row_count = s.row_count
            FROM (SELECT *, lag(digest, 1, ''::bytea) OVER (ORDER BY number) AS previous,
                         lag(to_xact, 1, '0'::xid8) OVER (ORDER BY number) AS expected_from
                  FROM tenancy_audit_seal) s,
                 tenancy_audit_digest(s.previous, s.expected_from, s.to_xact) d
            ORDER BY s.number
            """
        )
        return [SealCheck(*row) for row in cursor.fetchall()]
