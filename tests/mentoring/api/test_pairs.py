"""Pairs of a matching, locks and exclusions by API."""

from __future__ import annotations

from typing import Any

import pytest

from mentoring.enums import PairRuleKind, ProposalState, Side, Tier
from mentoring.models import MatchProfile, MatchRun, PairRule, Proposal
from people.models import Person
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_person
from tests.factories.runs import make_finished_run, make_pair_rule, make_proposal
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


def alternative(mentor: Person, **changes: object) -> dict[str, object]:
    return {
        "mentor": str(mentor.pk),
        "score": 6_000,
        "interest": 2_000,
        "availability": 3_000,
        "past_success": 1_000,
        "cosine": 0.4,
        "free_slots": 3,
        "satisfaction": 2.5,
        "why": "10.0 points less.",
        "open": True,
        "sentence": "Shares little.",
        **changes,
    }


def give_places(run: MatchRun, mentor: Person) -> None:
    MatchProfile.objects.create(
        run=run, person=mentor, key=mentor.pk, side=Side.MENTOR, tier=Tier.SENIOR, places=1, level=9
    )


def test_pairs_come_lowest_first_and_are_narrowed(mercy: World, in_mercy: Scope) -> None:
    run = make_finished_run(mercy.cohort)
    high = make_proposal(run, mercy.ada, mercy.mara, interest=4_500)
    low = make_proposal(run, mercy.colin, mercy.eli, running=True)
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/matchings", run.pk, "pairs")
    listed = get(paula, url)["results"]
    assert [each["id"] for each in listed] == [str(low.pk), str(high.pk)]
    assert (listed[0]["points"], listed[0]["sentence"], listed[0]["runs"]) == (70, "Fits.", True)
    for asked, found in {"only=above": [high], "only=new": [high], "tier=chair": []}.items():
        assert [each["id"] for each in get(paula, f"{url}?{asked}")["results"]] == [
            str(each.pk) for each in found
        ]
    assert faults(paula.get(f"{url}?tier=boss&only=some"), 400).keys() == {"/tier", "/only"}


def test_a_pair_tells_its_arithmetic_and_alternatives(mercy: World, in_mercy: Scope) -> None:
    run = make_finished_run(mercy.cohort)
    pair = make_proposal(
        run, mercy.ada, mercy.mara, cosine=0.5, satisfaction=3.75, alternatives=[alternative(mercy.eli)]
    )
    detail = get(api(mercy, mercy.paula), path(mercy, "mentoring/pairs", pair.pk))
    terms = {each["part"]: (each["weight"], each["value"], each["points"]) for each in detail["arithmetic"]}
    assert terms == {
        "interest": (0.5, 0.5, 25),
        "availability": (0.3, 1, 30),
        "past_success": (0.2, 0.75, 15),
    }
    [other] = detail["alternatives"]
    assert (other["name"], other["points"], other["why_not"]) == ("Eli Mercy", 60, "10.0 points less.")


def test_another_mentor_is_proposed_with_a_reason(mercy: World, in_mercy: Scope) -> None:
    run = make_finished_run(mercy.cohort)
    pair = make_proposal(
        run,
        mercy.ada,
        mercy.mara,
        alternatives=[alternative(mercy.eli), alternative(mercy.colin, open=False)],
    )
    give_places(run, mercy.eli)
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/pairs", pair.pk, "replace")
    assert faults(post(paula, url, mentor=str(mercy.eli.pk), reason=" "), 400).keys() == {"/reason"}
    refused = post(paula, url, mentor=str(mercy.colin.pk), reason="Because.")
    assert faults(refused, 422).keys() == {"/mentor"}
    made = post(paula, url, mentor=str(mercy.eli.pk), reason="They share a clinic.")
    assert (made.status_code, made.json()["instead_of"]["id"]) == (201, str(mercy.mara.pk))
    assert Proposal.objects.get(pk=pair.pk).state == ProposalState.REPLACED
    problem(post(paula, url, mentor=str(mercy.eli.pk), reason="Again."), 409)


def new_rule(world: World, **changes: Any) -> dict[str, Any]:
    pair = {"mentee": str(world.ada.pk), "mentor": str(world.colin.pk)}
    return {"kind": "exclude", **pair, "reason": "They share a flat.", **changes}


def test_two_people_are_kept_apart_until_it_is_taken_back(mercy: World, in_mercy: Scope) -> None:
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/cohorts", mercy.cohort.pk, "pair-rules")
    made = post(paula, url, **new_rule(mercy))
    assert (made.status_code, made.json()["tier"]) == (201, "")
    [listed] = get(paula, url)["results"]
    assert (listed["reason"], listed["set_by"]["id"]) == ("They share a flat.", str(mercy.paula.pk))
    problem(post(paula, url, **new_rule(mercy)), 409)
    assert paula.delete(path(mercy, "mentoring/pair-rules", made.json()["id"])).status_code == 204
    assert not PairRule.objects.exists()


def test_a_rule_that_cannot_be_is_refused_at_the_field(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/cohorts", mercy.cohort.pk, "pair-rules")
    for changes, field in (
        ({"kind": "lock"}, "/tier"),
        ({"mentor": str(mercy.ada.pk)}, "/mentor"),
        ({"mentee": str(mercy.eli.pk)}, "/mentee"),
        ({"mentor": str(fenwick.colin.pk)}, "/mentor"),
    ):
        assert faults(post(paula, url, **new_rule(mercy, **changes)), 422).keys() == {field}
    wrong = {"kind": "hug", "tier": "boss", "reason": "x" * 301}
    assert faults(post(paula, url, **new_rule(mercy, **wrong)), 400).keys() == {"/kind", "/tier", "/reason"}


def test_rules_of_pairs_cost_the_same_however_many(mercy: World, in_mercy: Scope) -> None:
    paula, costs = api(mercy, mercy.paula), []
    url = path(mercy, "mentoring/cohorts", mercy.cohort.pk, "pair-rules")
    for count in (2, 18):
        for number in range(count):
            mentor = make_person(mercy.organization, f"Mentor{count}{number}", mercy.unit)
            make_pair_rule(mercy.cohort, mercy.ada, mentor, PairRuleKind.EXCLUDE, by=mercy.paula)
        costs.append(queries_of(paula, url))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("who", ["ada", "mara", "henry"])
def test_who_directs_no_cohort_sees_no_pair(mercy: World, in_mercy: Scope, who: str) -> None:
    pair = make_proposal(make_finished_run(mercy.cohort), mercy.ada, mercy.mara)
    client = api(mercy, mercy.people[who])
    problem(client.get(path(mercy, "mentoring/pairs", pair.pk)), 403)
    problem(post(client, path(mercy, "mentoring/pairs", pair.pk, "replace"), mentor="x"), 403)
    problem(post(client, path(mercy, "mentoring/cohorts", mercy.cohort.pk, "pair-rules")), 403)
