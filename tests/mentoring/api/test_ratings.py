"""One's own ratings by API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from mentoring.models import Mentorship, Satisfaction
from tenancy.jobs.periods import quarter_of
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.exposure import make_mentorship, make_satisfaction
from tests.factories.people import make_person
from tests.rest import api, faults, get, path, problem, put
from tests.world import World

NOW = quarter_of(timezone.localdate())


def rate(world: World, who: str, made: Mentorship, **changes: Any) -> Any:
    body = {"quarter": NOW, "overall": 4, "useful": 5, "often": 3, **changes}
    return put(api(world, world.people[who]), path(world, "mentoring/mentorships", made.pk, "rating"), **body)


def test_each_side_rates_and_reads_its_own(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.mara, mercy.ada)
    ada = api(mercy, mercy.ada)
    [waiting] = get(ada, path(mercy, "me/mentoring-ratings/open"))
    assert (waiting["other"]["name"], waiting["quarter"], waiting["rated"]) == ("Mara Mercy", NOW, False)
    assert rate(mercy, "ada", made).json()["side"] == "mentee"
    assert rate(mercy, "ada", made, overall=2).json()["overall"] == 2
    assert rate(mercy, "mara", made, overall=5).json()["side"] == "mentor"
    [own] = get(ada, path(mercy, "me/mentoring-ratings"))["results"]
    assert (own["mentorship"], own["overall"]) == (str(made.pk), 2)
    assert get(ada, path(mercy, "me/mentoring-ratings/open"))[0]["rated"]


def test_a_rating_that_cannot_be_is_refused(mercy: World, in_mercy: Scope) -> None:
    made = make_mentorship(mercy.mara, mercy.ada)
    wrong = rate(mercy, "ada", made, quarter="2026-4", overall=6, often=0)
    assert faults(wrong, 400).keys() == {"/quarter", "/overall", "/often"}
    problem(rate(mercy, "ada", made, quarter="2026Q1"), 409)
    for who in ("paula", "henry", "colin"):
        problem(rate(mercy, who, made), 404)
    assert not Satisfaction.objects.exists()


def test_a_mentor_is_told_of_five_mentees(mercy: World, in_mercy: Scope) -> None:
    mara, url = api(mercy, mercy.mara), path(mercy, "me/mentoring-satisfaction")
    for number in range(5):
        assert get(mara, url) == {"told": None}
        mentee = make_person(mercy.organization, f"Mentee{number}", mercy.unit)
        make_satisfaction(make_mentorship(mercy.mara, mentee), "2026Q2")
    assert (get(mara, url)["told"]["people"], get(mara, url)["told"]["mean"]) == (5, 3)


def test_own_ratings_cost_the_same_however_many(mercy: World, in_mercy: Scope) -> None:
    mara, costs = api(mercy, mercy.mara), []
    for count in (2, 18):
        for number in range(count):
            mentee = make_person(mercy.organization, f"Mentee{count}{number}", mercy.unit)
            make_satisfaction(make_mentorship(mercy.mara, mentee), NOW, side="mentor")
        costs.append(
            [
                queries_of(mara, path(mercy, what))
                for what in ("me/mentoring-ratings", "me/mentoring-ratings/open")
            ]
        )
    assert costs[0] == costs[1]
