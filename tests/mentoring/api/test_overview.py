"""The director's lists by API."""

from __future__ import annotations

import pytest

from mentoring.enums import MentorshipState, Tier
from people.enums import Role
from people.models import Person
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_contract, make_mentorship
from tests.factories.people import make_cohort, make_cohort_membership, make_grant, make_person, make_user
from tests.rest import api, faults, get, path, problem
from tests.world import World

LISTS = ("mentoring/mentorships", "mentoring/without-mentor", "mentoring/coverage")


@pytest.fixture
def dora(mercy: World, in_mercy: Scope) -> Person:
    """She directs another cohort, in which Colin is."""
    person = make_person(mercy.organization, "Dora", mercy.unit)
    other = make_cohort(mercy.programme, "Another")
    make_cohort_membership(other, mercy.colin)
    make_grant(person, Role.PROGRAMME_DIRECTOR, other)
    make_user(person)
    return person


def test_mentorships_are_listed_and_narrowed(mercy: World, dora: Person) -> None:
    ada = make_mentorship(mercy.eli, mercy.ada)
    make_contract(ada)
    make_mentorship(mercy.mara, mercy.colin, tier=Tier.SENIOR, state=MentorshipState.OFFERED)
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/mentorships")
    assert {row["mentee"]["name"] for row in get(paula, url)["results"]} == {"Ada Mercy", "Colin Mercy"}
    for asked in ("state=active", "tier=peer", f"cohort={mercy.cohort.pk}"):
        [row] = get(paula, f"{url}?{asked}")["results"]
        assert (row["id"], row["has_contract"], row["met_at"]) == (str(ada.pk), True, None)
    wrong = paula.get(f"{url}?state=happy&tier=boss&cohort=x")
    assert faults(wrong, 400).keys() == {"/state", "/tier", "/cohort"}


def test_leaders_without_a_mentor_and_their_share(mercy: World, dora: Person) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    make_mentorship(mercy.mara, mercy.colin, state=MentorshipState.OFFERED)
    paula = api(mercy, mercy.paula)
    [colin] = get(paula, path(mercy, "mentoring/without-mentor"))["results"]
    assert (colin["name"], colin["unit"], colin["under_way"]) == ("Colin Mercy", "Cardiology", 1)
    assert len(get(paula, path(mercy, "mentoring/without-mentor") + "?tier=chair")["results"]) == 2
    coverage = get(paula, path(mercy, "mentoring/coverage"))
    assert (coverage["without"]["n"], coverage["without"]["count"], coverage["without"]["share"]) == (
        2,
        1,
        0.5,
    )
    assert [(each["tier"], each["without"]["count"]) for each in coverage["tiers"]] == [
        ("peer", 1),
        ("senior", 2),
        ("chair", 2),
    ]


def test_a_director_sees_the_own_cohorts_alone(mercy: World, fenwick: World, dora: Person) -> None:
    make_mentorship(mercy.eli, mercy.ada)
    client = api(mercy, dora)
    assert get(client, path(mercy, "mentoring/mentorships"))["results"] == []
    assert [row["name"] for row in get(client, path(mercy, "mentoring/without-mentor"))["results"]] == [
        "Colin Mercy"
    ]
    for cohort in (mercy.cohort, fenwick.cohort):
        asked = f"?cohort={cohort.pk}"
        assert get(client, path(mercy, "mentoring/without-mentor") + asked)["results"] == []
        assert get(client, path(mercy, "mentoring/coverage") + asked)["without"]["n"] == 0


@pytest.mark.parametrize("who", ["ada", "mara", "henry", "eli"])
def test_who_directs_nothing_has_no_overview(mercy: World, in_mercy: Scope, who: str) -> None:
    for what in LISTS:
        problem(api(mercy, mercy.people[who]).get(path(mercy, what)), 403)


@pytest.mark.parametrize("what", LISTS)
def test_lists_cost_the_same_however_many(mercy: World, in_mercy: Scope, what: str) -> None:
    paula, costs = api(mercy, mercy.paula), []
    for count in (2, 18):
        for number in range(count):
            leaders = [make_person(mercy.organization, f"{name}{count}{number}", mercy.unit) for name in "AB"]
            for leader in leaders:
                make_cohort_membership(mercy.cohort, leader)
            make_mentorship(mercy.eli, leaders[0], state=MentorshipState.OFFERED)
        costs.append(queries_of(paula, path(mercy, what)))
    assert costs[0] == costs[1]
