"""Reading and publishing a regimen and its versions, by API."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from sponsors.models import Goal
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.sponsors import make_action, make_version
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "regimen", *more)


def titles(entries: list[dict[str, Any]]) -> set[str]:
    return {each["title"] for each in entries}


def test_each_reads_their_part(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    make_action(goal, title="Read a budget", domain="finance")
    make_action(goal, title="Chair a meeting")
    make_action(goal, title="Speak of leaving", private=True)
    seen = {who: get(api(mercy, mercy.people[who]), of(mercy)) for who in ("ada", "eli", "mara", "colin")}
    shared = {"Read a budget", "Chair a meeting"}
    assert {who: titles(each["actions"]) for who, each in seen.items()} == {
        "ada": shared | {"Speak of leaving"},
        "eli": shared | {"Speak of leaving"},
        "mara": shared,
        "colin": {"Read a budget"},
    }
    assert "Speak of leaving" not in str(seen["mara"])
    assert (seen["mara"]["cautions"], seen["colin"]["cautions"]) == (["nobodys"], [])
    problem(api(mercy, mercy.paula).get(of(mercy)), 403)
    problem(api(mercy, mercy.stella).get(of(mercy)), 404)


def test_a_version_is_published_read_and_compared(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    ada, mara = api(mercy, mercy.ada), api(mercy, mercy.mara)
    action = make_action(goal, owner=mercy.ada)
    problem(post(ada, of(mercy, "publish"), reason="Mine.", after=0), 403)
    made = post(mara, of(mercy, "publish"), reason="We agreed.", after=0)
    assert (made.status_code, made.json()["number"], made.json()["acknowledged_at"]) == (201, 1, None)
    problem(post(mara, of(mercy, "versions", 1, "acknowledge")), 403)
    assert post(ada, of(mercy, "versions", 1, "acknowledge")).json()["acknowledged_at"]
    action.title, action.hours = "Chair two meetings", 12
    action.save()
    assert [each["what"] for each in get(ada, of(mercy))["not_published"]] == ["changed"]
    assert post(mara, of(mercy, "publish"), reason="More.", after=1).json()["number"] == 2
    [change] = get(ada, of(mercy, "versions", 2))["changes"]
    assert change["fields_changed"] == [
        {"field": "title", "before": "Chair a meeting", "after": "Chair two meetings"},
        {"field": "hours", "before": 8.0, "after": 12.0},
    ]
    assert [each["number"] for each in get(ada, of(mercy, "versions"))["results"]] == [2, 1]


def test_publishing_is_refused_with_words(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    eli, url = api(mercy, mercy.eli), of(mercy, "publish")
    assert "no action" in problem(post(eli, url, reason="To begin.", after=0), 409)["detail"]
    assert faults(post(eli, url, reason=" ", after="x"), 400).keys() == {"/reason", "/after"}
    make_action(goal)
    assert post(eli, url, reason="To begin.", after=0).status_code == 201
    assert "published version 1" in problem(post(eli, url, reason="Again.", after=0), 409)["detail"]
    assert "Nothing has changed" in problem(post(eli, url, reason="Again.", after=1), 409)["detail"]


def test_a_version_hides_what_is_private(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    make_action(goal, title="Speak of leaving", private=True)
    make_action(goal)
    make_version(mercy.ada, by=mercy.eli)
    assert "Speak of leaving" in str(get(api(mercy, mercy.ada), of(mercy, "versions", 1)))
    assert "Speak of leaving" not in str(get(api(mercy, mercy.mara), of(mercy, "versions", 1)))


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_version_that_is_not_there(mercy: World, in_mercy: Scope, goal: Goal, number: int) -> None:
    make_action(goal)
    make_version(mercy.ada, by=mercy.eli)
    problem(api(mercy, mercy.ada).get(of(mercy, "versions", number)), 404)
    problem(post(api(mercy, mercy.ada), of(mercy, "versions", number, "acknowledge")), 404)


@pytest.mark.parametrize("more", [2, 20])
def test_it_costs_the_same_however_long(mercy: World, in_mercy: Scope, goal: Goal, more: int) -> None:
    for number in range(more):
        make_action(goal, title=f"Action {number}", owner=mercy.eli)
    for number in range(1, more + 1):
        make_version(mercy.ada, by=mercy.eli, number=number, published_at=timezone.now())
    ada = api(mercy, mercy.ada)
    assert len(get(ada, of(mercy))["actions"]) == more
    pages = (of(mercy), of(mercy, "versions"), of(mercy, "versions", 2))
    assert [queries_of(ada, page) for page in pages] == [10, 8, 9]
