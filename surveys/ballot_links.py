"""The link in an invitation to answer: whoever has it answers, without signing in, as whom it was sent to.

It names an entry of the roll, its person and organisation, and is signed with the server's key; nothing of it
is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.core import signing
from django.db import connection
from django.urls import reverse

from people.models import Person
from surveys.models import RollEntry, Wave
from tenancy.models import Organization
from tenancy.rows import loaded

_ENTRY_BEHIND: Final = (Path(__file__).resolve().parent / "sql" / "entry_behind.sql").read_text()
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


# The columns of the statement in their order, each row's id first.
_ENTRY: Final = ("id", "organization_id", "person_id", "unit_id", "leader_id", "wave_id")
_WAVE: Final = ("id", "organization_id", "instrument_id", "title", "state", "closes_on", "threshold")
_PERSON: Final = ("id", "organization_id", "end_date")
_ORGANIZATION: Final = ("id", "slug", "name", "time_zone")


def entry_behind(link: BallotLink, slug: str) -> RollEntry | None:
    """The entry of the roll, with its wave, person and organisation; None below another organisation's
    address."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY_BEHIND, [link.organization_id, link.entry_id])
        row = cursor.fetchone()
    if row is None:
        return None
    entry, wave = loaded(RollEntry, _ENTRY, row[:6]), loaded(Wave, _WAVE, row[6:13])
    person, organization = loaded(Person, _PERSON, row[13:16]), loaded(Organization, _ORGANIZATION, row[16:])
    if (entry.person_id, organization.slug) != (link.person_id, slug):
        return None
    entry.wave, entry.person, entry.organization = wave, person, organization
    wave.organization = organization  # the page names it
    return entry
