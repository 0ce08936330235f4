"""What mentoring offers to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Mentoring"), "mentoring:mine", "heart-handshake", frozenset()),
]
MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (
        _("Template of contracts"),
        "mentoring:contract_template",
        "writing-sign",
        frozenset({Role.HR_ADMIN}),
    ),
    (_("Mentors"), "mentoring:mentors", "users-group", frozenset()),
    (_("Tags"), "mentoring:tags", "tags", frozenset({Role.HR_ADMIN})),
    (
        _("Fairness of mentoring"),
        "mentoring:fairness",
        "scale",
        frozenset({Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE}),
    ),
    (_("Match studio"), "mentoring:studio", "topology-star-3", frozenset({Role.PROGRAMME_DIRECTOR})),
    (_("Rule of matching"), "mentoring:rule", "scale", frozenset()),
]
