"""From the address to the scope."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from people.models import Person
from tests.world import World


def test_pages_of_an_organization_stay_in_no_cache(mercy: World, sign_in: Callable[[Person], Client]) -> None:
    answer = sign_in(mercy.ada).get(reverse("today", args=[mercy.slug]))
    assert answer.headers["Cache-Control"] == "private, no-store"
