"""The fairness report: groups of five at least, coarsely, of the whole organisation."""

from __future__ import annotations

from collections.abc import Callable

import psycopg2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MentorshipState, Tier
from mentoring.fairness import Group, chair_sponsors_by_group
from people.models import Person
from tests.factories.mentoring import make_mentorship
from tests.factories.people import make_cohort_membership, make_person
from tests.world import World

TODAY = timezone.localdate()
SignIn = Callable[[Person], Client]


def declare(owner_url: str, world: World, people: list[tuple[Person, str]]) -> None:
    """The application cannot write what others say of themselves."""
    with psycopg2.connect(owner_url) as owner, owner.cursor() as cursor:
        scope = "SELECT set_config('clinicleader.organization', %s, true)"
        cursor.execute(scope, [str(world.organization.pk)])
        for mentee, gender in people:
            cursor.execute(
                "INSERT INTO people_demographics "
                "(id, organization_id, person_id, gender, ethnicity, declared_at) "
                "VALUES (gen_random_uuid(), %s, %s, %s, '', now())",
                [world.organization.pk, str(mentee.pk), gender],
            )
    owner.close()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"man": (4, 4), "woman": (5, 0)}, []),
        ({"man": (6, 3), "woman": (12, 12)}, [Group("man", 5, 50), Group("woman", 10, 90)]),
        (
            {"man": (10, 0), "other": (2, 1), "woman": (4, 2)},
            [Group("man", 10, 10), Group("others", 5, 50)],
        ),
        (
            {"man": (9, 3), "other": (1, 1), "woman": (6, 3)},
            [Group("man", 5, 30), Group("woman, others", 5, 60)],
        ),
        ({"man": (9, 3), "other": (1, 1)}, [Group("man, others", 10, 40)]),
        ({"man": (9, 9), "woman": (5, 0)}, [Group("man", 5, 80), Group("woman", 5, 20)]),
    ],
)
def test_groups_are_told_coarsely_or_together(
    said: dict[str, tuple[int, int]],
    told: list[Group],
    committed_mercy: World,
    next_transaction: Callable[[], None],
    owner_url: str,
) -> None:
    next_transaction()
    people_said(owner_url, committed_mercy, said, next_transaction)
    assert chair_sponsors_by_group(on=TODAY).get("gender", []) == told


def people_said(
    owner_url: str, world: World, said: dict[str, tuple[int, int]], begin: Callable[[], None]
) -> None:
    people: list[tuple[Person, str]] = []
    for gender, (number, sponsored) in said.items():
        for place in range(number):
            mentee = make_person(world.organization, f"{gender}{place}", world.unit)
            make_cohort_membership(world.cohort, mentee)
            people.append((mentee, gender))
            state = MentorshipState.ACTIVE if place < sponsored else MentorshipState.OFFERED
            make_mentorship(world.eli, mentee, tier=Tier.CHAIR, state=state)
    begin()
    declare(owner_url, world, people)


def test_shares_are_words(mercy: World) -> None:
    words = [Group("x", 10, share).words for share in (10, 50, 90)]
    assert words == ["10 % or fewer", "about 50 %", "90 % or more"]
    assert [Group("x", 5, share).words for share in (20, 30, 80)] == [
        "20 % or fewer",
        "about 30 %",
        "80 % or more",
    ]


def test_the_page_says_when_there_are_too_few(mercy: World, sign_in: SignIn) -> None:
    page = sign_in(mercy.henry).get(reverse("mentoring:fairness", args=[mercy.slug])).content.decode()
    assert page.count("Too few to tell") == 2
