"""The fairness report's function: groups of five at least, coarsely, of the whole organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MentorshipState, Side, Tier
from mentoring.fairness import Group
from mentoring.models import Satisfaction
from mentoring.queries.fairness import outcomes_by_group
from people.models import CohortMembership, Person
from tenancy.jobs.periods import previous_quarter, quarter_of
from tests.factories.mentoring import make_mentorship
from tests.factories.people import make_appointment, make_cohort_membership, make_person, make_position
from tests.world import World

TODAY = timezone.localdate()
CLOSED = previous_quarter(previous_quarter(quarter_of(TODAY)))
YEAR = dt.timedelta(days=365)
SignIn = Callable[[Person], Client]


@dataclass
class Said:
    """How many say a word; of them, how many have had a chair sponsor, what some rated, and after how many
    days some had a titled role. They entered four years ago."""

    number: int
    sponsored: int = 0
    ratings: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)


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


@pytest.fixture
def genders(
    committed_mercy: World, next_transaction: Callable[[], None], owner_url: str
) -> Callable[[dict[str, Said]], list[Group]]:
    """What is told when people say these genders."""

    def told(said: dict[str, Said]) -> list[Group]:
        next_transaction()
        people = [
            pair for gender, what in said.items() for pair in people_who_said(committed_mercy, gender, what)
        ]
        next_transaction()
        declare(owner_url, committed_mercy, people)
        return outcomes_by_group(on=TODAY).get("gender", [])

    return told


def people_who_said(world: World, gender: str, said: Said) -> list[tuple[Person, str]]:
    people = []
    for place in range(said.number):
        mentee = make_person(world.organization, f"{gender}{place}", world.unit)
        make_cohort_membership(world.cohort, mentee, start_date=TODAY - 4 * YEAR)
        state = MentorshipState.ACTIVE if place < said.sponsored else MentorshipState.OFFERED
        make_mentorship(world.eli, mentee, tier=Tier.CHAIR, state=state)
        if place < len(said.ratings):
            pair = make_mentorship(world.colin, mentee, tier=Tier.SENIOR)
            values = {"overall": said.ratings[place], "useful": 3, "often": 3}
            Satisfaction.objects.create(mentorship=pair, quarter=CLOSED, side=Side.MENTEE, **values)
        if place < len(said.roles):
            start = TODAY - 4 * YEAR + dt.timedelta(days=said.roles[place])
            make_appointment(make_position(world.unit, f"{gender}{place}"), mentee, start_date=start)
        people.append((mentee, gender))
    return people


Told = Callable[[dict[str, Said]], list[Group]]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"man": (4, 4), "woman": (5, 0)}, []),
        ({"man": (6, 3), "woman": (12, 12)}, [("man", 5, 50), ("woman", 10, 90)]),
        ({"man": (10, 0), "other": (2, 1), "woman": (4, 2)}, [("man", 10, 10), ("others", 5, 50)]),
        ({"man": (9, 3), "other": (1, 1), "woman": (6, 3)}, [("man", 5, 30), ("woman, others", 5, 60)]),
        ({"man": (9, 3), "other": (1, 1)}, [("man, others", 10, 40)]),
        ({"man": (9, 9), "woman": (5, 0)}, [("man", 5, 80), ("woman", 5, 20)]),
    ],
)
def test_groups_are_told_coarsely_or_together(
    said: dict[str, tuple[int, int]], told: list[tuple[str, int, int]], genders: Told
) -> None:
    found = genders({gender: Said(*numbers) for gender, numbers in said.items()})
    assert [(each.names, each.people, each.share) for each in found] == told


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        # Means 3.67 and 4.4 are told as 3.75 and 4.5; numbers in steps of five.
        ({"man": [3, 3, 3, 4, 4, 5], "woman": [5, 5, 4, 4, 4]}, [("man", 5, 3.75), ("woman", 5, 4.5)]),
        # Everybody said the same: an end of the scale, and no more.
        ({"man": [5] * 6, "woman": [1] * 6}, [("man", 5, 4.5), ("woman", 5, 1.5)]),
        # Four alone are hidden, and with them those from whom they could be worked out.
        ({"man": [4] * 6, "woman": [4] * 4}, [("man", None, None), ("woman", None, None)]),
        ({"man": [4] * 7, "woman": []}, [("man", None, None), ("woman", None, None)]),
        # Two groups hide each other.
        (
            {"man": [4] * 6, "non-binary": [3] * 3, "woman": [4] * 4},
            [("man", 5, 4.0), ("non-binary", None, None), ("woman", None, None)],
        ),
        # Two that hold four together take the smallest other one along.
        (
            {"man": [4] * 7, "non-binary": [3], "other": [3] * 6, "woman": [4] * 3},
            [("man", 5, 4.0), ("non-binary", None, None), ("other", None, None), ("woman", None, None)],
        ),
    ],
)
def test_satisfaction_of_fewer_than_five_is_hidden_and_cannot_be_worked_out(
    ratings: dict[str, list[int]], told: list[tuple[str, int | None, float | None]], genders: Told
) -> None:
    found = genders({gender: Said(7, ratings=given) for gender, given in ratings.items()})
    assert [(each.names, each.raters, each.satisfaction) for each in found] == told


def test_the_way_to_a_first_role_is_told_in_half_years(genders: Told) -> None:
    found = genders(
        {
            # The fifth of ten: 1000 days, 2.74 years. At 200 the lower limit is 0.9 ** exp(1.96) = 0.47.
            "man": Said(10, roles=[200, 400, 600, 800, 1000, 1200]),
            "other": Said(10, roles=[300, 500, 900, 1100]),  # six of ten still wait
            "woman": Said(6, roles=[300, 500, 900, 1100]),  # the third of six, but only four roles
        }
    )
    assert [(each.names, each.waiting, each.median, each.low) for each in found] == [
        ("man", False, 3.0, 0.5),
        ("other", True, None, None),
        ("woman", False, None, None),
    ]


def test_who_left_is_followed_until_leaving_and_still_counts(
    genders: Told, next_transaction: Callable[[], None]
) -> None:
    said = {"man": Said(10, roles=[200, 300, 400, 500, 900])}
    assert genders(said)[0].median == 2.5
    left = Person.objects.filter(given_name__in=["man6", "man7", "man8", "man9"])
    left.update(start_date=TODAY - 5 * YEAR, end_date=TODAY - 4 * YEAR + dt.timedelta(days=450))
    CohortMembership.objects.filter(person__in=left).update(end_date=TODAY - 2 * YEAR)
    # 7/10 wait after 400 days; of the three who are followed longer one has it at 500: 0.7 * 2/3 = 0.47.
    [after] = outcomes_by_group(on=TODAY)["gender"]
    assert (after.people, after.median) == (10, 1.5)


def test_a_role_before_entering_is_none(genders: Told) -> None:
    [found] = genders({"man": Said(10, roles=[-100] * 6)})
    assert found.waiting


def test_the_page_says_when_there_are_too_few(mercy: World, sign_in: SignIn) -> None:
    page = sign_in(mercy.henry).get(reverse("mentoring:fairness", args=[mercy.slug])).content.decode()
    assert page.count("Too few to tell") == 2
    assert "Kaplan and Meier" in page


def test_page_file_and_api_tell_the_same_cells(
    committed_mercy: World, sign_in: SignIn, genders: Told, next_transaction: Callable[[], None]
) -> None:
    told = genders({"man": Said(10, 5, [4] * 6, [200] * 6), "woman": Said(7, 2, [3] * 3, [200] * 2)})
    assert len(told) == 2
    next_transaction()
    client = sign_in(committed_mercy.henry)
    page = client.get(reverse("mentoring:fairness", args=[committed_mercy.slug])).content.decode()
    file = client.get(reverse("mentoring:fairness_csv", args=[committed_mercy.slug])).content.decode()
    cells = client.get(reverse("mentoring_api:fairness", args=[committed_mercy.slug])).json()
    assert len(file.splitlines()) == 1 + 3 * 2
    for words in ("about 50 %", "not shown: fewer than 5 rated", "not reached", "up to 1.0"):
        assert words in page
        assert words in file
        assert any(words in cell["figure"] for cell in cells)
    assert len(cells) == 3 * 2
