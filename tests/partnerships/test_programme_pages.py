"""A programme in the browser: begun, run through, read by those who take part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, PartnershipProgramme
from people.enums import Profession
from people.models import Person
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.partnerships import (
    make_audit,
    make_audit_wave,
    make_partnership,
    make_phase,
    make_programme,
    make_programme_session,
    programme_as_loaded,
)
from tests.factories.people import make_person
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


@pytest.fixture
def dyad(mercy: World) -> Partnership:
    return make_partnership(mercy.unit, mercy.ada, mercy.mara)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"partnerships:{name}", args=[world.slug, *arguments])


def send(client: Client, world: World, name: str, *arguments: object, **typed: Any) -> None:
    answer = client.post(address(world, name, *arguments), typed)
    assert answer.status_code == 302, answer.content.decode()


def read(client: Client, world: World, name: str, *arguments: object) -> str:
    answer = client.get(address(world, name, *arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_programme_is_begun_and_run(mercy: World, dyad: Partnership, sign_in: SignIn) -> None:
    henry, colin, ada = (sign_in(person) for person in (mercy.henry, mercy.colin, mercy.ada))
    send(
        henry,
        mercy,
        "programme_new",
        title="Leading together",
        purpose="One service",
        unit=str(mercy.root.pk),
        start_date=str(TODAY),
        lead=mercy.colin.email,
        sponsor=mercy.eli.email,
        done_before="Board school",
    )
    with tenant_transaction(mercy.organization.pk):
        made = PartnershipProgramme.objects.get()
    send(colin, mercy, "programme_bring", made.pk, partnership=str(dyad.pk))
    loaded = programme_as_loaded(made)
    own = next(one for one in loaded.participants_by_name if one.person_id == mercy.ada.pk)
    with tenant_transaction(mercy.organization.pk):
        day = made.phases.filter(kind="away_day").earliest("due_on")
    send(colin, mercy, "programme_coach", made.pk, own.pk, coach=mercy.paula.email)
    send(ada, mercy, "programme_coaching", made.pk, own.pk, held_on=str(TODAY))
    send(ada, mercy, "programme_artefact", made.pk, kind="mission", words="One voice", revision=0)
    send(
        colin,
        mercy,
        "programme_phase_finish",
        made.pk,
        day.pk,
        over_on=str(TODAY),
        present=[str(own.pk)],
        words="We know each other now",
    )
    page = read(ada, mercy, "programme", made.pk)
    for words in (
        "One voice",
        "We know each other now",
        "before: Board school",
        "Cultural audit at the start",
    ):
        assert words in page
    assert "Paula Mercy" in read(ada, mercy, "programme_participant", made.pk, own.pk)
    table = read(colin, mercy, "programme_people", made.pk)
    assert "1 of 3 who take part have been coached" in table
    assert table.count("missed") == 2
    to_programmes = address(mercy, "programmes")
    assert to_programmes in read(ada, mercy, "register")
    assert to_programmes not in read(sign_in(mercy.paula), mercy, "register")


def test_who_was_there_is_for_themselves_and_whoever_runs_it(
    mercy: World, dyad: Partnership, sign_in: SignIn
) -> None:
    programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad)
    day = make_phase(programme)
    send(sign_in(mercy.colin), mercy, "programme_phase_finish", programme.pk, day.pk, over_on=str(TODAY))

    def told(who: str) -> tuple[bool, ...]:
        page = read(sign_in(mercy.people[who]), mercy, "programme_phase", programme.pk, day.pk)
        return tuple(f"{name} Mercy</b>" in page for name in ("Ada", "Mara", "Eli"))

    assert told("colin") == told("henry") == (True, True, True)
    assert told("ada") == (True, False, False)


def test_partnerships_to_bring_in_are_listed_when_asked_for(
    mercy: World, dyad: Partnership, sign_in: SignIn
) -> None:
    colin, offered = sign_in(mercy.colin), f'value="{dyad.pk}"'
    sponsors = make_programme(mercy.root, mercy.colin, mercy.eli)
    assert offered in read(colin, mercy, "programme", sponsors.pk)  # it is what is next
    programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad, title="With partners")
    second = make_partnership(mercy.unit, mercy.paula, mercy.stella)
    page, offered = read(colin, mercy, "programme", programme.pk), f'value="{second.pk}"'
    assert (offered in page, "?bring=1#bring" in page) == (False, True)
    asked = colin.get(address(mercy, "programme", programme.pk), {"bring": 1}).content.decode()
    assert (offered in asked, "?bring=1#bring" in asked) == (True, False)
    refused = colin.post(address(mercy, "programme_bring", programme.pk), {"partnership": ""})
    assert (refused.status_code, offered in refused.content.decode()) == (422, True)
    assert "?bring=1#bring" not in read(sign_in(mercy.ada), mercy, "programme", programme.pk)


def test_many_who_take_part_are_shown_a_page_at_a_time(
    mercy: World, dyad: Partnership, sign_in: SignIn
) -> None:
    more = [
        make_partnership(
            mercy.unit, *(make_person(mercy.organization, f"P{number}{half}", mercy.unit) for half in "ab")
        )
        for number in range(13)
    ]
    programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad, *more)
    client, page = sign_in(mercy.colin), address(mercy, "programme", programme.pk)
    pages = [client.get(page, {"page": number}).content.decode() for number in (1, 2)]
    names = {each.person.name for each in programme.participants_by_name}
    shown = [{name for name in names if f"<b>{name}</b>" in one} for one in pages]
    assert (len(names), [len(one) for one in shown]) == (29, [25, 4])
    assert set.union(*shown) == names


def test_refused_words_come_back(mercy: World, dyad: Partnership, sign_in: SignIn) -> None:
    programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad)
    ada, mara = sign_in(mercy.ada), sign_in(mercy.mara)
    send(ada, mercy, "programme_artefact", programme.pk, kind="mission", words="Ada’s words", revision=0)
    answer = mara.post(
        address(mercy, "programme_artefact", programme.pk),
        {"kind": "mission", "words": "Mara’s words", "revision": 0},
    )
    assert answer.status_code == 422
    assert "It now says: Ada’s words" in answer.content.decode()
    assert "Mara’s words" in answer.content.decode()


@pytest.mark.parametrize("name", ["programme", "programme_people", "programmes"])
def test_many_who_take_part_cost_no_more_queries(
    mercy: World, dyad: Partnership, sign_in: SignIn, name: str
) -> None:
    programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad)
    make_audit(programme, make_audit_wave(mercy, mercy.ada))
    client = sign_in(mercy.henry)
    page = address(mercy, name, *([] if name == "programmes" else [programme.pk]))

    def grow(number: int) -> None:
        other = make_person(mercy.organization, f"Otto {number}", mercy.unit, profession=Profession.PHYSICIAN)
        more = make_programme(
            mercy.root,
            mercy.colin,
            mercy.eli,
            make_partnership(mercy.unit, other, mercy.paula),
            title=f"{number}",
        )
        for each in more.participants_by_name[1:]:
            with tenant_transaction(mercy.organization.pk):
                type(each).objects.filter(pk=each.pk, person=other.pk).update(programme=programme.pk)
            make_programme_session(each)
        make_phase(programme)

    grow(1)
    one = queries_of(client, page)
    grow(2)
    grow(3)
    assert queries_of(client, page) == one
