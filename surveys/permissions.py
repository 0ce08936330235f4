"""Who may do what with surveys: pure predicates over a member, without queries. Nobody may see answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.member import Member
from people.permissions import can_see_overview
from surveys.models import Debrief, PublishedIndex, SurveyImport
from surveys.timing import manager_sees_from

# Who may, in words for whoever may not: people.access.demand() says them.
REPORT_IS_FOR = _(
    "A report is for whoever led the unit then, a week later for their immediate leader, and for those who "
    "see the overview."
)
REPORT_IS_READ_BELOW_FIRST = _(
    "This report tells of the same people as that of a leader below, who reads it first. You can read it a "
    "week after it was published."
)
DEBRIEF_IS_FOR = _("A debrief is for the leader, their immediate leader and the coach they named.")
DEBRIEFS_ARE_FOLLOWED_BY = _("Survey stewards and HR admins see which debriefs were held.")
CORRECTED_BY = _("A debrief is corrected by whoever wrote it down.")
FOLLOW_UP_IS_FOR = _("What answers led to is told to the people of the unit.")
SURVEYS_ARE_RUN_BY = _("Survey stewards and HR admins run surveys.")
IMPORT_BELONGS_TO = _("A file is applied or discarded by the one who brought it.")
ANSWERS_ARE_FOR = _("This survey asks others: you were not on its list when it was launched.")
PULSE_IS_FOR = _("The pulse is for those who are in a programme.")


def can_see_report(
    member: Member, cell: PublishedIndex, *, published_on: dt.date | None, on: dt.date
) -> bool:
    """A unit's report: at once whoever led it then and those who see the overview, a week after the wave was
    published (`published_on`, None before) that leader's immediate leader of today.

    Without a leader on record it belongs to who leads the unit today. A successor does not inherit the
    report about a predecessor. Where it tells of the same people as the report of another leader below, that
    one reads first, and the unit's own leader waits as every leader's immediate leader does.
    """
    if can_see_overview(member):
        return True
    unled = cell.leader_id is None
    own = cell.unit_id in member.led_units if unled else cell.leader_id == member.person_id
    if own and not cell.same_as_below:
        return True
    return (own or cell.leader_id in member.reports) and _managers_may_read(published_on, on)


def can_read_comments(member: Member, *, published_on: dt.date, on: dt.date) -> bool:
    """What people of the teams below wrote, also about their leaders: a unit's leader waits as those leaders'
    immediate leader does. To whoever may see the report."""
    return can_see_overview(member) or _managers_may_read(published_on, on)


def _managers_may_read(published_on: dt.date | None, on: dt.date) -> bool:
    return published_on is not None and on >= manager_sees_from(published_on)


def can_run_surveys(member: Member) -> bool:
    """Questionnaires, calendar and rule, planning and running waves, importing and publishing: survey
    steward and HR admin."""
    return member.has(Role.SURVEY_STEWARD, Role.HR_ADMIN)


def can_change_import(member: Member, survey_import: SurveyImport) -> bool:
    """An uploaded file is seen and applied by the one who brought it, while they may run surveys."""
    return can_run_surveys(member) and survey_import.requested_by_id == member.person_id


def can_see_debrief(member: Member, debrief: Debrief, *, on: dt.date) -> bool:
    """The page of a debrief, and writing down how it went: the leader, the coach, and the immediate leader of
    today as soon as they may read the report."""
    if member.person_id in {debrief.leader_id, debrief.coach_id}:
        return True
    return debrief.leader_id in member.reports and on >= debrief.manager_from


def can_name_coach(member: Member, debrief: Debrief, *, on: dt.date) -> bool:
    """The leader and their immediate leader say who may lead the conversation instead; a coach does not pass
    it on."""
    if member.person_id == debrief.leader_id:
        return True
    return debrief.leader_id in member.reports and can_see_debrief(member, debrief, on=on)


def can_correct_debrief(member: Member, debrief: Debrief) -> bool:
    """What was written down is corrected by whoever wrote it; by the leader where that is not on record."""
    return debrief.is_done and member.person_id == (debrief.recorded_by_id or debrief.leader_id)


def can_say_what_became(member: Member, debrief: Debrief, *, on: dt.date) -> bool:
    """The leader and their immediate leader say whether what was agreed is done; a coach does not."""
    return debrief.is_done and can_name_coach(member, debrief, on=on)


def can_follow_debriefs(member: Member) -> bool:
    """Which debriefs of a wave were held and which are overdue; not what was said."""
    return can_run_surveys(member)


def can_read_follow_up(member: Member, unit_id: UUID, answered_for: Collection[UUID]) -> bool:
    """What the last answers led to: those who answered for the unit or belong to it now (`answered_for`),
    its leader, and those who see the overview."""
    return unit_id in answered_for or unit_id in member.led_units or can_see_overview(member)
