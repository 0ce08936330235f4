"""Who may do what with surveys: pure predicates over a member, without queries. Nobody may see answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.member import Member
from people.permissions import can_see_overview
from surveys.models import PublishedIndex, SurveyImport

# Who may, in words for whoever may not: people.access.demand() says them.
REPORT_IS_FOR = _("A report is for whoever led the unit then, their leader, and those who see the overview.")
SURVEYS_ARE_RUN_BY = _("Survey stewards and HR admins run surveys.")
IMPORT_BELONGS_TO = _("A file is applied or discarded by the one who brought it.")
ANSWERS_ARE_FOR = _("This survey asks others: you were not on its list when it was launched.")
PULSE_IS_FOR = _("The pulse is for those who are in a programme.")


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
