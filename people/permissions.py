"""Who may do what: pure predicates over a member, without queries."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from people.enums import Role, TokenPurpose
from people.member import Member

# Who may, in words for whoever may not: people.access.demand() says them.
AUDIT_IS_FOR = _("The audit log is for organisation admins and auditors.")
JOBS_ARE_FOR = _("The job ledger is for organisation admins.")
ACCESS_IS_FOR = _("Only HR and organisation admins manage access.")
IMPORTS_ARE_FOR = _("Imports are for HR and organisation admins.")
OVERVIEW_IS_FOR = _("The overview is for survey stewards, HR admins and executives.")
UNIT_REPORT_IS_FOR = _("A unit's report is for its leader, survey stewards, HR admins and executives.")
PROGRAMMES_ARE_FOR = _("Programmes are for HR admins and programme directors.")
PROGRAMMES_ARE_SET_UP_BY = _("Only HR admins set up programmes and cohorts.")
FEEDS_ARE_FOR = _("HR systems are connected by HR admins, with tokens of theirs.")
RESULTS_ARE_BROUGHT_BY = _(
    "HR admins and directors of all programmes bring in results of a learning system, and say what each is."
)
WEBHOOKS_ARE_KEPT_BY = _("Organisation admins say which systems are told of events.")
ROLES_ARE_FOR = _("Only organisation admins see and change who has which role.")


def can_read_audit(member: Member) -> bool:
    """The audit trail is for organisation admins and auditors."""
    return member.has(Role.ORGANIZATION_ADMIN, Role.AUDITOR)


def can_see_jobs(member: Member) -> bool:
    """The job ledger is for organisation admins."""
    return member.has(Role.ORGANIZATION_ADMIN)


def can_manage_access(member: Member) -> bool:
    """Invite people, revoke invitations and end somebody's access."""
    return member.has(Role.HR_ADMIN, Role.ORGANIZATION_ADMIN)


def can_manage_access_of(member: Member, *, holds_role: bool) -> bool:
    """Whoever may grant roles alone manages the access of those who hold one: an HR admin who could end an
    organisation admin's access and invite another address in their place would be organisation admin."""
    return can_manage_access(member) and (not holds_role or can_grant_roles(member))


def can_see_former_people(member: Member) -> bool:
    """People who left stay visible to those who keep the records."""
    return member.has(Role.HR_ADMIN, Role.ORGANIZATION_ADMIN, Role.AUDITOR)


def can_import(member: Member) -> bool:
    """Files of people, units, lines, positions and appointments are for HR and organisation admins."""
    return member.has(Role.HR_ADMIN, Role.ORGANIZATION_ADMIN)


def can_see_line_history(member: Member, person_id: UUID) -> bool:
    """Earlier reporting lines: oneself, the immediate leader, HR and organisation admins, auditors."""
    return (
        member.person_id == person_id
        or person_id in member.reports
        or member.has(Role.HR_ADMIN, Role.ORGANIZATION_ADMIN, Role.AUDITOR)
    )


def can_see_cohorts_of(member: Member, person_id: UUID) -> bool:
    """Every cohort of a person, whoever directs it: as for reporting lines."""
    return can_see_line_history(member, person_id)


def guides(member: Member, cohort_ids: Collection[UUID]) -> bool:
    """The development of whoever is in one of these cohorts today, and for HR admins and directors of
    everything of everybody."""
    return (
        member.has(Role.HR_ADMIN)
        or member.directs_everyone
        or not member.directed_cohorts.isdisjoint(cohort_ids)
    )


def oversees(member: Member, person_id: UUID, cohort_ids: Collection[UUID]) -> bool:
    """Direct manager, HR admin, or programme director of everyone or of one of the person's cohorts."""
    return person_id in member.reports or guides(member, cohort_ids)


def can_open_passport(member: Member, person_id: UUID, cohort_ids: Collection[UUID]) -> bool:
    """A Passport, and the link to it: oneself and whoever oversees the person's development.
    `cohort_ids` are the cohorts the person is in today."""
    return member.person_id == person_id or oversees(member, person_id, cohort_ids)


def can_see_overview(member: Member) -> bool:
    """The organisation's survey results: survey steward, HR admin, executive."""
    return member.has(Role.SURVEY_STEWARD, Role.HR_ADMIN, Role.EXECUTIVE)


def can_expect_report(member: Member, unit_id: UUID) -> bool:
    """A link to a unit's survey report, or word that there is none yet: its leader of today and those who
    see the overview."""
    return can_see_overview(member) or unit_id in member.led_units


def can_see_programmes(member: Member) -> bool:
    """Programmes and cohorts: HR admins and programme directors."""
    return member.has(Role.HR_ADMIN, Role.PROGRAMME_DIRECTOR)


def can_see_cohort(member: Member, cohort_id: UUID) -> bool:
    """A cohort's list: HR admins, and directors of everything or of this cohort."""
    return guides(member, [cohort_id])


def can_manage_programmes(member: Member) -> bool:
    """Programmes and cohorts are set up by HR admins."""
    return member.has(Role.HR_ADMIN)


def can_follow_feeds(member: Member) -> bool:
    """Have a system follow the stamps and scores of everybody: who sees each of them on the pages."""
    return member.has(Role.HR_ADMIN)


def can_bring_results(member: Member) -> bool:
    """Have a learning system hand in results of anybody: HR admins and directors of every cohort."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_keep_webhooks(member: Member) -> bool:
    """Say where events are sent: organisation admins."""
    return member.has(Role.ORGANIZATION_ADMIN)


def purposes_of(member: Member) -> list[TokenPurpose]:
    """What somebody may make an API token for."""
    return [
        TokenPurpose.ANYTHING,
        *([TokenPurpose.HR_SYNC] if can_follow_feeds(member) else []),
        *([TokenPurpose.LEARNING] if can_bring_results(member) else []),
    ]


def can_grant_roles(member: Member) -> bool:
    """Roles are given and taken by organisation admins alone."""
    return member.has(Role.ORGANIZATION_ADMIN)
