"""Who may do what with a Passport: pure predicates on plain values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from people.enums import Role
from people.member import Member
from people.permissions import can_open_passport, oversees


@dataclass(frozen=True, slots=True)
class Subject:
    """The person a Passport is about, with the cohorts they are in today."""

    person_id: UUID
    cohort_ids: frozenset[UUID] = frozenset()


def can_see_passport(member: Member, subject: Subject) -> bool:
    return can_open_passport(member, subject.person_id, subject.cohort_ids)


def can_submit_evidence(member: Member, subject: Subject) -> bool:
    return member.person_id == subject.person_id


def can_decide_stamp(member: Member, subject: Subject) -> bool:
    """Whoever oversees a person verifies, declines and revokes; never anybody for themselves."""
    return member.person_id != subject.person_id and oversees(member, subject.person_id, subject.cohort_ids)


def can_see_reads(member: Member, subject: Subject) -> bool:
    """Who looked at a Passport is told to its holder alone."""
    return member.person_id == subject.person_id


def can_edit_stages(member: Member) -> bool:
    return member.has(Role.HR_ADMIN) or member.directs_everyone
