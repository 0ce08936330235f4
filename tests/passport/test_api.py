"""The Passport over the REST API."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from people.models import Person
from tests.counting import queries_of
from tests.factories.passport import make_holder, make_presets, make_publication
from tests.world import World

SignIn = Callable[[Person], Client]


def test_the_research_portfolio_is_part_of_it(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    make_publication(mercy.ada, title="Older", year=2011)
    make_publication(mercy.ada, title="Newer", year=2024, doi="10.1000/182", kind="book")
    make_publication(mercy.mara, title="Another person's")
    client, address = sign_in(mercy.mara), reverse("passport_api:person", args=[mercy.slug, mercy.ada.pk])
    told = client.get(address).json()["publications"]
    assert told == [
        {"kind": "book", "title": "Newer", "authors": "", "venue": "", "year": 2024, "doi": "10.1000/182"},
        {"kind": "article", "title": "Older", "authors": "", "venue": "", "year": 2011, "doi": ""},
    ]
    few = queries_of(client, address)
    make_publication(mercy.ada, title="One more", year=2025)
    assert queries_of(client, address) == few
