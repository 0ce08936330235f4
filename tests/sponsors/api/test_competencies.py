"""The framework of competencies by API: as it holds in a unit, and keeping it."""

from __future__ import annotations

from typing import Any

from sponsors.models import Competency
from tenancy.scope import Scope
from tests.factories.sponsors import make_competency
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

WORDING: dict[str, Any] = {
    "group": "people",
    "name": "Giving direction",
    "sentence": "Says where we go and why.",
    "anchors": ["Asks where we go.", "", "Says it.", ""],
    "headings": [{"framework": "nhs", "heading": "Sharing the vision"}],
}


def of(world: World, *more: object, unit: object = None) -> str:
    return path(world, "clinic/competencies", *more) + (f"?unit={unit}" if unit else "")


def test_a_unit_words_one_in_its_own_way(mercy: World, in_mercy: Scope) -> None:
    henry, ada, unit = api(mercy, mercy.henry), api(mercy, mercy.ada), mercy.unit.pk
    made = post(henry, of(mercy), **WORDING)
    assert (made.status_code, made.json()["unit"], made.json()["headings"]) == (
        201,
        None,
        WORDING["headings"],
    )
    own = put(henry, of(mercy, made.json()["id"], unit=unit), **{**WORDING, "name": "Leading the way"}).json()
    assert (own["unit"], own["stands_for"]) == (str(unit), made.json()["id"])
    assert [each["name"] for each in get(ada, of(mercy, unit=unit))] == ["Leading the way"]
    assert [each["name"] for each in get(ada, of(mercy))] == ["Giving direction"]
    problem(put(henry, of(mercy, own["id"]), **WORDING), 404)  # it does not hold in the whole organisation


def test_it_is_retired_and_brought_back_by_those_who_keep_it(mercy: World, in_mercy: Scope) -> None:
    held, henry, ada = make_competency(mercy.organization), api(mercy, mercy.henry), api(mercy, mercy.ada)
    problem(post(ada, of(mercy, held.pk, "retire")), 403)
    problem(post(ada, of(mercy), **WORDING), 403)
    assert post(henry, of(mercy, held.pk, "retire")).json()["retired_on"]
    assert (len(get(ada, of(mercy))), len(get(henry, of(mercy)))) == (0, 1)
    assert post(henry, of(mercy, held.pk, "restore")).json()["retired_on"] is None
    assert Competency.objects.get().retired_on is None


def test_a_second_of_the_name_and_nonsense_are_refused(mercy: World, in_mercy: Scope, fenwick: World) -> None:
    held, henry = make_competency(mercy.organization), api(mercy, mercy.henry)
    twice = post(henry, of(mercy), **{**WORDING, "name": held.name})
    assert faults(twice, 422).keys() == {"/name"}
    assert faults(post(henry, of(mercy), **{**WORDING, "anchors": []}), 400).keys() == {"/anchors"}
    problem(henry.get(of(mercy, unit=fenwick.unit.pk)), 404)
