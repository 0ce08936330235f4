"""Sponsors to choose from, one's own profile and the definition of the role, by API."""

from __future__ import annotations

import pytest

from people.models import Person
from sponsors.models import SponsorProfile
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_tag
from tests.factories.people import make_person
from tests.factories.sponsors import make_sponsor, make_sponsorship
from tests.rest import api, faults, get, path, problem, put
from tests.world import World


def test_sponsors_are_found_by_tag_and_free_place(mercy: World, in_mercy: Scope) -> None:
    tag = make_tag(mercy.organization)
    make_sponsor(mercy.eli, tag, places=1, experience="Ran a unit.")
    make_sponsor(mercy.henry)
    make_sponsor(mercy.paula, offering=False)
    make_sponsorship(mercy.eli, mercy.ada)
    ada, url = api(mercy, mercy.colin), path(mercy, "clinic/sponsors")
    everybody = get(ada, url)["results"]
    assert [(each["person"]["name"], each["free"]) for each in everybody] == [
        ("Eli Mercy", 0),
        ("Henry Mercy", 2),
    ]
    assert everybody[0]["tags"] == [{"id": str(tag.pk), "name": tag.name}]
    assert [each["person"]["name"] for each in get(ada, f"{url}?tag={tag.pk}")["results"]] == ["Eli Mercy"]
    assert [each["person"]["name"] for each in get(ada, f"{url}?free=1")["results"]] == ["Henry Mercy"]
    assert faults(ada.get(f"{url}?tag=x"), 400).keys() == {"/tag"}


def test_a_profile_is_read_agreed_to_and_changed(mercy: World, in_mercy: Scope) -> None:
    tag = make_tag(mercy.organization)
    eli, url = api(mercy, mercy.eli), path(mercy, "me/sponsor-profile")
    assert get(eli, url)["agreed_version"] is None
    offer = {"offering": True, "places": 2, "experience": "Ran a unit.", "tags": [str(tag.pk)]}
    assert faults(put(eli, url, **offer), 422).keys() == {"/agreed"}
    assert faults(put(eli, url, **offer, agreed=9), 422).keys() == {"/agreed"}
    saved = put(eli, url, **offer, agreed=1).json()
    assert {name: saved[name] for name in offer} == offer
    assert saved["agreed_version"] == 1
    make_sponsorship(mercy.eli, mercy.ada)
    assert faults(put(eli, url, **{**offer, "places": 0}), 422).keys() == {"/places"}
    wrong = {"offering": "perhaps", "places": 99, "experience": "x" * 1001, "tags": ["x"]}
    assert {each.split("/")[1] for each in faults(put(eli, url, **wrong), 400)} == wrong.keys()


def test_another_organizations_tag_is_not_kept(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    foreign = make_tag(fenwick.organization)
    eli, url = api(mercy, mercy.eli), path(mercy, "me/sponsor-profile")
    saved = put(eli, url, offering=True, places=1, tags=[str(foreign.pk)], agreed=1)
    assert saved.json()["tags"] == []


def test_the_definition_is_changed_by_who_keeps_it(mercy: World, in_mercy: Scope) -> None:
    url = path(mercy, "clinic/definition")
    assert get(api(mercy, mercy.ada), url)["version"] == 1
    change = {"words": "A sponsor answers for one leader.", "after": 1}
    problem(put(api(mercy, mercy.ada), url, **change), 403)
    henry = api(mercy, mercy.henry)
    changed = put(henry, url, **change).json()
    assert (changed["version"], changed["set_by"]["name"]) == (2, "Henry Mercy")
    assert "Henry Mercy put version 2 in force" in problem(put(henry, url, **change), 409)["detail"]
    assert faults(put(henry, url, words="\x00"), 400).keys() == {"/words", "/after"}


@pytest.mark.parametrize("more", [2, 20])
def test_sponsors_cost_the_same_however_many(mercy: World, in_mercy: Scope, more: int) -> None:
    for number in range(more):
        make_sponsor(make_person(mercy.organization, f"Sponsor {number}", mercy.unit))
    assert SponsorProfile.objects.count() == more
    assert queries_of(api(mercy, mercy.ada), path(mercy, "clinic/sponsors")) == 6
    assert Person.objects.count() > more
