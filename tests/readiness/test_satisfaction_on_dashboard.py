"""How mentoring is found, on the cohort dashboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.enums import Side
from people.models import Person
from tests.factories.exposure import make_mentorship, make_satisfaction
from tests.factories.people import make_person
from tests.world import World

SignIn = Callable[[Person], Client]
QUARTER = "2026Q2"


def course(client: Client, world: World) -> str:
    answer = client.get(reverse("readiness:cohorts_course", args=[world.slug]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def rated(world: World, *ratings: int) -> None:
    """By so many mentees of Mara, and by Mara herself."""
    for place, rating in enumerate(ratings):
        mentee = make_person(world.organization, f"Mentee{place}", world.unit)
        pair = make_mentorship(world.mara, mentee)
        make_satisfaction(pair, QUARTER, overall=rating)
        make_satisfaction(pair, QUARTER, overall=rating, side=Side.MENTOR)


@pytest.mark.parametrize("name", ["paula", "henry", "eli"])
def test_the_dashboard_says_how_mentees_found_it_and_leads_to_the_index(
    mercy: World, sign_in: SignIn, name: str
) -> None:
    client = sign_in(mercy.people[name])
    assert "Satisfaction with mentorships" not in course(client, mercy)  # nobody has rated yet
    rated(mercy, 4, 4, 3, 3, 2)
    page = course(client, mercy)
    assert "3.2" in page
    assert "n = 5" in page
    assert "95 % interval" in page
    assert "not shown: fewer than 5 people" in page  # one mentor
    assert reverse("mentoring:satisfaction_index", args=[mercy.slug]) in page


def test_four_people_are_too_few_to_tell(mercy: World, sign_in: SignIn) -> None:
    rated(mercy, 4, 4, 3, 1)
    page = course(sign_in(mercy.paula), mercy)
    assert page.count("not shown: fewer than 5 people") == 2
    assert "n = 4" not in page
