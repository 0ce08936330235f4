"""What partnerships offer to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Partnerships"), "partnerships:register", "users-group", frozenset()),
]
