"""The places of a mentor, and the steps of a mentorship, as the database keeps them."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from mentoring.enums import Initiator, MentorshipState, Tier
from mentoring.models import Capacity, Mentorship
from mentoring.services.mentorships import accept_mentorship
from people.models import Person
from people.queries import member_for
from tenancy.scope import Scope, tenant_transaction
from tests.factories.mentoring import make_capacity, make_mentorship, make_profile, offer_places
from tests.factories.people import make_person
from tests.world import World

DAY = dt.date(2026, 2, 1)
OVER = {"over_on": DAY, "over_reason": "It is over."}


def taken(mentor: Person) -> int:
    return Capacity.objects.get(mentor__person=mentor, tier=Tier.PEER).taken


def step(mentorship: Mentorship, **values: Any) -> None:
    with transaction.atomic():
        Mentorship.objects.filter(pk=mentorship.pk).update(**values)


def test_places_are_counted_from_the_acceptance_to_the_end(mercy: World, in_mercy: Scope) -> None:
    offer_places(mercy.eli, places=2)
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    assert taken(mercy.eli) == 0
    step(made, state="accepted", accepted_on=DAY)
    assert taken(mercy.eli) == 1
    step(made, state="active", started_on=DAY)
    assert taken(mercy.eli) == 1
    step(made, state="ended", **OVER)
    assert taken(mercy.eli) == 0


@pytest.mark.parametrize(
    ("state", "rule"),
    [("offered", "mentoring_mentorship_asked_once"), ("active", "mentoring_mentorship_one_a_tier")],
)
def test_one_runs_and_one_is_asked_at_most(mercy: World, in_mercy: Scope, state: str, rule: str) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    make_mentorship(mercy.mara, mercy.ada, state=MentorshipState.OFFERED)
    offer_places(mercy.paula)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_mentorship(mercy.paula, mercy.ada, state=MentorshipState(state))


def test_a_place_is_kept_until_what_follows_has_begun(mercy: World, in_mercy: Scope) -> None:
    offer_places(mercy.eli, places=1)
    offer_places(mercy.mara, places=1)
    before = make_mentorship(mercy.eli, mercy.ada)
    after = make_mentorship(mercy.mara, mercy.ada, state=MentorshipState.OFFERED, replaces=before)
    step(after, state="accepted", accepted_on=DAY)
    assert (taken(mercy.eli), taken(mercy.mara)) == (1, 1)
    with pytest.raises(IntegrityError, match="mentoring_mentorship_one_a_tier"):
        step(after, state="active", started_on=DAY)
    step(before, state="ended", **OVER)
    step(after, state="active", started_on=DAY)
    assert (taken(mercy.eli), taken(mercy.mara)) == (0, 1)


def test_what_is_taken_is_counted_whoever_writes_the_row(mercy: World, in_mercy: Scope) -> None:
    offered = offer_places(mercy.eli, places=2)
    make_mentorship(mercy.eli, mercy.ada)
    offered.save()  # read before the mentorship began
    assert taken(mercy.eli) == 1
    Capacity.objects.update(taken=0)
    assert taken(mercy.eli) == 1


def test_places_offered_later_count_who_is_there_already(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    Capacity.objects.all().delete()
    offer_places(mercy.eli)
    assert taken(mercy.eli) == 1


def test_no_more_than_the_places_offered(mercy: World, in_mercy: Scope) -> None:
    offer_places(mercy.eli, places=1)
    make_mentorship(mercy.eli, mercy.ada)
    with pytest.raises(IntegrityError, match="mentoring_capacity_kept"):
        make_mentorship(mercy.eli, mercy.colin)


def test_fewer_places_than_are_taken_cannot_be_offered(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    with pytest.raises(IntegrityError, match="mentoring_capacity_kept"):
        Capacity.objects.update(places=0)


def test_a_tier_without_places_takes_nobody(mercy: World, in_mercy: Scope) -> None:
    make_capacity(make_profile(mercy.eli), Tier.CHAIR)
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    with pytest.raises(IntegrityError, match="offers no places as peer"):
        step(made, state="accepted", accepted_on=DAY)


def test_each_tier_has_its_own_places(mercy: World, in_mercy: Scope) -> None:
    offer_places(mercy.eli, places=1)
    make_mentorship(mercy.eli, mercy.ada)
    make_mentorship(mercy.eli, mercy.colin, tier=Tier.SENIOR)
    assert taken(mercy.eli) == 1


@pytest.mark.parametrize(
    ("state", "values"),
    [
        ("offered", {"state": "active", "accepted_on": DAY, "started_on": DAY}),
        ("offered", {"why": "Because."}),
        ("active", {"state": "declined", "started_on": None, **OVER}),
        ("active", {"tier": "chair"}),
        ("active", {"initiator": "mentor"}),
        ("ended", {"over_reason": "Another reason."}),
        ("ended", {"state": "active", "over_on": None}),
        ("declined", {"state": "offered", "over_on": None}),
    ],
)
def test_no_step_is_left_out_or_taken_back(
    mercy: World, in_mercy: Scope, state: str, values: dict[str, Any]
) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState(state))
    with pytest.raises(IntegrityError, match=f"that is {state} is not changed in this way"):
        step(made, **values)


def test_what_the_mentee_asked_for_begins_with_the_mentors_yes(mercy: World, in_mercy: Scope) -> None:
    asked = {"state": MentorshipState.OFFERED, "initiator": Initiator.MENTEE}
    offer_places(mercy.eli)
    step(make_mentorship(mercy.eli, mercy.ada, **asked), state="active", accepted_on=DAY, started_on=DAY)
    assert taken(mercy.eli) == 1


def test_nothing_is_removed(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    with pytest.raises(IntegrityError, match="is not changed in this way"):
        Mentorship.objects.all().delete()


THREADS = 50


def test_of_fifty_acceptances_of_the_last_place_one_wins(committed_mercy: World) -> None:
    world = committed_mercy
    offer_places(world.eli, places=1)
    offers = [
        make_mentorship(
            world.eli,
            make_person(world.organization, f"Mentee{number}", world.unit),
            state=MentorshipState.OFFERED,
        )
        for number in range(THREADS)
    ]
    together, said = threading.Barrier(THREADS), Counter[str]()

    def accept(offer: Mentorship) -> None:
        try:
            with tenant_transaction(world.organization.pk, actor_id=world.eli.pk):
                eli = member_for(world.eli.pk, on=timezone.localdate())
                assert eli is not None
                together.wait(timeout=60)
                accept_mentorship(offer, by=eli)
            said["accepted"] += 1
        except ValidationError as error:
            said[" ".join(error.messages)] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=[offer]) for offer in offers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    refused = f"All places of {world.eli.name} as peer mentor are taken."
    assert said == {"accepted": 1, refused: THREADS - 1}
    with tenant_transaction(world.organization.pk):
        assert taken(world.eli) == 1
        assert Mentorship.objects.filter(state=MentorshipState.ACCEPTED).count() == 1
