"""The tabs over people, units and positions."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from people.access import MemberRequest
from web.shell import Link


def section_tabs(request: MemberRequest, current: str) -> list[Link]:
    """People, Units and Positions: three ways to look at the same organisation."""
    tabs = [
        (_("People"), "people:people", "users"),
        (_("Units"), "people:units", "sitemap"),
        (_("Positions"), "people:positions", "briefcase"),
    ]
    slug = request.organization.slug
    return [Link(label, reverse(name, args=[slug]), icon, name == current) for label, name, icon in tabs]
