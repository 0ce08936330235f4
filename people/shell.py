"""What the frame round every page shows: who is here, where, and where one can go."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from people.enums import Role
from people.member import Member
from tenancy.models import Organization
from web.shell import Account, Link, Shell
from web.templatetags.web import initials

# (label, url name, icon, roles that see it; none means everybody). In the order shown.
ENTRIES: list[tuple[str, str, str, frozenset[Role]]] = []


def shell(request: HttpRequest) -> dict[str, Shell | None]:
    """Context processor: `shell` on pages inside an organisation, None elsewhere."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"shell": None}
    organization: Organization = request.organization  # type: ignore[attr-defined]
    nav = [
        Link(label, url, icon, current=request.path.startswith(url))
        for label, name, icon, roles in ENTRIES
        if not roles or member.has(*roles)
        for url in [reverse(name, args=[organization.slug])]
    ]
    home = reverse("today", args=[organization.slug])
    return {
        "shell": Shell(
            nav=nav,
            organization=Link(organization.name, home),
            person=Account(member.name, initials(member.name)),
            home_url=home,
            sign_out_url=reverse("account_logout"),
        )
    }
