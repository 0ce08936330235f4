"""The link in a mail that stops a wave's reminders: it names a place on the roll, signed, and nobody."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from web.addresses import full_address

_signer = Signer(salt="surveys.reminders")


def stop_url(slug: str, entry_id: UUID) -> str:
    """The address for a mail."""
    path = reverse("reminders:stop", args=[slug, _signer.sign(entry_id.hex)])
    return full_address(path)


def entry_of(token: str) -> UUID | None:
    """The place on the roll that a link names; None for a link nobody was sent."""
    try:
        return UUID(hex=_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
