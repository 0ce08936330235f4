"""Proposing for one's regimen, and the answer, by API."""

from __future__ import annotations

import pytest

from sponsors.models import Goal, Proposal
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.sponsors import make_proposal
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "regimen/proposals", *more)


def test_the_leader_proposes_and_gets_an_answer(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    ada, eli = api(mercy, mercy.ada), api(mercy, mercy.eli)
    made = post(ada, of(mercy), words="A look at the board")
    assert (made.status_code, made.json()["taken_up"]) == (201, None)
    problem(post(eli, of(mercy), words="Mine"), 403)
    assert faults(post(ada, of(mercy), words=" "), 400).keys() == {"/words"}
    url = of(mercy, Proposal.objects.get().pk, "answer")
    problem(post(ada, url, taken_up=True), 403)
    assert faults(post(eli, url, taken_up=False), 422).keys() == {"/answer"}
    assert post(eli, url, taken_up=True).json()["answered_by"]["name"] == "Eli Mercy"
    problem(post(eli, url, taken_up=True), 409)
    [seen] = get(ada, of(mercy))["results"]
    assert (seen["words"], seen["taken_up"]) == ("A look at the board", True)


def test_specialists_are_shown_none(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    made = make_proposal(mercy.ada)
    colin = api(mercy, mercy.colin)
    assert get(colin, of(mercy))["results"] == []
    problem(post(colin, of(mercy, made.pk, "answer"), taken_up=True), 404)
    problem(api(mercy, mercy.paula).get(of(mercy)), 403)


@pytest.mark.parametrize("more", [2, 20])
def test_proposals_cost_the_same_however_many(mercy: World, in_mercy: Scope, goal: Goal, more: int) -> None:
    for number in range(more):
        make_proposal(mercy.ada, f"Wish {number}")
    ada = api(mercy, mercy.ada)
    assert len(get(ada, of(mercy))["results"]) == more
    assert queries_of(ada, of(mercy)) == 7
