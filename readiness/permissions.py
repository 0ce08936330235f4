"""Who may do what with scores: pure predicates. A person's score follows the Passport's rule."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from passport.permissions import Subject
from people.enums import Role
from people.member import Member
from people.permissions import guides
from surveys.models import PublishedIndex
from surveys.permissions import can_see_report

# Who may, in words for whoever may not: people.access.demand() says them.
COHORTS_ARE_FOR = _("Cohorts are for programme directors, HR admins and executives.")
MEMBERS_ARE_FOR = _("Scores with names are for programme directors and HR admins.")
WEIGHTS_ARE_SET_BY = _("HR admins and directors of all programmes set the rule of the score.")
ROLES_ARE_KEPT_BY = _("HR admins and directors of all programmes keep the roles and what they ask for.")
SCORES_ARE_ASKED_BY = _("HR admins and directors of all programmes have a quarter scored again.")
COACHING_IS_ASSIGNED_BY = _("HR admins and programme directors assign coaching, never for themselves.")
COACHING_IS_CLOSED_BY = _("Coaching is closed by whoever may assign it and by the coach.")


def can_see_index(
    member: Member, person_id: UUID, index: PublishedIndex, *, published_on: dt.date | None, on: dt.date
) -> bool:
    """The survey result that counted in somebody's score: one's own, unless another leader reads it first, or
    as the surveys' rule has it."""
    if member.person_id == person_id and not index.same_as_below:
        return True
    return can_see_report(member, index, published_on=published_on, on=on)


def can_see_cohorts(member: Member) -> bool:
    """The dashboard: programme directors for their cohorts, HR admin, executives in the aggregate."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


def can_see_cohort_members(member: Member) -> bool:
    """Scores with names: not for executives."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN)


def can_change_weights(member: Member) -> bool:
    """The rule is the whole organisation's: HR admins and directors of every cohort."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_keep_roles(member: Member) -> bool:
    """What a role asks for is the whole organisation's: HR admins and directors of every cohort."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_request_scores(member: Member) -> bool:
    """Whoever may change the rule may have a quarter scored again."""
    return can_change_weights(member)


def can_assign_coaching(member: Member, subject: Subject) -> bool:
    """HR admin, or programme director of everyone or of one of the person's cohorts; never for oneself."""
    return member.person_id != subject.person_id and guides(member, subject.cohort_ids)


def can_close_coaching(member: Member, subject: Subject, owner_id: UUID | None) -> bool:
    """Whoever assigns may close, and so may the coach."""
    return can_assign_coaching(member, subject) or (owner_id is not None and member.person_id == owner_id)
