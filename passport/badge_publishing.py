"""What an organisation publishes of its badges. Nothing in it says who has one."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

from django.utils import timezone

from passport.badge_addresses import issuer_address, list_address
from passport.badge_queries import public_keys, revoked_places
from passport.badge_services import signing_pair
from passport.badges import claims_of, claims_unverified, names_of_lists, sign, status_credential
from passport.models import Award
from tenancy.models import Organization

# A saved list is believed for as long, and the page that checks without a network goes by it: until the
# committee meets, and not until everybody has forgotten.
LIST_HOLDS: Final = dt.timedelta(days=7)


def key_set() -> dict[str, Any]:
    """All public keys, those that sign no more too (JSON Web Key Set, RFC 7517)."""
    return {"keys": public_keys()}


def proof_of(organization: Organization, token: str) -> dict[str, str]:
    """What it takes to check a badge or a record offline, by file name: itself, the keys, the lists."""
    addresses = names_of_lists(claims_unverified(token))
    numbers = sorted({int(address.rpartition("/")[2]) for address in addresses})
    lists = {f"status-{number}.jwt": status_token(organization, number) or "" for number in numbers}
    return {"badge.jwt": token, "jwks.json": json.dumps(key_set(), indent=2), **lists}


def status_token(organization: Organization, number: int) -> str | None:
    """A status list as a token; None for a list in which no badge is."""
    if not Award.objects.filter(status_list=number).exists():
        return None
    now = timezone.now()
    credential = status_credential(
        revoked_places(number),
        address=list_address(organization.slug, number),
        issuer=issuer_address(organization.slug),
        at=now,
        until=now + LIST_HOLDS,
    )
    return sign(claims_of(credential), signing_pair(organization))
