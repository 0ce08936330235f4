"""What people offers to the navigation and to the account menu: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("People"), "people:people", "users", frozenset()),
    (_("Units"), "people:units", "sitemap", frozenset()),
]

MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("My settings"), "access:settings", "settings", frozenset()),
    (_("About me"), "people:about_me", "user-heart", frozenset()),
    (
        _("Invitations"),
        "access:invitations",
        "mail-forward",
        frozenset({Role.HR_ADMIN, Role.ORGANIZATION_ADMIN}),
    ),
    (_("Positions"), "people:positions", "briefcase", frozenset()),
    (
        _("Programmes"),
        "people:programmes",
        "school",
        frozenset({Role.HR_ADMIN, Role.PROGRAMME_DIRECTOR}),
    ),
    (_("Roles"), "people:roles", "shield", frozenset({Role.ORGANIZATION_ADMIN})),
    (_("Imports"), "people:imports", "file-import", frozenset({Role.HR_ADMIN, Role.ORGANIZATION_ADMIN})),
    (_("Audit log"), "people:audit_log", "history", frozenset({Role.ORGANIZATION_ADMIN, Role.AUDITOR})),
    (_("Webhooks"), "people:webhooks", "webhook", frozenset({Role.ORGANIZATION_ADMIN})),
    (_("Jobs"), "people:jobs", "clock-play", frozenset({Role.ORGANIZATION_ADMIN})),
]
