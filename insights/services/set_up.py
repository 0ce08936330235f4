"""Setting from where on the organisation warns itself."""

from __future__ import annotations

from dataclasses import asdict

from insights.models import SetUpRule
from insights.permissions import LINES_ARE_SET_BY, can_set_lines
from insights.set_up import Lines
from people.access import demand
from people.member import Member


def set_lines(lines: Lines, *, by: Member) -> None:
    """Raises PermissionDenied for whoever may not."""
    demand(can_set_lines(by), LINES_ARE_SET_BY)
    SetUpRule.objects.update_or_create(defaults=asdict(lines))
