"""Partnerships in the browser: who reads what, and what a step says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Partnership
from people.enums import Profession
from people.models import Person
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.partnerships import (
    make_meeting,
    make_partnership,
    make_responsibility,
    make_shared_goal,
)
from tests.factories.people import make_person
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def dyad(mercy: World) -> Partnership:
    return make_partnership(mercy.unit, mercy.ada, mercy.mara)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"partnerships:{name}", args=[world.slug, *arguments])


def read(client: Client, world: World, name: str, *arguments: object) -> str:
    answer = client.get(address(world, name, *arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_partnership_is_registered_and_lived(mercy: World, sign_in: SignIn) -> None:
    sent = {
        "unit": str(mercy.unit.pk),
        "physician": mercy.ada.email,
        "physician_share": 20,
        "administrator": mercy.colin.email,
        "administrator_share": 30,
        "charter": "One service",
        "since": "2026-10-01",
    }
    henry, ada = sign_in(mercy.henry), sign_in(mercy.ada)
    refused = henry.post(address(mercy, "new"), {**sent, "unit": "", "nurse": mercy.olga.email})
    assert refused.status_code == 422
    assert "Choose the unit that they lead together." in refused.content.decode()
    assert "Say how much of their working time it takes." in refused.content.decode()
    henry.post(address(mercy, "new"), sent)
    with tenant_transaction(mercy.organization.pk):
        made = Partnership.objects.get()
    assert "My partnerships" in read(ada, mercy, "register")
    ada.post(address(mercy, "matter", made.pk), {"matter": "New posts", "decider": "together"})
    ada.post(address(mercy, "goal", made.pk), {"title": "Nobody waits", "due_on": "2099-01-01"})
    ada.post(address(mercy, "meeting", made.pk), {"held_on": "2026-10-05", "minutes": 30, "words": "Beds"})
    page = read(sign_in(mercy.colin), mercy, "partnership", made.pk)
    assert all(words in page for words in ("One service", "New posts", "Nobody waits", "Beds", "30 %"))


def test_what_they_agreed_on_is_for_whom_it_concerns(
    mercy: World, dyad: Partnership, sign_in: SignIn
) -> None:
    make_responsibility(dyad, matter="Hiring doctors")
    make_shared_goal(dyad, title="Nobody waits")
    make_meeting(dyad, mercy.ada, words="We quarrelled")
    inside, own = ("One service", "Hiring doctors", "Nobody waits", "20 %"), "We quarrelled"

    def told(who: str) -> tuple[bool, ...]:
        page = read(sign_in(mercy.people[who]), mercy, "partnership", dyad.pk)
        assert "Ada Mercy" in page
        return tuple(words in page for words in (*inside, own))

    assert told("ada") == told("mara") == (True,) * 5
    assert told("henry") == told("eli") == (True,) * 4 + (False,)
    assert told("colin") == told("paula") == told("olga") == (False,) * 5


def test_everybody_reads_who_partners_and_who_watches_how_they_do(
    mercy: World, dyad: Partnership, sign_in: SignIn
) -> None:
    assert dyad.unit.name == "Cardiology"
    colin, henry = (read(sign_in(person), mercy, "register") for person in (mercy.colin, mercy.henry))
    for page in (colin, henry):
        assert "Ada Mercy (physician), Mara Mercy (administrator)" in page
    assert ("Meetings in 90 days" in colin, "Meetings in 90 days" in henry) == (False, True)
    # A filter in the address is nothing to whoever does not watch.
    assert (
        "Ada Mercy" in sign_in(mercy.colin).get(address(mercy, "register") + "?state=over").content.decode()
    )


def test_a_refused_step_comes_back_with_what_was_typed(
    mercy: World, dyad: Partnership, sign_in: SignIn
) -> None:
    answer = sign_in(mercy.ada).post(
        address(mercy, "join", dyad.pk), {"part": "nurse", "person": mercy.colin.email, "share": 20}
    )
    assert answer.status_code == 422
    assert "Colin Mercy is no nurse" in answer.content.decode()
    assert mercy.colin.email in answer.content.decode()
    stale = sign_in(mercy.ada).post(address(mercy, "charter", dyad.pk), {"charter": "Mine", "revision": 7})
    assert "It was changed meanwhile. It now says: One service" in stale.content.decode()


def test_a_part_of_another_partnership_is_not_found(mercy: World, dyad: Partnership, sign_in: SignIn) -> None:
    other = make_person(mercy.organization, "Otto", mercy.unit, profession=Profession.PHYSICIAN)
    theirs = make_responsibility(make_partnership(mercy.unit, other, mercy.colin))
    answer = sign_in(mercy.ada).post(address(mercy, "matter_drop", dyad.pk, theirs.pk))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["register", "unit"])
def test_many_partnerships_cost_no_more_queries(
    mercy: World, dyad: Partnership, sign_in: SignIn, name: str
) -> None:
    assert dyad.partner_ids
    client = sign_in(mercy.henry)
    page = address(mercy, name, *([mercy.unit.pk] if name == "unit" else []))
    one = queries_of(client, page)
    for given in ("Otto", "Oona"):
        other = make_person(mercy.organization, given, mercy.unit, profession=Profession.PHYSICIAN)
        make_partnership(mercy.unit, other, mercy.colin)
    assert queries_of(client, page) == one


def test_a_long_record_costs_no_more_queries(mercy: World, dyad: Partnership, sign_in: SignIn) -> None:
    def add() -> None:
        make_responsibility(dyad)
        make_shared_goal(dyad)
        make_meeting(dyad, mercy.ada)

    add()
    client, page = sign_in(mercy.ada), address(mercy, "partnership", dyad.pk)
    one = queries_of(client, page)
    add()
    add()
    assert queries_of(client, page) == one
