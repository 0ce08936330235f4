"""What insights offer to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Insights"), "insights:overview", "telescope", frozenset({Role.HR_ADMIN, Role.EXECUTIVE})),
]

MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("What I was given to lead"), "insights:mine", "gift", frozenset()),
]
