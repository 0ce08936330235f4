"""The link in an invitation to answer: whoever has it answers, without signing in, as whom it was sent to.

It names an entry of the roll, its person and organisation, and is signed with the server's key; nothing of it
is stored.
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


@dataclass(frozen=True, slots=True)
class BallotLink:
    """What a link says before the database is asked."""

    organization_id: int
    person_id: UUID
    entry_id: UUID


def ballot_path(organization: Organization, entry: RollEntry) -> str:
    """The path of somebody's own questionnaire."""
    token = _SIGNER.sign(f"{organization.pk}.{entry.person_id.hex}.{entry.pk.hex}")
    return reverse("ballots:answer", args=[organization.slug, token])


def read_token(token: str) -> BallotLink | None:
    """What this server wrote into a link; None for one that it never wrote."""
    try:
        organization, person, entry = _SIGNER.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return BallotLink(int(organization), UUID(person), UUID(entry))


# What the page and the box need of all this: four wide tables are joined for each ballot.
_NEEDED: Final = (
    *("unit", "leader", "person__end_date"),
    *("organization__slug", "organization__name", "organization__time_zone"),
    *("wave__organization", "wave__instrument", "wave__title", "wave__state", "wave__closes_on"),
    "wave__threshold",
)


def entry_behind(link: BallotLink, slug: str) -> RollEntry | None:
    """The entry of the roll, with its wave and organisation; None below another organisation's address."""
    entries = RollEntry.objects.select_related("wave", "organization", "person").only(*_NEEDED)
    entry = next(iter(entries.filter(pk=link.entry_id)), None)  # the key is unique: nothing is to be sorted
    if entry is None or (entry.person_id, entry.organization.slug) != (link.person_id, slug):
        return None
    entry.wave.organization = entry.organization  # the page names it
    return entry
