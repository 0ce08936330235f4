"""Who may do what in succession: pure predicates on plain values, without queries."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.member import Member
from succession.enums import Proposers, Rung
from succession.seats import PoolSeat, SelectionSeat

# Who may, in words for whoever may not: people.access.demand() says them.
SUCCESSION_IS_WATCHED_BY = _("HR admins and executives see how all positions are covered.")
POOLS_ARE_SET_UP_BY = _("HR admins set up the pools.")
POOL_IS_FOR = _("A pool is for whoever holds the position, HR admins and executives.")
CANDIDATES_ARE_PROPOSED_BY = _(
    "Candidates are proposed by the pool’s owner and HR, in some pools by unit leaders; never by themselves."
)
CANDIDACY_IS_ANSWERED_BY = _("Whoever is asked answers, and nobody for them.")
CANDIDACY_IS_ENDED_BY = _("A candidate, the pool’s owner and HR admins end a candidacy.")
READINESS_IS_ASSESSED_BY = _("The pool’s owner and HR admins say how ready somebody is; never the candidate.")
RUNGS_ARE_TAKEN_BY = _("The pool’s owner and HR admins refresh the pool; HR admins see to the slate.")
INTENTIONS_ARE_DECLARED_BY = _("Whoever holds a position says what they intend, and nobody for them.")
REVIEWS_ARE_PLANNED_BY = _("HR admins plan talent reviews.")
REVIEW_IS_RUN_BY = _("A talent review is run by its facilitator and HR admins.")
POOL_IS_DISCUSSED_BY = _("Nobody discusses a pool that they are asked for or in themselves.")
ACTION_IS_DONE_BY = _("An action is done by whoever it was given to.")
EXCEPTIONS_ARE_ASKED_BY = _("HR admins ask for exceptions.")
EXCEPTIONS_ARE_DECIDED_BY = _("An executive decides on an exception: not who asked, and not whom it is for.")
REPRESENTATION_IS_FOR = _("HR admins and executives see how pools represent the workforce.")
REPRESENTATION_IS_SWITCHED_BY = _("HR admins switch the look at representation on and off.")
SELECTIONS_ARE_RUN_BY = _("HR admins run a selection, unless they are a candidate in it or on its panel.")
SELECTION_IS_FOR = _(
    "Names are for the unit’s staff, who stands, the panel, whoever holds the position, HR and executives."
)
NAMES_ARE_GIVEN_BY = _(
    "The unit’s own staff name who could stand; nobody from elsewhere, and nobody themselves."
)
STANDING_IS_ANSWERED_BY = _("Whoever is asked answers, and nobody for them.")
INTERVIEWS_ARE_HELD_BY = _("The panel interviews the unit’s staff.")
INTERVIEW_IS_ANSWERED_BY = _("An interview is between one of the staff and one of the panel.")
BALLOT_IS_FOR = _("The unit’s own staff vote, as they were when the roll was frozen; the panel does not.")
SCORES_ARE_GIVEN_BY = _("The panel scores the slate.")
DECISION_IS_TAKEN_BY = _("Whoever chairs the panel writes down what it decided.")


def watches_succession(member: Member) -> bool:
    """Sees every position, its pool and candidates: the centre."""
    return member.has(Role.HR_ADMIN, Role.EXECUTIVE)


def can_set_up_pools(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


def can_see_pool(member: Member, seat: PoolSeat) -> bool:
    return seat.is_owner or watches_succession(member)


def can_propose(member: Member, seat: PoolSeat, proposers: str) -> bool:
    """Leaders who may propose see nothing of the pool for it."""
    return (
        seat.is_owner
        or can_set_up_pools(member)
        or (proposers == Proposers.LEADERS and bool(member.led_units))
    )


def can_see_candidacy(member: Member, seat: PoolSeat, person_id: UUID) -> bool:
    """The candidate sees everything that is said of them."""
    return person_id == member.person_id or can_see_pool(member, seat)


def can_answer(member: Member, person_id: UUID) -> bool:
    return person_id == member.person_id


def can_end_candidacy(member: Member, seat: PoolSeat, person_id: UUID) -> bool:
    return person_id == member.person_id or seat.is_owner or can_set_up_pools(member)


def can_assess(member: Member, seat: PoolSeat, person_id: UUID) -> bool:
    return person_id != member.person_id and (seat.is_owner or can_set_up_pools(member))


def can_take_rung(member: Member, seat: PoolSeat, rung: Rung) -> bool:
    return can_set_up_pools(member) or (seat.is_owner and rung == Rung.REFRESH)


def can_declare_intention(member: Member, holder_id: UUID) -> bool:
    return member.person_id == holder_id


def can_see_intention(member: Member, holder_id: UUID, *, stands: bool) -> bool:
    """Never for who is in the pool of the position, whatever else they are."""
    return member.person_id == holder_id or (watches_succession(member) and not stands)


def can_read_intention_note(member: Member, holder_id: UUID, *, stands: bool) -> bool:
    return member.person_id == holder_id or (member.has(Role.HR_ADMIN) and not stands)


def can_ask_exception(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


def can_decide_exception(member: Member, *, asked_by: UUID, person_id: UUID) -> bool:
    return member.has(Role.EXECUTIVE) and member.person_id not in {asked_by, person_id}


def can_plan_review(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


def can_run_review(member: Member, facilitator_id: UUID) -> bool:
    """Opens its page, decides in it and closes it."""
    return member.person_id == facilitator_id or can_plan_review(member)


def can_read_decisions(member: Member, seat: PoolSeat, *, stands: bool) -> bool:
    """Of talent reviews, about one pool; never for who stands in it, whatever else they are."""
    return not stands and (seat.is_owner or can_plan_review(member))


def can_finish_action(member: Member, owner_id: UUID) -> bool:
    return member.person_id == owner_id


def can_run_selection(member: Member, seat: SelectionSeat) -> bool:
    """HR, as long as they gain nothing by it. They edit no name, vote or score."""
    return member.has(Role.HR_ADMIN) and not (seat.is_candidate or seat.on_panel)


def can_open_selection(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)


def can_see_selection(member: Member, seat: SelectionSeat) -> bool:
    """Names and the slate; the log is open to everybody."""
    return seat.votes or seat.is_candidate or seat.on_panel or seat.is_owner or watches_succession(member)


def can_name(seat: SelectionSeat) -> bool:
    """Slates come from the unit only: neither HR nor the panel adds a name (R69)."""
    return seat.votes


def can_vote(seat: SelectionSeat) -> bool:
    return seat.votes


def can_interview(seat: SelectionSeat) -> bool:
    return seat.chooses


def can_score(seat: SelectionSeat) -> bool:
    return seat.chooses


def can_decide(seat: SelectionSeat) -> bool:
    return seat.chooses and seat.chairs


def can_switch_representation(member: Member) -> bool:
    return member.has(Role.HR_ADMIN)
