"""Proposing, withdrawing, ending, extending and changing a mentorship by API."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from mentoring.enums import Initiator, MentorshipState, Tier
from mentoring.models import Mentorship
from people.enums import CareerStage
from people.models import Person
from tenancy.scope import Scope
from tests.factories.mentoring import make_mentorship, offer_places
from tests.rest import api, faults, path, post, problem
from tests.world import World

SENTENCE = "The year was full."


def step(world: World, who: str, made: Mentorship, name: str, **body: Any) -> Any:
    url = path(world, "mentoring/mentorships", made.pk, name)
    return post(api(world, world.people[who]), url, **body)


def test_a_colleague_is_asked_or_offered_help(mercy: World, in_mercy: Scope) -> None:
    Person.objects.filter(pk=mercy.eli.pk).update(career_stage=CareerStage.ATTENDING)
    offer_places(mercy.eli, Tier.SENIOR)
    body = {"role": "mentor", "colleague": str(mercy.eli.pk), "tier": "senior", "why": "You led the move."}
    url = path(mercy, "me/mentorships")
    asked = post(api(mercy, mercy.ada), url, **body)
    assert (asked.status_code, asked.json()["state"], asked.json()["initiator"]) == (201, "offered", "mentee")
    assert Mentorship.objects.get().mentor == mercy.eli
    problem(post(api(mercy, mercy.ada), url, **body), 409)


def test_a_proposal_that_cannot_be_is_refused(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    ada, url = api(mercy, mercy.ada), path(mercy, "me/mentorships")
    foreign = {"role": "mentor", "colleague": str(fenwick.eli.pk), "tier": "senior"}
    assert faults(post(ada, url, **foreign), 422).keys() == {"/colleague"}
    wrong = {"role": "boss", "colleague": "eli", "tier": "x", "why": "x" * 301}
    assert faults(post(ada, url, **wrong), 400).keys() == {f"/{name}" for name in wrong}
    mara = {"role": "mentor", "colleague": str(mercy.mara.pk), "tier": "peer"}
    assert "immediate leader" in problem(post(ada, url, **mara), 409)["detail"]


def test_an_offer_is_withdrawn_by_the_director(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED, initiator=Initiator.DIRECTOR)
    problem(step(mercy, "eli", made, "withdraw", words=SENTENCE), 403)
    assert faults(step(mercy, "paula", made, "withdraw"), 400).keys() == {"/words"}
    assert step(mercy, "paula", made, "withdraw", words=SENTENCE).json()["state"] == "withdrawn"
    problem(step(mercy, "paula", made, "withdraw", words=SENTENCE), 409)


def test_either_side_ends_what_runs(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    assert faults(step(mercy, "ada", made, "end", cause="other"), 422).keys() == {"/words"}
    assert faults(step(mercy, "ada", made, "end", cause="bored"), 400).keys() == {"/cause"}
    ended = step(mercy, "ada", made, "end", cause="reached", words=SENTENCE).json()
    assert (ended["state"], ended["over_on"]) == ("ended", timezone.localdate().isoformat())


def test_it_is_extended_within_bounds(mercy: World, in_mercy: Scope) -> None:
    made, today = make_mentorship(mercy.eli, mercy.ada), timezone.localdate()
    assert faults(step(mercy, "eli", made, "extend", until=today, words=SENTENCE), 422).keys() == {"/until"}
    until = (today + dt.timedelta(days=90)).isoformat()
    extended = step(mercy, "eli", made, "extend", until=until, words=SENTENCE)
    assert extended.json()["planned_end"] == until


def test_the_director_changes_a_mentor(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, tier=Tier.CHAIR)
    offer_places(mercy.henry, Tier.CHAIR)
    change = {"mentor": str(mercy.henry.pk), "words": SENTENCE}
    problem(step(mercy, "ada", made, "change", **change), 403)
    foreign = step(mercy, "paula", made, "change", mentor=str(fenwick.henry.pk), words=SENTENCE)
    assert faults(foreign, 422).keys() == {"/mentor"}
    new = step(mercy, "paula", made, "change", **change)
    assert (new.status_code, new.json()["mentor"]["name"]) == (201, "Henry Mercy")
    made.refresh_from_db()
    assert made.state == MentorshipState.ACTIVE  # until the new one begins


@pytest.mark.parametrize("name", ["withdraw", "end", "extend", "change"])
@pytest.mark.parametrize("who", ["colin", "mara", "henry"])
def test_others_find_no_mentorship(mercy: World, in_mercy: Scope, who: str, name: str) -> None:
    problem(step(mercy, who, make_mentorship(mercy.eli, mercy.ada), name), 404)
