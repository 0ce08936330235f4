"""What mentoring offers to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = []
MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = []
