"""Who may see the insights: pure predicates on plain values, without queries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.member import Member

# Who may, in words for whoever may not: people.access.demand() says them.
INSIGHTS_ARE_FOR = _("HR admins and executives see how the organisation leads.")
LINES_ARE_SET_BY = _("HR admins set from where on it is a warning.")


def can_see_insights(member: Member) -> bool:
    return member.has(Role.HR_ADMIN, Role.EXECUTIVE)


def can_set_lines(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)
