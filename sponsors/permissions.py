"""Who may do what in the clinic: pure predicates on plain values, without queries."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.member import Member
from people.permissions import oversees
from sponsors.enums import Domain
from sponsors.models import CoachingSession, Diagnosis, DiagnosisDraft, Obstacle, Sponsorship
from sponsors.seats import Seat

# Who may, in words for whoever may not: people.access.demand() says them.
SPONSOR_IS_CHOSEN_BY = _("Leaders choose their own primary sponsor.")
SPONSORSHIP_IS_ANSWERED_BY = _("Whoever was asked to sponsor says yes or no.")
SPONSORSHIP_IS_WITHDRAWN_BY = _("Whoever asked takes it back.")
SPONSORSHIP_IS_ENDED_BY = _("A sponsorship is ended by the leader or the sponsor.")
HANDOVER_IS_WRITTEN_BY = _("The sponsor writes the hand-over.")
DEFINITION_IS_KEPT_BY = _("HR admins and directors of all programmes keep the definition of the role.")
OVERVIEW_IS_FOR = _("Programme directors, HR admins and executives see how many leaders have a sponsor.")


def can_keep_definition(member: Member) -> bool:
    """What a sponsor does is the whole organisation's."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def is_one_of(member: Member, sponsorship: Sponsorship) -> bool:
    """The leader or the sponsor of it."""
    return member.person_id in {sponsorship.leader_id, sponsorship.sponsor_id}


def can_see_sponsorship(member: Member, sponsorship: Sponsorship, leader_cohorts: Collection[UUID]) -> bool:
    """The two, always. That there is or was one: whoever oversees the leader's development."""
    return is_one_of(member, sponsorship) or (
        sponsorship.has_begun and oversees(member, sponsorship.leader_id, leader_cohorts)
    )


def can_see_overview(member: Member) -> bool:
    """Directors see their cohorts, HR admins everybody; executives figures alone."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


def can_see_leaders_without(member: Member) -> bool:
    """By name: whoever answers for their development."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN)


TEAM_IS_CONVENED_BY = _("The primary sponsor convenes the team.")
TEAM_IS_FOR = _(
    "The team is for the leader, the sponsor, the immediate leader and the specialists themselves."
)


def can_convene_team(seat: Seat) -> bool:
    """The owner tailors the team (R4)."""
    return seat.is_sponsor


REGIMEN_IS_FOR = _("A regimen is for the leader, the sponsor, the immediate leader and the specialists.")
REGIMEN_IS_CHANGED_BY = _(
    "Sponsor and immediate leader change the regimen; specialists their own domain. The leader proposes."
)
PRIVATE_IS_BETWEEN = _("What is private stays between leader and sponsor.")
REGIMEN_IS_PUBLISHED_BY = _("Sponsor or immediate leader publish the regimen.")
REGIMEN_IS_READ_BY = _("The leader acknowledges a regimen.")
PROPOSALS_COME_FROM = _("The leader proposes; sponsor and immediate leader answer.")


def can_change_regimen(seat: Seat, *, domain: str = "", private: bool = False) -> bool:
    """A part of it: sponsors everything, managers what is shared, specialists the own domain (R10, C3)."""
    if private:
        return seat.is_sponsor
    return seat.is_sponsor or seat.is_manager or (bool(domain) and domain in seat.domains)


def can_change_goals(seat: Seat) -> bool:
    return seat.is_sponsor or seat.is_manager


def can_publish_regimen(seat: Seat) -> bool:
    return seat.is_sponsor or seat.is_manager


def can_read_action(seat: Seat, *, domain: str, private: bool) -> bool:
    """What is private: leader and sponsor. What is shared: the manager too, and specialists of the domain."""
    if private:
        return seat.reads_private
    return seat.reads_all_domains or domain in seat.domains


OUTCOME_IS_ATTESTED_BY = _(
    "Sponsor or immediate leader attest what came of an action; of what is private, the sponsor."
)
RELEASE_IS_BY = _("The leader alone lets something go: from the sponsor to the team, and into the Passport.")


def can_attest_outcome(seat: Seat, *, private: bool) -> bool:
    return not seat.is_leader and (seat.is_sponsor or (seat.is_manager and not private))


def can_release(seat: Seat) -> bool:
    """Upwards, and back as long as nobody has attested it (C3)."""
    return seat.is_leader


FRAMEWORK_IS_KEPT_BY = _("HR admins and directors of all programmes keep the competencies.")


def can_keep_framework(member: Member) -> bool:
    """The organisation's, and what its units make of it."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


REVIEW_IS_FOR = _("A review is for the leader, the sponsor and the immediate leader.")
REVIEW_IS_HELD_BY = _("Sponsor and immediate leader hold the review together.")
REVIEW_IS_CALLED_BY = _("The sponsor calls a review early.")
LEADER_VIEW_IS_BY = _("The leader writes the own view.")
REVIEW_RULE_IS_KEPT_BY = _("HR admins and directors of all programmes say how often reviews are held.")
LATE_REVIEWS_ARE_FOR = _("Programme directors and HR admins see by name what is late.")
ACCOUNTABILITY_IS_FOR = _("Programme directors, HR admins and executives see whether reviews are held.")


def can_hold_review(seat: Seat) -> bool:
    """Both write, and both sign (R9)."""
    return seat.is_sponsor or seat.is_manager


def can_call_review(seat: Seat) -> bool:
    return seat.is_sponsor


def can_keep_review_rule(member: Member) -> bool:
    """It is the whole organisation's."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_see_accountability(member: Member) -> bool:
    """Figures of units: directors of their cohorts, HR admins and executives of everybody."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


def can_see_late_reviews(member: Member) -> bool:
    """By name: whoever answers for the leaders' development."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN)


CONFERENCE_IS_OPENED_BY = _("The primary sponsor calls and concludes a case conference.")
CONFERENCE_IS_FOR = _(
    "A case conference is for the leader, the sponsor, the immediate leader and the specialists asked to it."
)
EVIDENCE_COMES_FROM = _(
    "Whoever sits at the conference brings evidence: specialists of the own domain, the leader from records."
)
DIAGNOSIS_IS_WRITTEN_BY = _("Specialists diagnose their own domain, sponsor and immediate leader any.")
DRAFT_IS_ITS_AUTHORS = _("A draft is changed and released by whoever wrote it.")
DIAGNOSIS_IS_READ_BY = _("The leader acknowledges a diagnosis and asks about it.")
QUESTION_IS_ANSWERED_BY = _("The author of the diagnosis or the sponsor answers.")


def can_hold_conference(seat: Seat) -> bool:
    """Call it, and conclude it."""
    return seat.is_sponsor


def can_note_evidence(seat: Seat, *, domain: str = "") -> bool:
    """`domain`: empty for what all at the conference read."""
    return can_diagnose(seat, domain) if domain else can_diagnose_something(seat)


def can_take_evidence(seat: Seat) -> bool:
    """From the records, as they are: whoever notes evidence, and the leader, whose records they are."""
    return seat.is_leader or can_note_evidence(seat)


def can_diagnose(seat: Seat, domain: str) -> bool:
    """Nobody diagnoses themselves: a leader's own words have their place in the thread."""
    return seat.is_sponsor or seat.is_manager or domain in seat.domains


def can_diagnose_something(seat: Seat) -> bool:
    return seat.is_sponsor or seat.is_manager or bool(seat.domains)


def can_read_draft(seat: Seat, draft: DiagnosisDraft) -> bool:
    """Its author, as long as the domain is theirs, and the sponsor."""
    return seat.is_sponsor or can_change_draft(seat, draft)


def can_change_draft(seat: Seat, draft: DiagnosisDraft) -> bool:
    return seat.person_id == draft.author_id and can_diagnose(seat, draft.domain)


def can_answer_question(seat: Seat, diagnosis: Diagnosis) -> bool:
    return seat.is_sponsor or (seat.person_id == diagnosis.author_id and can_diagnose(seat, diagnosis.domain))


INTAKE_IS_RUN_BY = _("The primary sponsor asks others about a leader.")
INTAKE_IS_FOR = _(
    "What others said is for the leader and the sponsor; the immediate leader has two lists of it."
)


def can_run_intake(seat: Seat) -> bool:
    """Gathering assessment is the sponsor's (R6)."""
    return seat.is_sponsor


def can_read_intake(seat: Seat) -> bool:
    """Themes with sentences."""
    return seat.reads_private


def can_read_intake_lists(seat: Seat) -> bool:
    """Opportunities and areas for development by name alone: the immediate leader reviews the plan with the
    sponsor, and might know somebody by a sentence or by a count."""
    return seat.reads_all_domains


COACHING_IS_FOR = _("Coaching is for the leader, the coach, the sponsor and the immediate leader.")
SESSIONS_ARE_PLANNED_BY = _("Sessions are planned by the leader and by whoever coaches them.")


def can_read_coaching(seat: Seat) -> bool:
    """That sessions are planned and held. What is said in them: the two alone."""
    return seat.reads_domain(Domain.COACHING)


def can_plan_sessions(seat: Seat) -> bool:
    """With a seat. Whoever coaches for a flag does so without one (sponsors/flags.py)."""
    return seat.is_leader or Domain.COACHING in seat.domains


def can_keep_session(member: Member, session: CoachingSession) -> bool:
    """Move it, write its agenda, say what became of it."""
    return member.person_id in {session.leader_id, session.coach_id}


ONBOARDING_IS_FOR = _("An onboarding is for the leader, the sponsor, the immediate leader and the chair.")
ONBOARDING_IS_BEGUN_BY = _("Whoever oversees a leader’s development begins and stops an onboarding.")
PROOF_COMES_FROM = _("The leader shows what was done.")
PROOF_IS_CONFIRMED_BY = _("Sponsor or immediate leader confirm it; of an assessment the sponsor alone.")
GATE_IS_RECOMMENDED_BY = _("Sponsor and immediate leader recommend.")
GATE_IS_DECIDED_BY = _("The chair decides.")
CONTENTS_ARE_KEPT_BY = _("HR admins and directors of all programmes say what is shown at the gates.")
ONBOARDINGS_ARE_FOR = _("Programme directors, HR admins and executives see how onboardings go.")


def can_keep_onboarding(seat: Seat) -> bool:
    """Begin it, stop it, name who decides. Nobody does so for themselves, nor for whom they recommend."""
    return seat.oversees and not (seat.is_leader or seat.is_sponsor or seat.is_manager)


def can_see_onboarding(seat: Seat, *, is_chair: bool) -> bool:
    """That it runs, its days, and how it ended."""
    return seat.reads_all_domains or seat.oversees or is_chair


def can_read_gates(seat: Seat, *, is_chair: bool) -> bool:
    """What is shown, recommended and decided, and why."""
    return seat.reads_all_domains or is_chair


def can_read_proof(seat: Seat, *, private: bool, is_chair: bool) -> bool:
    """An assessment stays between leader and sponsor (C3): all others see that it is there."""
    return seat.reads_private if private else can_read_gates(seat, is_chair=is_chair)


def can_show_proof(seat: Seat) -> bool:
    return seat.is_leader


def can_confirm_proof(seat: Seat, *, private: bool) -> bool:
    """Nobody confirms what they did themselves."""
    return not seat.is_leader and (seat.is_sponsor or (seat.is_manager and not private))


def can_recommend(seat: Seat) -> bool:
    return not seat.is_leader and (seat.is_sponsor or seat.is_manager)


def can_keep_contents(member: Member) -> bool:
    """They are the whole organisation's."""
    return member.has(Role.HR_ADMIN) or member.directs_everyone


def can_see_onboardings(member: Member) -> bool:
    """Directors see their cohorts, HR admins everybody; executives figures alone."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


def can_see_onboardings_by_name(member: Member) -> bool:
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN)


OBSTACLES_ARE_FOR = _("Obstacles are for the leader, the team, and whoever removes them.")
OBSTACLE_IS_KEPT_BY = _(
    "Its owner, whoever raised it, leader, sponsor and immediate leader say what becomes of an obstacle."
)
OBSTACLE_REPORT_IS_FOR = _("Programme directors, HR admins and executives see what stands in leaders' way.")


def can_raise_obstacle(seat: Seat, *, private: bool = False) -> bool:
    return seat.reads_private if private else seat.is_in_team


def can_read_obstacle(seat: Seat, obstacle: Obstacle) -> bool:
    """Whoever removes it, always. What is private: leader and sponsor besides."""
    return seat.person_id == obstacle.owner_id or can_raise_obstacle(seat, private=obstacle.private)


def can_keep_obstacle(seat: Seat, obstacle: Obstacle) -> bool:
    """Hand it on, give it another day, say that it is gone: of whoever reads it, all but specialists who have
    nothing to do with it."""
    concerned = seat.reads_all_domains or seat.person_id in {obstacle.owner_id, obstacle.raised_by_id}
    return concerned and can_read_obstacle(seat, obstacle)


def can_see_obstacle_report(member: Member) -> bool:
    """Figures: directors of their cohorts, HR admins and executives of everybody."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN, Role.EXECUTIVE)


def can_see_late_obstacles(member: Member) -> bool:
    """By name: whoever answers for the leaders' development. Without the words."""
    return member.has(Role.PROGRAMME_DIRECTOR, Role.HR_ADMIN)


CONTACTS_ARE_FOR = _("The leader and the team log contacts.")
CONTACT_IS_ITS_AUTHORS = _("Whoever logged a contact takes it out.")


def can_log_contact(seat: Seat) -> bool:
    return seat.is_in_team
