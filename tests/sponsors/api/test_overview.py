"""How many leaders have a sponsor, and who has none, by API."""

from __future__ import annotations

from sponsors.enums import SponsorshipState
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_cohort_membership, make_person
from tests.factories.sponsors import make_sponsor, make_sponsorship
from tests.rest import api, faults, get, path, problem
from tests.world import World


def test_the_share_is_told_with_n_and_interval(mercy: World, in_mercy: Scope) -> None:
    make_sponsor(mercy.eli)
    paula, url = api(mercy, mercy.paula), path(mercy, "clinic/sponsored")
    share = get(paula, url)["with_sponsor"]
    assert (share["n"], share["count"]) == (1, 0)
    make_sponsorship(mercy.eli, mercy.ada)
    seen = get(paula, f"{url}?cohort={mercy.cohort.pk}")
    assert (seen["with_sponsor"]["share"], seen["with_sponsor"]["low"] < 1) == (1.0, True)
    assert seen["load"] == {"sponsors": 1, "places": 2, "taken": 1, "full": 0}
    problem(api(mercy, mercy.mara).get(url), 403)
    assert faults(paula.get(f"{url}?cohort=x"), 400).keys() == {"/cohort"}


def test_leaders_without_are_named(mercy: World, in_mercy: Scope) -> None:
    url = path(mercy, "clinic/without-sponsor")
    make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
    [seen] = get(api(mercy, mercy.paula), url)["results"]
    assert (seen["name"], seen["has_asked"]) == ("Ada Mercy", True)
    problem(api(mercy, mercy.eli).get(url), 403)


def test_they_cost_the_same_however_many(mercy: World, in_mercy: Scope) -> None:
    paula, url = api(mercy, mercy.paula), path(mercy, "clinic/without-sponsor")
    one = queries_of(paula, url)
    for number in range(20):
        make_cohort_membership(mercy.cohort, make_person(mercy.organization, f"L {number}", mercy.unit))
    assert len(get(paula, url)["results"]) == 21
    assert queries_of(paula, url) == one
