"""Obstacles and their report, by API."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from sponsors.models import Goal
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_person
from tests.factories.sponsors import make_obstacle
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

DUE = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
BODY = {"kind": "politics", "words": "Two chiefs", "due_on": DUE}


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "obstacles", *more)


def test_from_raised_to_there_again(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    ada, olga = api(mercy, mercy.ada), api(mercy, mercy.olga)
    assert faults(post(ada, of(mercy), **BODY, owner=str(mercy.ada.pk)), 422).keys() == {"/owner"}
    assert faults(post(ada, of(mercy), kind="x"), 400).keys() == {"/kind", "/words", "/owner", "/due_on"}
    made = post(ada, of(mercy), **BODY, owner=str(mercy.olga.pk), private=True)
    assert (made.status_code, made.json()["state"]) == (201, "open")
    one = path(mercy, "clinic/obstacles", made.json()["id"])
    assert [each["words"] for each in get(olga, path(mercy, "me/obstacles"))] == ["Two chiefs"]
    on = {"owner": str(mercy.henry.pk), "due_on": DUE, "words": "He has the key"}
    assert post(olga, f"{one}/change", **on).json()["owner"]["name"] == "Henry Mercy"
    problem(olga.get(one), 404)
    henry = api(mercy, mercy.henry)
    assert post(henry, f"{one}/close", state="removed", words="One moved").json()["state"] == "removed"
    problem(post(henry, f"{one}/close", state="removed", words="Again"), 409)
    assert post(ada, f"{one}/reopen", due_on=DUE, words="They are back").json()["state"] == "open"
    assert [step["act"] for step in get(ada, one)["steps"]] == ["reopened", "removed", "changed", "raised"]


def test_what_is_private_is_for_few(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    made = make_obstacle(mercy.ada, mercy.olga, by=mercy.ada, private=True)
    seen = {
        who: api(mercy, mercy.people[who]).get(path(mercy, "clinic/obstacles", made.pk)).status_code
        for who in mercy.people
    }
    assert {who for who, status in seen.items() if status == 200} == {"ada", "eli", "olga"}
    assert set(seen.values()) == {200, 404}
    assert get(api(mercy, mercy.colin), of(mercy)) == []
    problem(post(api(mercy, mercy.mara), of(mercy), **BODY, owner=str(mercy.olga.pk), private=True), 403)
    problem(api(mercy, mercy.paula).get(of(mercy)), 403)


def test_a_specialist_does_not_close_what_is_not_theirs(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    made = make_obstacle(mercy.ada, mercy.olga, by=mercy.ada)
    close = path(mercy, "clinic/obstacles", made.pk, "close")
    problem(post(api(mercy, mercy.colin), close, state="removed", words="x"), 403)


def test_the_report_tells_of_five_leaders_or_more(mercy: World, in_mercy: Scope) -> None:
    url = path(mercy, "clinic/obstacle-report")
    henry = api(mercy, mercy.henry)
    for number in range(5):
        assert get(henry, url) == {"by_kind": [], "by_unit": [], "as_of": None}
        leader = make_person(mercy.organization, f"L {number}", mercy.unit)
        make_obstacle(leader, mercy.olga, by=leader)
    told = get(henry, url)
    figures = {"leaders": 5, "open": 5, "overdue": 0, "removed": 0, "accepted": 0}
    assert told["by_kind"] == [{"name": "Pressure of work and time", "others": [], **figures}]
    assert told["by_unit"] == [{"name": "Cardiology", "others": [], **figures}]
    problem(api(mercy, mercy.colin).get(url), 403)


def test_many_cost_the_same(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    ada = api(mercy, mercy.ada)
    make_obstacle(mercy.ada, mercy.olga, by=mercy.ada)
    one = queries_of(ada, of(mercy))
    for _number in range(2):
        make_obstacle(mercy.ada, mercy.olga, by=mercy.eli)
    assert queries_of(ada, of(mercy)) == one
