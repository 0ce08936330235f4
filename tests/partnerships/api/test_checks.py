"""Partnership checks by API: unseen until all have answered, then open between them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from partnerships.enums import Scale
from partnerships.models import CheckAnswer, Partnership, PartnershipCheck
from tests.counting import queries_of
from tests.factories.partnerships import make_check
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def of(world: World, check: PartnershipCheck, *more: object) -> str:
    return path(world, "partnerships", check.partnership_id, "checks", check.pk, *more)


def said(score: int = 4, word: str = "Wary") -> dict[str, Any]:
    return {scale.value: {"score": score, "word": word} for scale in Scale}


@pytest.fixture
def asked(dyad: Partnership) -> PartnershipCheck:
    return make_check(dyad)


def test_all_see_all_when_all_have_answered(mercy: World, dyad: Partnership) -> None:
    ada, mara = api(mercy, mercy.ada), api(mercy, mercy.mara)
    url = path(mercy, "partnerships", dyad.pk, "checks")
    begun = post(ada, url)
    assert begun.status_code == 201
    problem(post(mara, url), 409)
    here = f"{url}/{begun.json()['id']}"
    answered = post(ada, f"{here}/answer", **said()).json()
    assert answered["answers"] is None
    assert {one["person"]["name"]: one["answered"] for one in answered["people"]} == {
        "Ada Mercy": True,
        "Mara Mercy": False,
    }
    assert "Wary" not in mara.get(here).content.decode()
    problem(post(ada, f"{here}/answer", **said()), 409)
    together = post(mara, f"{here}/answer", **said(2, "")).json()
    assert together["state"] == "revealed"
    for client in (ada, mara):
        assert {one["person"]["name"]: one["trust"] for one in get(client, here)["answers"]} == {
            "Ada Mercy": {"score": 4, "word": "Wary"},
            "Mara Mercy": {"score": 2, "word": ""},
        }


def test_others_read_it_with_every_consent_and_no_longer(mercy: World, dyad: Partnership) -> None:
    check = make_check(dyad, 4, 2)
    ada, mara, henry, colin = (api(mercy, mercy.people[who]) for who in ("ada", "mara", "henry", "colin"))
    share = of(mercy, check, "share")
    assert put(ada, share, agreed=True).status_code == 200
    problem(henry.get(of(mercy, check)), 403)
    agreed = {one["person"]["name"]: one["agrees"] for one in put(mara, share, agreed=True).json()["people"]}
    assert agreed == {"Ada Mercy": True, "Mara Mercy": True}
    assert [one["vision"]["score"] for one in get(henry, of(mercy, check))["answers"]] == [4, 2]
    problem(colin.get(of(mercy, check)), 403)
    problem(put(henry, share, agreed=False), 403)
    assert put(mara, share, agreed=False).status_code == 200
    problem(henry.get(of(mercy, check)), 403)


def test_who_is_not_asked_does_nothing(mercy: World, asked: PartnershipCheck) -> None:
    for who in ("henry", "eli", "colin"):
        client = api(mercy, mercy.people[who])
        problem(client.get(of(mercy, asked)), 403)
        problem(post(client, of(mercy, asked, "answer"), **said()), 403)
        problem(post(client, of(mercy, asked, "call-off")), 403)
        problem(put(client, of(mercy, asked, "share"), agreed=True), 403)
        problem(post(client, path(mercy, "partnerships", asked.partnership_id, "checks")), 403)


def test_called_off_nothing_is_shown(mercy: World, asked: PartnershipCheck) -> None:
    ada, mara = api(mercy, mercy.ada), api(mercy, mercy.mara)
    post(ada, of(mercy, asked, "answer"), **said())
    over = post(mara, of(mercy, asked, "call-off")).json()
    assert (over["state"], over["answers"]) == ("called_off", None)
    problem(post(mara, of(mercy, asked, "answer"), **said()), 409)
    assert "Wary" not in mara.get(of(mercy, asked)).content.decode()
    problem(put(ada, of(mercy, asked, "share"), agreed=True), 409)


def test_an_answer_has_five_scores_of_one_to_five(mercy: World, asked: PartnershipCheck) -> None:
    ada, url = api(mercy, mercy.ada), of(mercy, asked, "answer")
    body = said()
    del body["trust"]
    body["vision"] = {"score": 6, "word": "x" * 201}
    assert faults(post(ada, url, **body), 400).keys() == {"/vision/score", "/vision/word", "/trust"}
    assert not CheckAnswer.objects.exists()


def test_whoever_watches_sees_when_and_not_what(mercy: World, dyad: Partnership) -> None:
    make_check(dyad, 4, 2)
    url = path(mercy, "partnerships", dyad.pk, "checks")
    (seen,) = get(api(mercy, mercy.henry), url)["results"]
    assert seen.keys() == {"id", "opened_on", "state", "over_on"}
    problem(api(mercy, mercy.colin).get(url), 403)


def test_a_check_of_another_partnership_is_not_there(mercy: World, dyad: Partnership, fenwick: World) -> None:
    check = make_check(dyad, 4, 2)
    problem(api(mercy, mercy.ada).get(path(mercy, "partnerships", check.pk, "checks", check.pk)), 404)
    problem(api(fenwick, fenwick.ada).get(path(fenwick, "partnerships", dyad.pk, "checks", check.pk)), 404)


def test_many_checks_cost_no_more_queries(mercy: World, dyad: Partnership) -> None:
    ada, url = api(mercy, mercy.ada), path(mercy, "partnerships", dyad.pk, "checks")
    check, costs = make_check(dyad, 4, 2), []
    for count in (1, 3):
        for number in range(count):
            make_check(dyad, 3, 3, opened_on=TODAY - (10 * count + number) * DAY)
        costs.append([queries_of(ada, url), queries_of(ada, of(mercy, check))])
    assert costs[0] == costs[1]
