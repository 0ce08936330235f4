"""Where an organisation's badges are described in public. Badges name these addresses, so they stay."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from passport.badges import Issuer
from tenancy.models import Organization
from web.addresses import full_address


def issuer_of_organization(organization: Organization) -> Issuer:
    return Issuer(issuer_address(organization.slug), organization.name, full_address("/"))


def issuer_address(slug: str) -> str:
    return full_address(reverse("badges:issuer", args=[slug]))


def keys_address(slug: str) -> str:
    return full_address(reverse("badges:keys", args=[slug]))


def key_address(slug: str, key_id: UUID) -> str:
    return full_address(reverse("badges:key", args=[slug, key_id]))


def list_address(slug: str, number: int) -> str:
    return full_address(reverse("badges:status", args=[slug, number]))


def achievement_address(slug: str, milestone_id: UUID) -> str:
    return full_address(reverse("badges:achievement", args=[slug, milestone_id]))
