"""Matchings by API: asking, looking, publishing, exporting."""

from __future__ import annotations

from typing import Any

import pytest

from mentoring.enums import RunState, Tier
from mentoring.models import MatchRun, Mentorship
from people.enums import Role
from people.models import Person
from tenancy.models import JobRun
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_capacity, make_profile, make_weights
from tests.factories.people import make_cohort, make_grant, make_person, make_user
from tests.factories.runs import make_finished_run, make_left_out, make_proposal, make_run
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

ACTS = ("publish", "export", "pairs", "left-out")


def make_mentor(world: World, name: str, places: int = 2) -> Person:
    person = make_person(world.organization, name, world.unit, family_name="Mentor")
    make_capacity(make_profile(person), Tier.SENIOR, places=places)
    return person


def ask(world: World, who: str = "paula", **body: Any) -> Any:
    new = {"cohort": str(world.cohort.pk), "tiers": ["senior"], **body}
    return post(api(world, world.people[who]), path(world, "mentoring/matchings"), **new)


def test_the_cohorts_to_match_are_listed(mercy: World, in_mercy: Scope) -> None:
    [cohort] = get(api(mercy, mercy.paula), path(mercy, "mentoring/cohorts"))
    assert cohort == {
        "id": str(mercy.cohort.pk),
        "name": mercy.cohort.name,
        "programme": mercy.programme.name,
    }


def test_a_matching_is_asked_for_with_what_is_tried(mercy: World, in_mercy: Scope) -> None:
    make_weights(mercy.organization, bar=0.7)
    sam = make_mentor(mercy, "Sam")
    places = [{"mentor": str(sam.pk), "tier": "senior", "places": 4}]
    asked = ask(mercy, interest=60, availability=30, past_success=10, floor=20, note="More", places=places)
    assert asked.status_code == 201
    run = MatchRun.objects.get(pk=asked.json()["id"])
    assert (run.places, run.note) == ({str(sam.pk): {"senior": 4}}, "More")
    assert (run.rule["interest"], run.rule["floor"], run.rule["bar"]) == (0.6, 0.2, 0.7)
    assert JobRun.objects.filter(job="mentoring.freeze", period=str(run.pk)).exists()
    detail = get(api(mercy, mercy.paula), path(mercy, "mentoring/matchings", run.pk))
    assert (detail["state"], detail["progress"]["state"], detail["counts"]) == ("prepared", "waiting", None)


def test_what_is_left_out_is_as_in_the_rule_in_force(mercy: World, in_mercy: Scope) -> None:
    make_weights(mercy.organization, interest=0.4, availability=0.4, stickiness=0.1)
    rule = ask(mercy).json()["rule"]
    assert (rule["interest"], rule["availability"], rule["past_success"]) == (0.4, 0.4, 0.2)
    assert (rule["stickiness"], rule["floor"]) == (0.1, 0)


def test_nobody_keeps_the_workers_busy_with_one_cohort(mercy: World, in_mercy: Scope) -> None:
    for _each in range(5):
        running = make_run(mercy.cohort)
    assert "under way" in problem(ask(mercy), 409)["detail"]
    MatchRun.objects.filter(pk=running.pk).update(state=RunState.FAILED, problem="Nobody to match")
    assert ask(mercy).status_code == 201


def test_a_matching_that_cannot_be_is_refused_at_the_field(
    mercy: World, fenwick: World, in_mercy: Scope
) -> None:
    assert faults(ask(mercy, interest=90), 422).keys() == {"/past_success"}
    assert faults(ask(mercy, cohort=str(fenwick.cohort.pk)), 422).keys() == {"/cohort"}
    places = [{"mentor": str(fenwick.mara.pk), "tier": "senior", "places": 1}]
    assert faults(ask(mercy, places=places), 422).keys() == {"/places"}
    wrong = faults(ask(mercy, tiers=[], floor=101, places=[{"tier": "boss"}]), 400)
    assert {pointer.split("/")[1] for pointer in wrong} == {"tiers", "floor", "places"}
    assert not MatchRun.objects.exists()


def test_a_finished_matching_tells_its_figures(mercy: World, in_mercy: Scope) -> None:
    run = make_finished_run(mercy.cohort, note="First try", requested_by=mercy.paula)
    make_proposal(run, mercy.ada, make_mentor(mercy, "Sam"))
    make_left_out(run, mercy.colin, kept_apart={"line_manager": 2})
    paula = api(mercy, mercy.paula)
    [listed] = get(paula, path(mercy, "mentoring/matchings"))["results"]
    assert (listed["note"], listed["requested_by"]["id"]) == ("First try", str(mercy.paula.pk))
    detail = get(paula, path(mercy, "mentoring/matchings", run.pk))
    [senior] = detail["figures"]
    assert (senior["proven"], senior["matched"]["covered"], senior["now"]["covered"]) == (True, 4, 1)
    assert (senior["matched"]["worst"], senior["stable"]["covered"], senior["fairest"]) == (42, 3, None)
    assert (detail["counts"]["pairs"], detail["progress"]["state"]) == (1, "done")
    [cause] = detail["left_out"]
    assert (cause["cause"], cause["mentees"]) == ("nobody_eligible", 1)
    [row] = get(paula, path(mercy, "mentoring/matchings", run.pk, "left-out"))["results"]
    assert row["mentee"]["name"] == "Colin Mercy"
    assert row["kept_apart"] == [{"reason": "one leads the other", "mentors": 2}]


@pytest.mark.parametrize("what", ["", "/{run}", "/{run}/left-out", "/{run}/pairs"])
def test_looking_costs_the_same_however_many(mercy: World, in_mercy: Scope, what: str) -> None:
    paula, costs = api(mercy, mercy.paula), []
    run = make_finished_run(mercy.cohort, requested_by=mercy.paula)
    url = path(mercy, "mentoring/matchings") + what.format(run=run.pk)
    for count in (2, 18):
        for number in range(count):
            mentee = make_person(mercy.organization, f"Mentee{count}{number}", mercy.unit)
            make_proposal(run, mentee, make_mentor(mercy, f"Mentor{count}{number}"))
            make_left_out(run, mentee)
            make_run(mercy.cohort, requested_by=mercy.paula)
        costs.append(queries_of(paula, url))
    assert costs[0] == costs[1]


def test_some_pairs_are_published_and_then_the_others(mercy: World, in_mercy: Scope) -> None:
    run = make_finished_run(mercy.cohort)
    first = make_proposal(run, mercy.ada, make_mentor(mercy, "Sam"))
    make_proposal(run, mercy.colin, make_mentor(mercy, "Tom"))
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/matchings", run.pk, "publish")
    assert post(paula, url, pairs=[str(first.pk)]).json() == {
        "offered": 1,
        "kept": 0,
        "replaced": 0,
        "withheld": 0,
    }
    assert Mentorship.objects.get().mentee == mercy.ada
    # Colin is in no cohort: his pair is held back and says why.
    assert post(paula, url, pairs=None).json()["withheld"] == 1
    assert faults(post(paula, url), 400).keys() == {"/pairs"}
    problem(post(paula, url, pairs=[]), 409)


def test_an_unfinished_matching_has_no_result(mercy: World, in_mercy: Scope) -> None:
    run, paula = make_run(mercy.cohort), api(mercy, mercy.paula)
    for what in ("export", "pairs", "left-out"):
        problem(paula.get(path(mercy, "mentoring/matchings", run.pk, what)), 404)
    problem(post(paula, path(mercy, "mentoring/matchings", run.pk, "publish"), pairs=None), 409)


def test_the_export_names_nobody(mercy: World, in_mercy: Scope) -> None:
    run = make_finished_run(mercy.cohort)
    export = get(api(mercy, mercy.paula), path(mercy, "mentoring/matchings", run.pk, "export"))
    assert (export["input_hash"], export["inputs"]["tiers"]) == ("0" * 64, ["senior"])


def test_a_director_of_another_cohort_finds_nothing(mercy: World, in_mercy: Scope) -> None:
    run = make_finished_run(mercy.cohort, state=RunState.DONE)
    dora = make_person(mercy.organization, "Dora", mercy.unit)
    make_user(dora)
    make_grant(dora, Role.PROGRAMME_DIRECTOR, make_cohort(mercy.programme, "Another"))
    client, url = api(mercy, dora), path(mercy, "mentoring/matchings")
    assert get(client, url)["results"] == []
    problem(client.get(f"{url}/{run.pk}"), 404)
    for act in ACTS[1:]:
        problem(client.get(f"{url}/{run.pk}/{act}"), 404)
    problem(post(client, f"{url}/{run.pk}/publish", pairs=None), 404)
    asked = post(client, url, cohort=str(mercy.cohort.pk), tiers=["senior"])
    assert faults(asked, 422).keys() == {"/cohort"}


@pytest.mark.parametrize("who", ["ada", "mara", "henry", "eli"])
def test_who_directs_no_cohort_runs_no_matching(mercy: World, in_mercy: Scope, who: str) -> None:
    run, client = make_finished_run(mercy.cohort), api(mercy, mercy.people[who])
    problem(ask(mercy, who), 403)
    problem(client.get(path(mercy, "mentoring/matchings")), 403)
    problem(post(client, path(mercy, "mentoring/matchings", run.pk, "publish"), pairs=None), 403)
