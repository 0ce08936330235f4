"""What the frame round every page shows: who is here, where, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from people.enums import Role
from people.member import Member
from tenancy.models import Organization


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    organization: Organization
    member: Member
    nav: list[NavItem]


# (label, url name, icon, roles that see it; none means everybody). In the order shown.
ENTRIES: list[tuple[str, str, str, frozenset[Role]]] = []


def shell(request: HttpRequest) -> dict[str, Shell | None]:
    """Context processor: `shell` on pages inside an organisation, None elsewhere."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"shell": None}
    organization: Organization = request.organization  # type: ignore[attr-defined]
    nav = [
        NavItem(label, url, icon, request.path.startswith(url))
        for label, name, icon, roles in ENTRIES
        if not roles or member.has(*roles)
        for url in [reverse(name, args=[organization.slug])]
    ]
    return {"shell": Shell(organization, member, nav)}
