"""The link in a mail that logs an exposure with one press: it names a mentor and a quarter, signed.

Whoever has it may log for that mentor in that quarter, once, and reads no names.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from tenancy.jobs.periods import quarter_start
from tenancy.models import Organization
from web.addresses import full_address

_SIGNER: Final = Signer(salt="mentoring.exposure")


def log_url(organization: Organization, mentor_id: UUID, quarter: str) -> str:
    """The address for a mail."""
    token = _SIGNER.sign(f"{organization.pk}.{mentor_id.hex}.{quarter}")
    return full_address(reverse("exposures:log", args=[organization.slug, token]))


def read_token(token: str) -> tuple[int, UUID, str] | None:
    """Organisation, mentor and quarter of a link; None for one that nobody was sent."""
    try:
        organization, mentor, quarter = _SIGNER.unsign(token).split(".")
        quarter_start(quarter)
        return int(organization), UUID(hex=mentor), quarter
    except (BadSignature, ValueError):
        return None
