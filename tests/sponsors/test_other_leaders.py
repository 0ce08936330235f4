"""Who sits in two clinics reads each at its own address: what is one leader's is not found at another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver

from people.models import Person
from sponsors.api.urls import urlpatterns as api
from sponsors.urls import urlpatterns as pages
from tests.factories.conferences import make_conference
from tests.factories.onboarding import make_onboarding
from tests.factories.sponsors import make_sponsorship
from tests.test_access_table import TABLE, ask
from tests.world import World

# What all leaders have alike: templates, and what an organisation asks for at its gates.
SHARED = {
    *("sponsors:template_begin", "sponsors_api:template_begin"),
    *("sponsors:gate_item", "sponsors_api:proof_show"),
}


def in_clinic_of_colin(world: World, arguments: dict[str, Any]) -> dict[str, Any]:
    """The same things of Ada's at the address of Colin, whom Eli sponsors and Mara leads as well."""
    make_sponsorship(world.eli, world.colin)
    make_onboarding(world.colin, by=world.henry)
    moved = {**arguments, "person_id": world.colin.pk}
    if {"draft_id", "diagnosis_id"} & arguments.keys():
        conference = make_conference(world.colin, world.mara, by=world.eli)
        moved["conference_id"] = conference.pk
    return moved


def addresses(app: str, patterns: Any, above: frozenset[str] = frozenset()) -> Iterator[str]:
    """The names of those that name a leader and something of theirs."""
    for each in patterns:
        named = above | each.pattern.converters.keys()
        if isinstance(each, URLResolver):
            yield from addresses(app, each.url_patterns, named)
        elif "person_id" in named and len(named) > 1:
            yield f"{app}:{each.name}"


OF_ONE_LEADER = {*addresses("sponsors", pages), *addresses("sponsors_api", api)} - SHARED


@pytest.mark.parametrize("name", sorted(OF_ONE_LEADER))
def test_it_is_not_found_at_another_leaders_address(
    mercy: World, sign_in: Callable[[Person], Client], name: str
) -> None:
    row = TABLE[name]
    there = in_clinic_of_colin(mercy, row.arguments(mercy))
    answers = {
        who: ask(sign_in(mercy.people[who]), mercy, name, row, there) for who in ("eli", "mara", "colin")
    }
    assert set(answers.values()) <= {403, 404}
    assert 404 in answers.values()
