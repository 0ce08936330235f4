"""Figures of the whole organisation that are counted once a night: who is told them, and what they are of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import NightFiguresOf, ObstacleKind
from sponsors.models import NightFigures
from sponsors.queries.accountability import accountability
from sponsors.queries.obstacle_report import obstacle_report
from sponsors.queries.quality import waits_of
from sponsors.queries.sponsorship_overview import sponsored_of
from sponsors.services.night_figures import count_in_the_night
from tenancy.scope import Scope, tenant_transaction
from tests.factories.conferences import make_conference, make_diagnosis, make_question
from tests.factories.people import make_person
from tests.factories.sponsors import make_obstacle, make_review, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def clinic(mercy: World, in_mercy: Scope) -> World:
    return mercy


def fill(world: World, count: int) -> list[Person]:
    """Leaders, each with an obstacle, a review that is late, and an answer that took a day."""
    leaders = [make_person(world.organization, f"L{number}", world.unit) for number in range(count)]
    now = timezone.now()
    conference = make_conference(world.ada, by=world.eli)
    for leader in leaders:
        make_obstacle(leader, world.olga, by=leader)
        make_review(leader, due_on=TODAY - DAY)
        diagnosis = make_diagnosis(conference, by=world.eli, released_at=now - 3 * DAY)
        answer = {"answer": "Yes.", "answered_by": world.eli, "answered_at": now - DAY}
        make_question(diagnosis, days_ago=2, **answer)
    return leaders


def told_to(person: Person) -> tuple[int, int, int | None]:
    """Of how many leaders obstacles and reviews are told, and how many answers."""
    member = member_of(person)
    reviews = accountability(member, on=TODAY).whole
    return (
        sum(line.tally.leaders for line in obstacle_report(member, on=TODAY).by_unit),
        reviews.tally.leaders if reviews else 0,
        waits_of(member, cohort=None, on=TODAY).to_answer.n,
    )


def test_the_night_tells_what_was_counted_then_until_it_counts_again(clinic: World) -> None:
    fill(clinic, 5)
    assert told_to(clinic.henry) == (5, 5, 5)
    count_in_the_night(on=TODAY)
    counted = [
        obstacle_report(member_of(clinic.henry), on=TODAY),
        accountability(member_of(clinic.henry), on=TODAY),
        waits_of(member_of(clinic.henry), cohort=None, on=TODAY),
    ]
    NightFigures.objects.all().delete()
    now = [
        obstacle_report(member_of(clinic.henry), on=TODAY),
        accountability(member_of(clinic.henry), on=TODAY),
        waits_of(member_of(clinic.henry), cohort=None, on=TODAY),
    ]
    for then, live in zip(counted, now, strict=True):
        assert (then.as_of is not None, live.as_of) == (True, None)
        assert repr(then).partition("as_of")[0] == repr(live).partition("as_of")[0]
    count_in_the_night(on=TODAY)
    fill(clinic, 1)
    assert told_to(clinic.henry) == told_to(clinic.eli) == (5, 5, 5)
    count_in_the_night(on=TODAY)
    assert told_to(clinic.henry) == told_to(clinic.eli) == (6, 6, 6)
    assert NightFigures.objects.count() == len(NightFiguresOf)


def test_sponsors_and_their_places_are_those_of_the_night(clinic: World) -> None:
    count_in_the_night(on=TODAY)
    make_sponsor(clinic.eli, places=3)
    make_sponsorship(clinic.eli, clinic.ada)

    def told() -> tuple[int, int, int, int]:
        found = sponsored_of(member_of(clinic.henry), on=TODAY)
        return found.with_sponsor.count, found.with_sponsor.n, found.load.places, found.load.taken

    assert told() == (0, 1, 0, 0)
    asked = sponsored_of(member_of(clinic.henry), cohort=clinic.cohort.pk, on=TODAY)
    assert (asked.with_sponsor.count, asked.load.taken, asked.as_of) == (1, 1, None)
    count_in_the_night(on=TODAY)
    assert told() == (1, 1, 3, 1)


def test_who_answers_for_a_cohort_is_told_of_it_alone_and_of_now(clinic: World) -> None:
    fill(clinic, 5)
    count_in_the_night(on=TODAY)
    assert told_to(clinic.paula) == (5, 5, 5)
    with tenant_transaction(clinic.organization.pk):
        clinic.paula.role_grants.update(cohort=clinic.cohort)
    make_review(clinic.ada, due_on=TODAY - DAY)
    assert told_to(clinic.paula) == (0, 0, 5)
    paula = member_of(clinic.paula)
    assert (obstacle_report(paula, on=TODAY).as_of, accountability(paula, on=TODAY).as_of) == (None, None)
    assert waits_of(paula, cohort=None, on=TODAY).as_of is None
    assert waits_of(member_of(clinic.henry), cohort=clinic.cohort.pk, on=TODAY).as_of is None


def test_old_figures_are_not_told(clinic: World) -> None:
    fill(clinic, 5)
    count_in_the_night(on=TODAY)
    fill(clinic, 1)
    NightFigures.objects.update(as_of=timezone.now() - dt.timedelta(hours=37))
    assert told_to(clinic.henry) == (6, 6, 6)


def test_nothing_about_few_is_kept(clinic: World) -> None:
    fill(clinic, 4)
    count_in_the_night(on=TODAY)
    kept = dict(NightFigures.objects.values_list("subject", "told"))
    assert kept.pop("sponsors") == [[0, 1], [0, 0, 0, 0]]  # a share and its n are told of any number
    assert kept == {"obstacles": {"kinds": [], "units": []}, "reviews": [], "waiting": [[None] * 5] * 2}
    [rare] = fill(clinic, 1)
    make_obstacle(rare, clinic.olga, by=rare, kind=ObstacleKind.LIFE)
    count_in_the_night(on=TODAY)
    kept = dict(NightFigures.objects.values_list("subject", "told"))
    assert kept["obstacles"]["kinds"] == [[["time", "life"], 5, 6, 0, 0, 0]]
    assert kept["obstacles"]["units"] == [["Cardiology", [], 5, 6, 0, 0, 0]]


def test_an_organisation_is_not_told_the_figures_of_another(clinic: World, fenwick: World) -> None:
    fill(clinic, 5)
    count_in_the_night(on=TODAY)
    with tenant_transaction(fenwick.organization.pk):
        assert not NightFigures.objects.exists()
        assert told_to(fenwick.henry) == (0, 0, None)


@pytest.mark.parametrize("page", ["obstacle_report", "accountability", "quality", "overview"])
def test_a_page_says_when_it_was_counted(clinic: World, sign_in: SignIn, page: str) -> None:
    fill(clinic, 5)
    henry, place = sign_in(clinic.henry), reverse(f"sponsors:{page}", args=[clinic.slug])
    assert "Counted each night" not in henry.get(place).content.decode()
    count_in_the_night(on=TODAY)
    assert "Counted each night, last on" in henry.get(place).content.decode()
