"""The link in an invitation to answer: whoever has it answers, without signing in, as whom it was sent to.

It names an entry of the roll and is signed with the server's key; nothing of it is stored.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core import signing
from django.urls import reverse

from surveys.models import RollEntry
from tenancy.models import Organization
from tenancy.scope import tenant_scope

_SIGNER: Final = signing.Signer(salt="surveys.ballot_link")


def ballot_path(organization: Organization, entry_id: UUID) -> str:
    """The path of somebody's own questionnaire."""
    return reverse("ballots:answer", args=[organization.slug, _SIGNER.sign(entry_id.hex)])


def entry_behind(slug: str, token: str) -> tuple[Organization, RollEntry] | None:
    """Whose link it is; None for one that this server never wrote."""
    try:
        entry_id = UUID(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        return None
    with tenant_scope(organization.pk):
        entry = RollEntry.objects.select_related("wave__instrument", "leader").filter(pk=entry_id).first()
    return (organization, entry) if entry else None
