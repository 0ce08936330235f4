"""Who may do what with surveys: pure predicates over a member, without queries. Nobody may see answers."""

from __future__ import annotations

from people.enums import Role
from people.member import Member
from people.permissions import can_see_overview
from surveys.models import PublishedIndex, SurveyImport


def can_see_report(member: Member, cell: PublishedIndex) -> bool:
    """A unit's report: whoever led it then, that leader's manager today, and those who see the overview.

    Without a leader on record it belongs to who leads the unit today. A successor does not inherit the
    report about a predecessor.
    """
    if can_see_overview(member):
        return True
    if cell.leader_id is None:
        return cell.unit_id in member.led_units
    return cell.leader_id == member.person_id or cell.leader_id in member.reports


def can_run_surveys(member: Member) -> bool:
    """Importing past surveys and publishing waves: survey steward and HR admin."""
    return member.has(Role.SURVEY_STEWARD, Role.HR_ADMIN)


def can_change_import(member: Member, survey_import: SurveyImport) -> bool:
    """An uploaded file is seen and applied by the one who brought it, while they may run surveys."""
    return can_run_surveys(member) and survey_import.requested_by_id == member.person_id
