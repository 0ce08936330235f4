"""Who may do what: pure predicates over a member, without queries."""

from __future__ import annotations

from people.enums import Role
from people.member import Member


def can_read_audit(member: Member) -> bool:
    """The audit trail is for organisation admins and auditors."""
    return member.has(Role.ORGANIZATION_ADMIN, Role.AUDITOR)


def can_see_jobs(member: Member) -> bool:
    """The job ledger is for organisation admins."""
    return member.has(Role.ORGANIZATION_ADMIN)


def can_manage_access(member: Member) -> bool:
    """Invite people, revoke invitations and end somebody's access."""
    return member.has(Role.HR_ADMIN, Role.ORGANIZATION_ADMIN)
