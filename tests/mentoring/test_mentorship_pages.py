"""The steps of a mentorship in the browser of each side."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from mentoring.enums import MentorshipState, Tier
from mentoring.models import Mentorship
from people.enums import CareerStage, Role
from people.models import Person
from tenancy.scope import Scope
from tests.factories.mentoring import make_deliverable, make_mentorship, offer_places
from tests.factories.people import make_grant, make_person
from tests.world import World

SignIn = Callable[[Person], Client]


def take(client: Client, world: World, made: Mentorship, name: str, **values: Any) -> HttpResponse:
    url = reverse(f"mentoring:mentorship_{name}", args=[world.slug, made.pk])
    return client.post(url, values)  # type: ignore[return-value]  # the test client's own class


def page(client: Client, world: World, made: Mentorship) -> str:
    return client.get(reverse("mentoring:mentorship", args=[world.slug, made.pk])).content.decode()


def test_both_sides_say_yes_in_their_own_browsers(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    offer_places(mercy.eli)
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    eli, ada = sign_in(mercy.eli), sign_in(mercy.ada)
    assert "Will you mentor Ada?" in page(eli, mercy, made)
    assert take(eli, mercy, made, "accept").status_code == 302
    assert "Ada Mercy has not confirmed yet" in page(eli, mercy, made)
    assert "Shall Eli be your mentor?" in page(ada, mercy, made)
    assert take(ada, mercy, made, "confirm").status_code == 302
    assert "Running" in page(eli, mercy, made)


def test_the_two_are_asked_to_agree_and_the_director_is_not(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    for person in (mercy.eli, mercy.ada):
        assert "Agree on a contract" in page(sign_in(person), mercy, made)
    assert "Agree on a contract" not in page(sign_in(mercy.paula), mercy, made)


def test_a_yes_that_comes_too_late_says_what_happened(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.WITHDRAWN)
    for name in ("accept", "decline"):
        answer = take(sign_in(mercy.eli), mercy, made, name, cause="no_time")
        assert answer.status_code == 422
        assert "It is now: withdrawn" in answer.content.decode()


def test_each_side_reads_that_what_runs_goes_on_until_the_new_one_begins(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    running = make_mentorship(mercy.eli, mercy.ada, tier=Tier.SENIOR)
    asked = {"tier": Tier.SENIOR, "state": MentorshipState.OFFERED, "replaces": running}
    made = make_mentorship(mercy.henry, mercy.ada, **asked)
    ada, paula = sign_in(mercy.ada), sign_in(mercy.paula)
    goes_on = "This mentorship goes on until the new one begins, and ends with it."
    for client in (ada, paula, sign_in(mercy.eli)):
        assert goes_on in page(client, mercy, running)
    assert "Henry Mercy" in page(paula, mercy, running)
    assert "Henry Mercy" not in page(ada, mercy, running)  # not before he has said yes
    assert "Eli Mercy is the mentor until this begins" in page(sign_in(mercy.henry), mercy, made)
    mine = ada.get(reverse("mentoring:mine", args=[mercy.slug])).content.decode()
    assert "another is asked" in mine
    assert "Henry Mercy" not in mine


def test_who_is_asked_reads_until_when(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    asked = {"state": MentorshipState.OFFERED, "offered_on": dt.date(2026, 11, 2)}
    made = make_mentorship(mercy.eli, mercy.ada, **asked)
    assert "Please answer until 16 November 2026" in page(sign_in(mercy.eli), mercy, made)
    assert "without an answer until 16 November 2026" in page(sign_in(mercy.paula), mercy, made)


def test_a_refused_step_comes_back_with_the_words(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    answer = take(sign_in(mercy.eli), mercy, made, "accept")
    assert answer.status_code == 422
    assert "Eli Mercy offers no places as peer mentor." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("decline", "offered"),
        ("withdraw", "offered"),
        ("end", "active"),
        ("extend", "active"),
        ("change", "active"),
    ],
)
def test_a_step_without_a_reason_is_shown_again(
    mercy: World, in_mercy: Scope, sign_in: SignIn, name: str, state: str
) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState(state))
    who = mercy.paula if name in {"withdraw", "change"} else mercy.eli
    answer = take(sign_in(who), mercy, made, name)
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()


def test_a_decline_is_read_by_the_director_not_by_the_mentee(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.ACCEPTED)
    take(sign_in(mercy.ada), mercy, made, "decline", cause="too_close", words="We share a ward.")
    assert "We share a ward." in page(sign_in(mercy.paula), mercy, made)
    seen = page(sign_in(mercy.eli), mercy, made)
    assert "not proposed to each other again" in seen
    assert "We share a ward." not in seen


def test_an_end_is_told_to_both(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    take(sign_in(mercy.ada), mercy, made, "end", cause="other", words="The project is done.")
    assert "The project is done." in page(sign_in(mercy.eli), mercy, made)


def test_the_director_names_another_mentor(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    sam = make_person(mercy.organization, "Sam", mercy.unit, career_stage=CareerStage.ATTENDING)
    offer_places(sam, Tier.SENIOR)
    made = make_mentorship(mercy.eli, mercy.ada, tier=Tier.SENIOR)
    paula = sign_in(mercy.paula)
    unknown = take(paula, mercy, made, "change", mentor="nobody@mercy.example", words="So.")
    assert "Nobody here has this address." in unknown.content.decode()
    assert take(paula, mercy, made, "change", mentor=sam.email, words="So.").status_code == 302
    assert Mentorship.objects.get(mentor=sam).replaces_id == made.pk


def test_a_colleague_is_asked_to_be_ones_mentor(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    sam = make_person(mercy.organization, "Sam", mercy.unit, career_stage=CareerStage.ATTENDING)
    offer_places(sam, Tier.SENIOR)
    url = reverse("mentoring:propose", args=[mercy.slug])
    asked = {"role": "mentor", "colleague": sam.email, "tier": "chair", "why": ""}
    client = sign_in(mercy.ada)
    refused = client.post(url, asked)
    assert refused.status_code == 422
    assert "Sam Smith offers no places as chair sponsor." in refused.content.decode()
    assert client.post(url, asked | {"tier": "senior"}).status_code == 302
    made = Mentorship.objects.get()
    assert (made.mentor_id, made.mentee_id, made.initiator) == (sam.pk, mercy.ada.pk, "mentee")
    assert client.post(url, asked | {"role": "mentee"}).status_code == 422


def test_every_id_of_the_page_is_there_once(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    make_grant(mercy.eli, Role.PROGRAMME_DIRECTOR)  # who may do everything
    made = make_mentorship(mercy.eli, mercy.ada)
    make_deliverable(made)
    ids = re.findall(r'\sid="([^"]+)"', page(sign_in(mercy.eli), mercy, made))
    assert any(name.endswith("_words") for name in ids)
    assert sorted(ids) == sorted(set(ids))
