"""What succession offers to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Succession"), "succession:overview", "hierarchy-3", frozenset({Role.HR_ADMIN, Role.EXECUTIVE})),
]

MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Selections"), "succession:selections", "users-group", frozenset()),
    (_("My pools"), "succession:mine", "users-plus", frozenset()),
]
