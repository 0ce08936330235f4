"""What the clinic offers to the navigation: (label, url name, icon, roles)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Role

ENTRIES: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (_("Clinic"), "sponsors:mine", "stethoscope", frozenset()),
]
MENU: list[tuple[str | Promise, str, str, frozenset[Role]]] = [
    (
        _("Sponsorship"),
        "sponsors:overview",
        "stethoscope",
        frozenset({Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE}),
    ),
    (
        _("Onboarding"),
        "sponsors:onboardings",
        "door",
        frozenset({Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE}),
    ),
    (_("Competencies"), "sponsors:competencies", "compass", frozenset()),
    (
        _("Accountability"),
        "sponsors:accountability",
        "calendar-heart",
        frozenset({Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE}),
    ),
    (
        _("What stands in the way"),
        "sponsors:obstacle_report",
        "barrier-block",
        frozenset({Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE}),
    ),
    (_("What a sponsor does"), "sponsors:definition", "writing-sign", frozenset()),
]
