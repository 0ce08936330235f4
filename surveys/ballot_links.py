"""The link in an invitation to answer: whoever has it answers, without signing in, as whom it was sent to.

It names an entry of the roll and its person, and is signed with the server's key; nothing of it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core import signing
from django.urls import reverse

from surveys.models import RollEntry
from tenancy.models import Organization

_SIGNER: Final = signing.Signer(salt="surveys.ballot_link")
_HEX: Final = 32


@dataclass(frozen=True, slots=True)
class BallotLink:
    """What a link says before the database is asked."""

    entry_id: UUID
    person_id: UUID


def ballot_path(organization: Organization, entry: RollEntry) -> str:
    """The path of somebody's own questionnaire."""
    return reverse(
        "ballots:answer", args=[organization.slug, _SIGNER.sign(entry.pk.hex + entry.person_id.hex)]
    )


def read_token(token: str) -> BallotLink | None:
    """What this server wrote into a link; None for one that it never wrote."""
    try:
        named = _SIGNER.unsign(token)
        return BallotLink(UUID(named[:_HEX]), UUID(named[_HEX:]))
    except (signing.BadSignature, ValueError):
        return None


def entry_behind(link: BallotLink) -> RollEntry | None:
    """The entry of the roll, with its wave; None in another organisation's scope."""
    found = RollEntry.objects.filter(pk=link.entry_id, person=link.person_id)
    return found.select_related("wave").first()
