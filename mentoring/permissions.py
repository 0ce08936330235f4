"""Who may do what in mentoring: pure predicates on plain values, without queries."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mentoring.enums import Initiator, MentorshipState
from mentoring.models import AlumniHour, Mentorship, ReverseMentoring
from people.enums import Role
from people.member import Member

# Who may, in words for whoever may not: people.access.demand() says them.
MATCHING_IS_RUN_BY = _("Programme directors of the cohort run the matching.")
TAXONOMY_IS_KEPT_BY = _("HR admins and directors of all programmes keep the tags and the rule of matching.")
MENTORSHIP_IS_FOR = _("A mentorship is for mentor, mentee and the director of the mentee's programme.")

MENTORSHIP_IS_ANSWERED_BY = _("The mentor accepts an offer; the mentee confirms it then.")
MENTORSHIP_IS_WITHDRAWN_BY = _("An offer is taken back by whoever made it, or by the director.")
MENTOR_IS_CHANGED_BY = _("The director of the mentee's programme changes a mentor.")

CONTRACT_IS_MADE_BY = _("Mentor and mentee make their contract.")
DELIVERABLE_IS_REPORTED_BY = _("A deliverable is reported by the mentee.")
DELIVERABLE_IS_ATTESTED_BY = _("A deliverable is attested by the mentor.")
SESSION_IS_KEPT_BY = _("Mentor and mentee plan their sessions and write their notes.")
OVERVIEW_IS_FOR = _("Programme directors see the mentorships of their cohorts.")
CONTRACT_TEMPLATE_IS_KEPT_BY = _("HR admins and directors of all programmes keep the template of contracts.")


def can_direct_cohort(member: Member, cohort_id: UUID) -> bool:
    """Match, publish and follow up in a cohort: its programme director."""
    return member.directs_everyone or cohort_id in member.directed_cohorts


def can_run_matching(member: Member) -> bool:
    """Open the studio at all: whoever directs at least one cohort."""
    return member.has(Role.PROGRAMME_DIRECTOR)


def can_keep_taxonomy(member: Member) -> bool:
    """Tags, weights and the rule in force are the whole organisation's."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_direct_mentorship(member: Member, mentee_cohorts: Collection[UUID]) -> bool:
    """What only the director of a mentee's programme sees and does; `mentee_cohorts` of today."""
    return member.directs_everyone or not member.directed_cohorts.isdisjoint(mentee_cohorts)


def can_see_mentorship(member: Member, mentorship: Mentorship, mentee_cohorts: Collection[UUID]) -> bool:
    """Both sides, and the director. A mentee sees what the mentor has not accepted only if they asked."""
    unseen = mentorship.accepted_on is None and mentorship.initiator != Initiator.MENTEE
    return (
        member.person_id == mentorship.mentor_id
        or (member.person_id == mentorship.mentee_id and not unseen)
        or can_direct_mentorship(member, mentee_cohorts)
    )


def can_answer_mentorship(member: Member, mentorship: Mentorship) -> bool:
    """Say yes or no: whose turn it is."""
    return member.person_id == mentorship.waits_for


def can_withdraw_mentorship(member: Member, mentorship: Mentorship, mentee_cohorts: Collection[UUID]) -> bool:
    """Take back what has not begun: the director, and whoever of the two began it."""
    began = {Initiator.MENTOR: mentorship.mentor_id, Initiator.MENTEE: mentorship.mentee_id}
    return member.person_id == began.get(Initiator(mentorship.initiator)) or can_direct_mentorship(
        member, mentee_cohorts
    )


def can_steer_mentorship(member: Member, mentorship: Mentorship, mentee_cohorts: Collection[UUID]) -> bool:
    """End and extend what runs: both sides, and the director."""
    return member.person_id in mentorship.both or can_direct_mentorship(member, mentee_cohorts)


def can_make_contract(member: Member, mentorship: Mentorship) -> bool:
    """Draft, change and sign: the two whose contract it is."""
    return member.person_id in mentorship.both


def can_report_deliverable(member: Member, mentorship: Mentorship) -> bool:
    """Say that it is done: the mentee."""
    return member.person_id == mentorship.mentee_id


def can_attest_deliverable(member: Member, mentorship: Mentorship) -> bool:
    """Vouch for it, or ask to see more: the mentor."""
    return member.person_id == mentorship.mentor_id


def can_read_draft(member: Member, mentorship: Mentorship) -> bool:
    """What is not signed by both yet is between the two; a director sees that there is a draft."""
    return member.person_id in mentorship.both


def can_keep_sessions(member: Member, mentorship: Mentorship) -> bool:
    """Plan, change, cancel, note: the two who meet."""
    return member.person_id in mentorship.both


def can_keep_contract_template(member: Member) -> bool:
    """The words are the whole organisation's."""
    return can_keep_taxonomy(member)


def can_read_reason(member: Member, mentorship: Mentorship, mentee_cohorts: Collection[UUID]) -> bool:
    """Why it ended both sides read; why somebody said no, they themselves and the director."""
    return (
        mentorship.state == MentorshipState.ENDED
        or member.person_id == mentorship.over_by_id
        or can_direct_mentorship(member, mentee_cohorts)
    )


EXPOSURE_IS_FOLLOWED_BY = _("Programme directors and HR admins follow the exposure log.")


EXPOSURE_IS_SUMMED_UP_FOR = _("The exposure report is for programme directors, HR admins and executives.")


def can_see_exposure_summary(member: Member) -> bool:
    """The report; executives see figures about everybody in it, and no persons."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


def can_follow_exposure(member: Member) -> bool:
    """Missing logs and the report of exposure: programme directors for their cohorts, HR admins for all."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN)


MENTORSHIP_IS_RATED_BY = _("A mentorship is rated by its mentee and its mentor.")
SATISFACTION_IS_FOR = _("The satisfaction index is for programme directors, HR admins and executives.")


def can_see_satisfaction(member: Member) -> bool:
    """Figures about everybody, never one person's rating."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


CREDIT_IS_RULED_BY = _("HR admins set what mentoring is worth.")
CREDIT_IS_FOR = _("The credit of others is for HR admins and directors of all programmes.")
ACCREDITATION_IS_FOR = _("Figures for accreditation are for programme directors, HR admins and executives.")


def can_rule_credit(member: Member) -> bool:
    """What mentoring is worth is money and time: HR admins."""
    return member.has(Role.HR_ADMIN)


def can_see_credit(member: Member) -> bool:
    """The ledger of all mentors, letters for them, and who qualifies for the award."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_see_accreditation(member: Member) -> bool:
    """Counts of the whole organisation."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


ALUMNI_IS_ORGANISED_BY = _("Programme directors and HR admins organise alumni hours and reverse mentoring.")
CONSENT_IS_GIVEN_BY = _("A speaker of the organisation gives consent themselves; a guest's is written down.")
REVERSE_IS_ENDED_BY = _("Reverse mentoring is ended by either side or by whoever organises it.")


def can_organise_alumni(member: Member) -> bool:
    """Invite to alumni hours, write down who came, put recordings into the library."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN)


def can_see_place(member: Member, hour: AlumniHour, *, invited: bool) -> bool:
    """Where it is, which may be the address of a call: who is invited, speaks or organises."""
    return invited or hour.speaker_id == member.person_id or can_organise_alumni(member)


def can_give_consent(member: Member, hour: AlumniHour) -> bool:
    """A speaker of the organisation for themselves; for a guest whoever organises."""
    return hour.speaker_id == member.person_id or (hour.speaker_id is None and can_organise_alumni(member))


def can_withdraw_consent(member: Member, hour: AlumniHour) -> bool:
    """The speaker, and for any speaker whoever organises: withdrawing must never wait."""
    return hour.speaker_id == member.person_id or can_organise_alumni(member)


def can_end_reverse(member: Member, pair: ReverseMentoring) -> bool:
    return member.person_id in {pair.junior_id, pair.senior_id} or can_organise_alumni(member)


FAIRNESS_IS_FOR = _("Directors of all programmes, HR admins and executives read the fairness report.")


def can_see_fairness(member: Member) -> bool:
    """Aggregates over the whole organisation, for those who answer for all of it."""
    return member.directs_everyone or member.has(Role.HR_ADMIN, Role.EXECUTIVE)
