"""What readiness offers to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (
        _("Cohorts"),
        "readiness:cohorts",
        "chart-histogram",
        frozenset({Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE}),
    ),
]

MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Rule of the score"), "readiness:weights", "scale", frozenset()),
    (_("Roles and ways"), "readiness:roles", "route", frozenset()),
]
