"""Secret addresses that nothing has to be kept for: an id, and a code that only the server can make of it."""

from __future__ import annotations

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac


def secret_of(row_id: UUID, purpose: str) -> str:
    """The secret part of an address. `purpose` keeps one kind of address from opening another."""
    return f"{row_id.hex}-{_code(row_id, purpose)}"


def id_behind(secret: str, purpose: str) -> UUID | None:
    """The id that a secret was made of; None for whatever the server never gave out."""
    written, _dash, code = secret.partition("-")
    try:
        row_id = UUID(hex=written)
    except ValueError:
        return None
    return row_id if constant_time_compare(code, _code(row_id, purpose)) else None


def _code(row_id: UUID, purpose: str) -> str:
    return salted_hmac(purpose, row_id.hex, algorithm="sha256").hexdigest()
