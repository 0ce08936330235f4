"""Who may do what with a Passport: pure predicates on plain values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.member import Member
from people.permissions import can_open_passport, oversees

# Who may, in words for whoever may not: people.access.demand() says them.
EVIDENCE_COMES_FROM = _("Evidence is handed in, and taken back, by the holder of the Passport.")
STAMPS_ARE_DECIDED_BY = _(
    "A stamp is decided by the holder's immediate leader, a programme director or an HR admin."
)
STAGES_ARE_KEPT_BY = _("HR admins and directors of all programmes keep the stages and milestones.")
PODS_ARE_KEPT_BY = _("HR admins and directors of all programmes write and publish skill pods.")
PODS_ARE_DONE_BY = _("A skill pod, its capstone and what came of it are the work of the person alone.")
PODS_ARE_MARKED_BY = _(
    "Pods and capstones are marked by the person's immediate leader, a programme director or an HR admin."
)

PACKS_ARE_MADE_BY = _("Programme directors and HR admins put packs for committees together.")
BADGES_ARE_KEPT_BY = _("HR admins see all badges, revoke one and renew the key that signs them.")


@dataclass(frozen=True, slots=True)
class Subject:
    """The person a Passport is about, with the cohorts they are in today."""

    person_id: UUID
    cohort_ids: frozenset[UUID] = frozenset()


def can_see_passport(member: Member, subject: Subject) -> bool:
    """The holder, and whoever people.permissions lets open the Passports of others."""
    return can_open_passport(member, subject.person_id, subject.cohort_ids)


def can_submit_evidence(member: Member, subject: Subject) -> bool:
    """Only the holder claims a milestone."""
    return member.person_id == subject.person_id


def can_decide_stamp(member: Member, subject: Subject) -> bool:
    """Whoever oversees a person verifies, declines and revokes; never anybody for themselves."""
    return member.person_id != subject.person_id and oversees(member, subject.person_id, subject.cohort_ids)


def can_verify_evidence(member: Member) -> bool:
    """Managers, programme directors and HR admins have an inbox: of those whose evidence they may judge."""
    return member.is_manager or member.has(Role.HR_ADMIN, Role.PROGRAMME_DIRECTOR)


def can_see_reads(member: Member, subject: Subject) -> bool:
    """Who looked at a Passport is told to its holder alone."""
    return member.person_id == subject.person_id


def can_edit_stages(member: Member) -> bool:
    """Stages and milestones are the whole organisation's: HR admins and directors of every cohort."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_keep_pods(member: Member) -> bool:
    """Pods are written by those who keep the milestones that they earn."""
    return can_edit_stages(member)


def can_facilitate(member: Member, subject: Subject) -> bool:
    """Mark an attempt, verify a capstone, confirm what came of it: whoever decides the person's stamps."""
    return can_decide_stamp(member, subject)


def can_keep_badges(member: Member) -> bool:
    """Badges bear the organisation's name, and their list names people with what they earned: HR admins."""
    return member.has(Role.HR_ADMIN)


def can_make_packs(member: Member) -> bool:
    """Put the summaries of several people into one file: of those whose Passports they look after."""
    return member.has(Role.HR_ADMIN, Role.PROGRAMME_DIRECTOR)
