"""All mentorships of the cohorts somebody directs, and who has no mentor."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MentorshipState, Tier
from mentoring.queries.overview import coverage_of, leaders_without_mentor, share_of
from people.enums import Role
from people.models import Person
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_contract, make_mentorship
from tests.factories.people import (
    make_cohort,
    make_cohort_membership,
    make_grant,
    make_person,
    make_user,
)
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


@pytest.fixture
def dora(mercy: World, in_mercy: Scope) -> Person:
    """She directs another cohort, in which Colin is."""
    person = make_person(mercy.organization, "Dora", mercy.unit)
    other = make_cohort(mercy.programme, "Another")
    make_cohort_membership(other, mercy.colin)
    make_grant(person, Role.PROGRAMME_DIRECTOR, other)
    make_user(person)
    return person


def page(client: Client, world: World, name: str = "mentorships", query: str = "") -> str:
    answer = client.get(reverse(f"mentoring:{name}", args=[world.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def test_a_director_sees_the_mentorships_of_their_cohorts(
    mercy: World, dora: Person, sign_in: SignIn
) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    make_mentorship(mercy.mara, mercy.colin)
    assert "Ada Mercy" not in page(sign_in(dora), mercy)
    assert "Colin Mercy" in page(sign_in(dora), mercy)
    everything = page(sign_in(mercy.paula), mercy)
    assert "Ada Mercy" in everything
    assert "Colin Mercy" in everything


@pytest.mark.parametrize(
    ("query", "shown"),
    [("?state=active", True), ("?state=ended", False), ("?tier=peer", True), ("?tier=chair", False)],
)
def test_mentorships_are_filtered(
    mercy: World, in_mercy: Scope, sign_in: SignIn, query: str, shown: bool
) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    assert ("Ada Mercy" in page(sign_in(mercy.paula), mercy, query=query)) == shown


def test_they_are_filtered_by_cohort(mercy: World, dora: Person, sign_in: SignIn) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    make_mentorship(mercy.mara, mercy.colin)
    shown = page(sign_in(mercy.paula), mercy, query=f"?cohort={mercy.cohort.pk}")
    assert "Ada Mercy" in shown
    assert "Colin Mercy" not in shown


def test_a_cohort_somebody_does_not_direct_is_no_choice(mercy: World, dora: Person, sign_in: SignIn) -> None:
    url = reverse("mentoring:mentorships", args=[mercy.slug])
    assert sign_in(dora).get(f"{url}?cohort={mercy.cohort.pk}").status_code == 422


@pytest.mark.parametrize(("state", "without"), [("active", 0), ("offered", 1), ("accepted", 1), ("ended", 1)])
def test_only_who_is_mentored_today_is_not_without(
    mercy: World, in_mercy: Scope, state: str, without: int
) -> None:
    make_mentorship(mercy.eli, mercy.ada, state=MentorshipState(state))
    coverage = coverage_of(member_of(mercy.paula), on=TODAY)
    assert (coverage.without.n, coverage.without.count) == (1, without)
    assert coverage.by_tier[Tier.CHAIR].count == 1
    found = leaders_without_mentor(member_of(mercy.paula), on=TODAY)
    assert found.count() == without


def test_a_share_has_its_interval() -> None:
    share = share_of(3, 12)
    assert share.share == 0.25
    assert share.low == pytest.approx(0.0889, abs=1e-3)  # Wilson (1927) of 3 in 12
    assert share.high == pytest.approx(0.5323, abs=1e-3)
    assert share_of(0, 0).share is None


def test_the_page_tells_the_share_with_n_and_interval(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    shown = page(sign_in(mercy.paula), mercy)
    assert "1 of 1 leaders" in shown
    assert "21 to 100 %" in shown
    assert "n = 1" in shown


def test_who_is_without_a_tier(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    paula = sign_in(mercy.paula)
    assert "Nobody is without" in page(paula, mercy, "without_mentor")
    assert "Ada Mercy" in page(paula, mercy, "without_mentor", "?tier=chair")


def read(client: Client, world: World, name: str, query: str = "") -> list[list[str]]:
    content = client.get(reverse(f"mentoring:{name}", args=[world.slug]) + query).content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_file_says_what_the_page_says(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    make_contract(make_mentorship(mercy.eli, mercy.ada))
    paula = sign_in(mercy.paula)
    head, row = read(paula, mercy, "mentorships_csv")
    assert row[:6] == ["Ada Mercy", "Cardiology", "Peer mentor", "Eli Mercy", "Running", "Matcher"]
    shown = page(paula, mercy)
    assert all(words in shown for words in [*head, *row])
    assert len(read(paula, mercy, "mentorships_csv", "?state=ended")) == 1
    [_head, leader] = read(paula, mercy, "without_mentor_csv", "?tier=senior")
    assert leader[0] == "Ada Mercy"
    assert all(words in page(paula, mercy, "without_mentor", "?tier=senior") for words in leader)


@pytest.mark.parametrize("name", ["mentorships", "without_mentor"])
def test_the_pages_cost_the_same_for_one_and_three(
    mercy: World, in_mercy: Scope, sign_in: SignIn, name: str
) -> None:
    paula = sign_in(mercy.paula)
    url = reverse(f"mentoring:{name}", args=[mercy.slug]) + "?tier=peer"

    def add(given_name: str) -> None:
        person = make_person(mercy.organization, given_name, mercy.unit)
        make_cohort_membership(mercy.cohort, person)
        if name == "mentorships":
            make_contract(make_mentorship(mercy.eli, person))

    add("Bea")
    one = queries_of(paula, url)
    add("Cid")
    add("Dan")
    assert queries_of(paula, url) == one
