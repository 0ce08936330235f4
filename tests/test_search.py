from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from tests.factories.people import make_person, make_position, make_unit
from tests.people.test_directory import queries_for
from tests.world import World

SignIn = Callable[[Person], Client]


def found(client: Client, world: World, text: str) -> str:
    answer = client.get(reverse("search", args=[world.slug]), {"q": text})
    assert answer.status_code == 200
    page = answer.content.decode()
    return page[page.index('<main id="main"') : page.index("</main>")]


def test_search_finds_people_units_positions_and_pages(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.colin)
    page = found(client, mercy, "ca")
    assert reverse("people:unit", args=[mercy.slug, mercy.unit.pk]) in page
    assert "Head of cardiology" in page  # a word inside the title begins so
    assert reverse("people:person", args=[mercy.slug, mercy.ada.pk]) in found(client, mercy, "ADA")
    assert reverse("people:units", args=[mercy.slug]) in found(client, mercy, "uni")


def test_search_ignores_accents_and_the_middle_of_words(mercy: World, sign_in: SignIn) -> None:
    unit = make_unit(mercy.organization, "Pôle Échographie", parent=mercy.root)
    client = sign_in(mercy.colin)
    assert unit.name in found(client, mercy, "echo")
    assert unit.name not in found(client, mercy, "cho")


def test_search_offers_pages_of_the_own_role_alone(mercy: World, sign_in: SignIn) -> None:
    audit = reverse("people:audit_log", args=[mercy.slug])
    assert audit in found(sign_in(mercy.olga), mercy, "audit")
    nothing = found(sign_in(mercy.colin), mercy, "audit")
    assert audit not in nothing
    assert "Nothing begins with" in nothing


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "<b>", "\u0301", "🩺"])
def test_search_takes_any_text(mercy: World, sign_in: SignIn, text: str) -> None:
    page = found(sign_in(mercy.colin), mercy, text)
    assert "Ada Mercy" not in page
    assert "<b>”" not in page


@pytest.mark.parametrize("text", ["\x00", "a" * 101])
def test_search_says_what_it_cannot_take(mercy: World, sign_in: SignIn, text: str) -> None:
    answer = sign_in(mercy.colin).get(reverse("search", args=[mercy.slug]), {"q": text})
    assert answer.status_code == 422


def test_an_empty_search_finds_nothing_and_shows_the_field(mercy: World, sign_in: SignIn) -> None:
    page = found(sign_in(mercy.colin), mercy, "")
    assert 'name="q"' in page
    assert "Ada Mercy" not in page


@pytest.mark.parametrize("more", [1, 3])
def test_search_takes_the_same_few_queries(mercy: World, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        make_person(mercy.organization, f"Wanda{number}", mercy.unit)
        make_position(make_unit(mercy.organization, f"Wound care {number}"), f"Wound lead {number}")
    assert queries_for(sign_in(mercy.colin), reverse("search", args=[mercy.slug]) + "?q=w") == 7


def test_the_header_leads_to_the_search(mercy: World, sign_in: SignIn) -> None:
    page = sign_in(mercy.colin).get(reverse("today", args=[mercy.slug])).content.decode()
    assert f'action="{reverse("search", args=[mercy.slug])}"' in page
