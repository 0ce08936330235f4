"""Who may do what with a Passport: pure predicates on plain values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from people.enums import Role
from people.member import Member


@dataclass(frozen=True, slots=True)
class Subject:
    """The person a Passport is about, with the cohorts they are in today."""

    person_id: UUID
    cohort_ids: frozenset[UUID] = frozenset()


def oversees(member: Member, subject: Subject) -> bool:
    """Direct manager, HR admin, or programme director of everyone or of one of the person's cohorts."""
    return (
        subject.person_id in member.reports
        or member.has(Role.HR_ADMIN)
        or member.directs_everyone
        or (
            member.has(Role.PROGRAMME_DIRECTOR) and not member.directed_cohorts.isdisjoint(subject.cohort_ids)
        )
    )


def can_see_passport(member: Member, subject: Subject) -> bool:
    return member.person_id == subject.person_id or oversees(member, subject)


def can_submit_evidence(member: Member, subject: Subject) -> bool:
    return member.person_id == subject.person_id


def can_decide_stamp(member: Member, subject: Subject) -> bool:
    """Whoever oversees a person verifies, declines and revokes; never anybody for themselves."""
    return member.person_id != subject.person_id and oversees(member, subject)


def can_see_reads(member: Member, subject: Subject) -> bool:
    """Who looked at a Passport is told to its holder alone."""
    return member.person_id == subject.person_id


def can_edit_stages(member: Member) -> bool:
    return member.has(Role.HR_ADMIN) or member.directs_everyone
