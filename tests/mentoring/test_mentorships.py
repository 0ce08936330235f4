"""From the offer to the end: who may take which step, what it does, and who is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from mentoring.enums import Initiator, MentorshipState, OverCause, Tier
from mentoring.models import Mentorship
from mentoring.services.mentorships import (
    accept_mentorship,
    change_mentor,
    confirm_mentorship,
    decline_mentorship,
    end_mentorship,
    extend_mentorship,
    propose_mentorship,
    withdraw_mentorship,
)
from people.enums import CareerStage
from people.member import Member
from people.models import Person
from tenancy.models import AuditEntry
from tenancy.scope import Scope
from tests.factories.mentoring import make_mentorship, offer_places
from tests.factories.people import make_line, make_person
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def offer(mercy: World, in_mercy: Scope) -> Mentorship:
    """Ada is offered to Eli, who has two places."""
    offer_places(mercy.eli, places=2)
    return make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Mentorship:
    return make_mentorship(mercy.eli, mercy.ada, planned_end=TODAY + dt.timedelta(days=30))


@pytest.fixture
def senior(mercy: World, in_mercy: Scope) -> Person:
    """An attending with places as a senior attending."""
    person = make_person(mercy.organization, "Sam", mercy.unit, career_stage=CareerStage.ATTENDING)
    offer_places(person, Tier.SENIOR)
    return person


def test_an_offer_is_accepted_then_confirmed(mercy: World, offer: Mentorship) -> None:
    accepted = accept_mentorship(offer, by=member_of(mercy.eli))
    assert (accepted.state, accepted.accepted_on, accepted.started_on) == ("accepted", TODAY, None)
    begun = confirm_mentorship(offer, by=member_of(mercy.ada))
    assert (begun.state, begun.started_on) == ("active", TODAY)
    assert begun.planned_end == TODAY + dt.timedelta(days=365)
    assert told() == [
        ({mercy.ada.pk}, "Eli Mercy accepts you as a mentee: confirm it, and it begins."),
        ({mercy.eli.pk}, "Ada Mercy confirmed: your mentorship has begun."),
    ]


def test_an_offer_needs_a_place(mercy: World, in_mercy: Scope) -> None:
    offer_places(mercy.eli, places=1)
    make_mentorship(mercy.eli, mercy.colin)
    offer = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    with pytest.raises(ValidationError, match="All places of Eli Mercy as peer mentor are taken"):
        accept_mentorship(offer, by=member_of(mercy.eli))


def test_a_tier_that_is_not_offered_is_said_so(mercy: World, in_mercy: Scope) -> None:
    offer = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    with pytest.raises(ValidationError, match="Eli Mercy offers no places as peer mentor"):
        accept_mentorship(offer, by=member_of(mercy.eli))


Act = Callable[[Mentorship, Member], object]
ACTS: dict[str, tuple[Act, set[str]]] = {
    "accept": (lambda each, by: accept_mentorship(each, by=by), {"eli"}),
    "decline": (lambda each, by: decline_mentorship(each, cause=OverCause.NO_TIME, by=by), {"eli"}),
    "withdraw": (lambda each, by: withdraw_mentorship(each, words="A mistake.", by=by), {"paula"}),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_step_is_for_whose_turn_it_is(mercy: World, offer: Mentorship, name: str) -> None:
    act, allowed = ACTS[name]
    refused = set()
    for who in ("ada", "colin", "henry", "paula", "eli"):
        if who not in allowed:
            with pytest.raises(PermissionDenied):
                act(offer, member_of(mercy.people[who]))
            refused.add(who)
    assert refused
    act(offer, member_of(mercy.people[allowed.pop()]))


def test_a_step_that_somebody_took_meanwhile_is_said(mercy: World, offer: Mentorship) -> None:
    withdraw_mentorship(offer, words="A mistake.", by=member_of(mercy.paula))
    with pytest.raises(ValidationError, match="It is now: withdrawn"):
        accept_mentorship(offer, by=member_of(mercy.eli))


def test_a_mentor_declines_and_the_director_is_told(mercy: World, offer: Mentorship) -> None:
    declined = decline_mentorship(
        offer, cause=OverCause.TOO_CLOSE, words="One team.", by=member_of(mercy.eli)
    )
    assert (declined.state, declined.over_cause, declined.over_reason) == (
        "declined",
        "too_close",
        "One team.",
    )
    assert told() == [({mercy.paula.pk}, "A mentorship was declined: Ada Mercy needs another mentor.")]


def test_the_audit_trail_does_not_tell_why_somebody_declined(mercy: World, offer: Mentorship) -> None:
    decline_mentorship(offer, cause=OverCause.OTHER_FIT, words="Not with Ada.", by=member_of(mercy.eli))
    trail = str(list(AuditEntry.objects.filter(table_name="mentoring_mentorship").values("change")))
    assert "declined" in trail
    assert "Not with Ada" not in trail
    assert "other_fit" not in trail


def test_a_mentee_declines_whom_they_do_not_want(mercy: World, in_mercy: Scope) -> None:
    accepted = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.ACCEPTED)
    decline_mentorship(accepted, cause=OverCause.OTHER_FIT, by=member_of(mercy.ada))
    assert told() == [
        ({mercy.eli.pk}, "The mentorship of Eli Mercy and Ada Mercy does not come about."),
        ({mercy.paula.pk}, "A mentorship was declined: Ada Mercy needs another mentor."),
    ]
    accepted.refresh_from_db()
    assert accepted.over_reason == "Somebody else would fit better"


@pytest.mark.parametrize(("cause", "field"), [(OverCause.OTHER, "words"), (OverCause.REACHED, "cause")])
def test_a_decline_has_a_reason(mercy: World, offer: Mentorship, cause: OverCause, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        decline_mentorship(offer, cause=cause, by=member_of(mercy.eli))
    assert list(refused.value.message_dict) == [field]


def test_whoever_runs_it_ends_it_with_a_reason(mercy: World, running: Mentorship) -> None:
    ended = end_mentorship(running, cause=OverCause.REACHED, by=member_of(mercy.ada))
    assert (ended.state, ended.over_on, ended.over_by_id) == ("ended", TODAY, mercy.ada.pk)
    assert told() == [({mercy.eli.pk}, "Ada Mercy ended the mentorship of Eli Mercy and Ada Mercy.")]
    with pytest.raises(ValidationError, match="It is now: ended"):
        end_mentorship(running, cause=OverCause.REACHED, by=member_of(mercy.eli))


@pytest.mark.parametrize("who", ["colin", "henry", "mara"])
def test_others_neither_end_nor_extend(mercy: World, running: Mentorship, who: str) -> None:
    by = member_of(mercy.people[who])
    with pytest.raises(PermissionDenied):
        end_mentorship(running, cause=OverCause.REACHED, by=by)
    with pytest.raises(PermissionDenied):
        extend_mentorship(running, until=TODAY + dt.timedelta(days=60), words="More.", by=by)


def test_it_is_extended_with_a_reason(mercy: World, running: Mentorship) -> None:
    until = TODAY + dt.timedelta(days=200)
    extended = extend_mentorship(running, until=until, words="The project runs on.", by=member_of(mercy.eli))
    assert (extended.planned_end, extended.extended_why) == (until, "The project runs on.")
    assert told() == [({mercy.ada.pk}, "Eli Mercy extended the mentorship of Eli Mercy and Ada Mercy.")]


@pytest.mark.parametrize(
    ("days", "words", "field"), [(30, "So.", "until"), (1200, "So.", "until"), (60, " ", "words")]
)
def test_an_extension_is_later_and_explained(
    mercy: World, running: Mentorship, days: int, words: str, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        extend_mentorship(
            running, until=TODAY + dt.timedelta(days=days), words=words, by=member_of(mercy.eli)
        )
    assert list(refused.value.message_dict) == [field]


def test_the_director_changes_a_mentor(mercy: World, senior: Person, in_mercy: Scope) -> None:
    before = make_mentorship(mercy.eli, mercy.ada, tier=Tier.SENIOR)
    made = change_mentor(before, senior, words="Eli moves on.", by=member_of(mercy.paula))
    before.refresh_from_db()
    assert before.state == "active"
    assert (made.state, made.initiator, made.replaces_id) == ("offered", "director", before.pk)
    change = "Another mentor is asked for Ada Mercy. Yours with Eli Mercy goes on until that one begins."
    assert told() == [
        ({senior.pk}, "Ada Mercy is proposed to you as a mentee: will you take them on?"),
        ({mercy.eli.pk, mercy.ada.pk}, change),
    ]
    confirm_mentorship(accept_mentorship(made, by=member_of(senior)), by=member_of(mercy.ada))
    before.refresh_from_db()
    assert (before.state, before.over_cause, before.over_reason) == ("ended", "change", "Eli moves on.")
    over = "The mentorship of Eli Mercy and Ada Mercy is over: the one that follows has begun."
    assert ({mercy.eli.pk, mercy.ada.pk}, over) in told()


def test_a_director_may_ask_somebody_else_again(mercy: World, senior: Person, in_mercy: Scope) -> None:
    running = make_mentorship(mercy.eli, mercy.ada, tier=Tier.SENIOR)
    other = make_person(mercy.organization, "Tia", mercy.unit, career_stage=CareerStage.ATTENDING)
    offer_places(other, Tier.SENIOR)
    first = change_mentor(running, senior, words="Eli moves on.", by=member_of(mercy.paula))
    second = change_mentor(first, other, words="Sam is ill.", by=member_of(mercy.paula))
    first.refresh_from_db()
    assert (first.state, second.replaces_id) == ("withdrawn", running.pk)
    with pytest.raises(ValidationError, match="It is now: withdrawn"):
        accept_mentorship(first, by=member_of(senior))


def test_who_has_a_mentor_is_not_proposed_another_by_one_of_the_two(
    mercy: World, senior: Person, in_mercy: Scope
) -> None:
    make_mentorship(mercy.eli, mercy.ada, tier=Tier.SENIOR)
    with pytest.raises(ValidationError, match="cannot be proposed now"):
        propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(mercy.ada))


def test_only_the_director_changes_a_mentor(mercy: World, senior: Person, running: Mentorship) -> None:
    with pytest.raises(PermissionDenied):
        change_mentor(running, senior, words="Please.", by=member_of(mercy.ada))


def test_a_mentor_is_not_changed_for_one_whom_the_rules_forbid(mercy: World, in_mercy: Scope) -> None:
    before = make_mentorship(mercy.eli, mercy.ada, tier=Tier.CHAIR)
    offer_places(mercy.mara, Tier.CHAIR)
    with pytest.raises(ValidationError, match="Mara Mercy is the immediate leader of Ada Mercy"):
        change_mentor(before, mercy.mara, words="Closer.", by=member_of(mercy.paula))
    before.refresh_from_db()
    assert before.state == MentorshipState.ACTIVE


def test_a_mentee_asks_and_the_mentors_yes_begins_it(mercy: World, senior: Person) -> None:
    made = propose_mentorship(senior, mercy.ada, Tier.SENIOR, why="Same clinic.", by=member_of(mercy.ada))
    assert (made.state, made.initiator, made.why) == ("offered", Initiator.MENTEE, "Same clinic.")
    begun = accept_mentorship(made, by=member_of(senior))
    assert (begun.state, begun.accepted_on, begun.started_on) == ("active", TODAY, TODAY)
    assert told() == [
        ({senior.pk}, "Ada Mercy would like to begin a mentorship with you."),
        ({mercy.ada.pk}, "Sam Smith says yes: your mentorship has begun."),
    ]


def test_a_mentor_offers_and_the_mentee_confirms(mercy: World, senior: Person) -> None:
    made = propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(senior))
    assert (made.state, made.initiator, made.accepted_on) == ("accepted", Initiator.MENTOR, TODAY)
    assert confirm_mentorship(made, by=member_of(mercy.ada)).state == MentorshipState.ACTIVE


def test_whoever_proposed_takes_it_back(mercy: World, senior: Person) -> None:
    made = propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(mercy.ada))
    assert withdraw_mentorship(made, words="Too soon.", by=member_of(mercy.ada)).state == "withdrawn"
    assert told()[-1] == ({senior.pk}, "The mentorship of Sam Smith and Ada Mercy does not come about.")


def test_nobody_proposes_for_others(mercy: World, senior: Person) -> None:
    with pytest.raises(PermissionDenied):
        propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(mercy.paula))


def test_a_declined_pair_is_not_proposed_again(mercy: World, senior: Person) -> None:
    made = propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(mercy.ada))
    decline_mentorship(made, cause=OverCause.NO_TIME, by=member_of(senior))
    with pytest.raises(ValidationError, match="The programme director can say more"):
        propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(mercy.ada))


def test_a_proposal_finds_out_nothing_about_offers_one_has_not_heard_of(mercy: World, senior: Person) -> None:
    said = set()
    for state, mentor, tier in (
        (MentorshipState.OFFERED, senior, Tier.SENIOR),  # unseen, the same
        (MentorshipState.DECLINED, senior, Tier.SENIOR),  # by the mentor, unseen
        (MentorshipState.OFFERED, mercy.eli, Tier.SENIOR),  # unseen, of somebody else
    ):
        with transaction.atomic():
            make_mentorship(mentor, mercy.ada, tier=tier, state=state)
            with pytest.raises(ValidationError) as refused:
                propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(mercy.ada))
            said.add(tuple(refused.value.messages))
            transaction.set_rollback(True)
    assert said == {("The two of you cannot be proposed now. The programme director can say more.",)}


def test_the_rules_of_pairs_hold_for_proposals(mercy: World, senior: Person) -> None:
    ada, by = mercy.ada, member_of(mercy.ada)
    make_line(senior, mercy.eli)
    offer_places(mercy.mara, Tier.CHAIR)
    full = make_person(mercy.organization, "Fay", mercy.unit, career_stage=CareerStage.ATTENDING)
    offer_places(full, Tier.SENIOR, 1)
    make_mentorship(full, mercy.colin, tier=Tier.SENIOR)
    resident = {"career_stage": CareerStage.RESIDENT, "training_grade": "PGY-2"}
    peer = make_person(mercy.organization, "Pia", mercy.unit, **resident)
    offer_places(peer)
    gone = make_person(mercy.organization, "Gil", mercy.unit, end_date=TODAY - dt.timedelta(days=1))
    refused = {
        (ada, Tier.PEER): "Nobody mentors themselves",
        (mercy.mara, Tier.CHAIR): "is the immediate leader of Ada Mercy",
        (full, Tier.SENIOR): "All places of Fay Smith as senior attending are taken",
        (peer, Tier.PEER): "at least one training year ahead",
        (mercy.colin, Tier.SENIOR): "A senior attending is further on",
        (gone, Tier.CHAIR): "Gil Smith no longer works here",
        (senior, Tier.CHAIR): "Sam Smith offers no places as chair sponsor",
    }
    for (mentor, tier), words in refused.items():
        with pytest.raises(ValidationError, match=words):
            propose_mentorship(mentor, ada, tier, by=by)


def test_a_tier_has_one_mentor(mercy: World, senior: Person) -> None:
    make_mentorship(mercy.eli, mercy.ada, tier=Tier.SENIOR)
    with pytest.raises(ValidationError, match="The programme director can say more"):
        propose_mentorship(senior, mercy.ada, Tier.SENIOR, by=member_of(mercy.ada))
