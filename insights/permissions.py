"""Who may see the insights: pure predicates on plain values, without queries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.member import Member

# Who may, in words for whoever may not: people.access.demand() says them.
INSIGHTS_ARE_FOR = _("HR admins and executives see how the organisation leads.")
LINES_ARE_SET_BY = _("HR admins set from where on it is a warning.")
ROLE_PULSES_ARE_OPENED_BY = _("HR admins open a role pulse.")
ROLE_PULSE_IS_FOR = _("Whoever led when the role pulse was opened answers it.")
ROLE_PULSE_IS_READ_BY = _("A role pulse is read by HR admins, executives and everybody who was asked.")


def can_see_insights(member: Member) -> bool:
    return member.has(Role.HR_ADMIN, Role.EXECUTIVE)


def can_set_lines(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


ACCREDITATION_IS_KEPT_BY = _("HR admins keep the requirements of standards, and what is held against them.")
ACCREDITATION_IS_READ_BY = _(
    "HR admins, executives and programme directors read what is held against standards."
)


def can_keep_accreditation(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


def can_read_accreditation(member: Member) -> bool:
    """Programme directors too: they write self-studies. Figures are of the whole organisation."""
    return member.has(Role.HR_ADMIN, Role.EXECUTIVE, Role.PROGRAMME_DIRECTOR)


def can_open_role_pulse(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


PILOTS_ARE_KEPT_BY = _("HR admins set up pilots, and enter what was measured.")


def can_keep_pilots(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


EXCHANGE_IS_KEPT_BY = _("HR admins exchange figures with other organisations.")


def can_keep_exchange(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)
