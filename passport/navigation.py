"""What the Passport offers to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Passport"), "passport:mine", "id", frozenset()),
]

MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Skill pods"), "passport:pods", "puzzle", frozenset()),
    (_("Committee packs"), "passport:packs", "files", frozenset({Role.HR_ADMIN, Role.PROGRAMME_DIRECTOR})),
    (_("Badges of everybody"), "passport:badges_issued", "certificate", frozenset({Role.HR_ADMIN})),
    (_("Stages and milestones"), "passport:stages", "map-route", frozenset()),
]
