"""An intake by API: who asks, who answers, and what each may read of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from people.models import Person
from sponsors.enums import Aspect, Relation, RequestState
from sponsors.models import Competency, Goal, IntakeRemark, IntakeRequest, IntakeRound
from sponsors.services.intake import close_round
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_line, make_person
from tests.factories.sponsors import make_competency, make_intake, make_intake_request
from tests.members import member_of
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

TODAY = timezone.localdate()
SOON = (TODAY + dt.timedelta(days=14)).isoformat()


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "intake", *more)


@pytest.fixture
def listening(mercy: World, in_mercy: Scope, goal: Goal) -> Competency:
    """Eli sponsors Ada; there is one competency."""
    return make_competency(mercy.organization)


@pytest.fixture
def intake(mercy: World, listening: Competency) -> IntakeRound:
    return make_intake(mercy.ada, by=mercy.eli)


def answer(world: World, asked: IntakeRequest, competency: Competency, **changes: Any) -> Any:
    said = {"aspect": "opportunity", "competency": str(competency.pk), "words": "Listens."}
    client = api(world, asked.person)
    url = path(world, "me/intake-requests", asked.pk, "answer")
    return post(client, url, **{"remarks": [said | changes.pop("remark", {})], **changes})


def heard(world: World, intake: IntakeRound, competency: Competency, *people: Person) -> None:
    """Coworkers have answered, and Mara, who is named."""
    for person in people:
        asked = make_intake_request(intake, person)
        said = answer(world, asked, competency, remark={"words": f"Seen by {person.given_name}."})
        assert said.status_code == 204
    mara = make_intake_request(intake, world.mara, Relation.MANAGER)
    assert answer(world, mara, competency, named=True, remark={"words": "By Mara."}).status_code == 204


def test_the_sponsor_asks_and_each_relation_follows_from_history(mercy: World, listening: Competency) -> None:
    rita = make_person(mercy.organization, "Rita", mercy.root, family_name="Mercy")
    day = dt.timedelta(days=1)
    make_line(rita, mercy.ada, start_date=TODAY - 99 * day, end_date=TODAY - 9 * day)
    eli = api(mercy, mercy.eli)
    candidates = {one["person"]["name"]: one for one in get(eli, of(mercy, "candidates"))}
    assert candidates["Mara Mercy"]["relation"] == "manager"
    assert candidates["Rita Mercy"]["until"] == str(TODAY - 9 * day)
    people = [str(one.pk) for one in (mercy.mara, rita, mercy.olga)]
    made = post(eli, of(mercy), people=people, last_day=SOON)
    assert made.status_code == 201
    assert {one["person"]["name"]: one["relation"] for one in made.json()["running"]["people"]} == {
        "Ada Mercy": "self",
        "Mara Mercy": "manager",
        "Rita Mercy": "report",
        "Olga Mercy": "coworker",
    }
    problem(post(eli, of(mercy), people=people, last_day=SOON), 409)
    more = post(eli, of(mercy, "ask"), people=[str(mercy.colin.pk), str(mercy.olga.pk)])
    assert more.json()["running"]["turnout"] == {"asked": 5, "answered": 0, "declined": 0}


def test_a_round_that_cannot_be_is_refused(mercy: World, fenwick: World, listening: Competency) -> None:
    eli, colin = api(mercy, mercy.eli), str(mercy.colin.pk)
    foreign = post(eli, of(mercy), people=[str(fenwick.colin.pk)], last_day=SOON)
    assert faults(foreign, 422).keys() == {"/people"}
    assert faults(post(eli, of(mercy), people=[colin], last_day=str(TODAY)), 422).keys() == {"/last_day"}
    assert faults(post(eli, of(mercy), people=[], last_day="soon"), 400).keys() == {"/people", "/last_day"}
    problem(post(eli, of(mercy, "ask"), people=[colin]), 409)
    problem(post(eli, of(mercy, "close")), 409)
    for who in ("ada", "mara", "colin", "paula"):
        problem(post(api(mercy, mercy.people[who]), of(mercy), people=[colin], last_day=SOON), 403)
    assert not IntakeRound.objects.exists()


def test_only_the_sponsor_reads_who_is_asked(mercy: World, intake: IntakeRound) -> None:
    make_intake_request(intake, mercy.olga, state=RequestState.DECLINED, reason="We hardly met")
    seen = {who: get(api(mercy, mercy.people[who]), of(mercy))["running"] for who in ("eli", "ada", "mara")}
    assert [one["reason"] for one in seen["eli"]["people"]] == ["We hardly met"]
    for who in ("ada", "mara"):
        assert seen[who]["people"] is None
        assert seen[who]["turnout"] == {"asked": 1, "answered": 0, "declined": 1}


def test_whoever_is_asked_answers_once(mercy: World, intake: IntakeRound, listening: Competency) -> None:
    asked = make_intake_request(intake, mercy.colin)
    colin, mine = api(mercy, mercy.colin), path(mercy, "me/intake-requests")
    assert [one["leader"]["name"] for one in get(colin, mine)] == ["Ada Mercy"]
    detail = get(colin, f"{mine}/{asked.pk}")
    assert [one["id"] for one in detail["competencies"]] == [str(listening.pk)]
    assert (detail["asked_by"]["name"], detail["is_open"]) == ("Eli Mercy", True)
    problem(api(mercy, mercy.olga).get(f"{mine}/{asked.pk}"), 404)
    assert answer(mercy, asked, listening).status_code == 204
    problem(answer(mercy, asked, listening), 409)
    assert (get(colin, mine), get(colin, f"{mine}/{asked.pk}")["is_open"]) == ([], False)
    for who in ("ada", "eli", "mara"):
        assert "Listens." not in str(get(api(mercy, mercy.people[who]), of(mercy)))
    assert not IntakeRemark.objects.exists()  # the box shows nothing to anybody before the close


def test_an_answer_that_cannot_be_is_refused(
    mercy: World, intake: IntakeRound, listening: Competency
) -> None:
    asked = make_intake_request(intake, mercy.colin)
    retired = make_competency(mercy.organization, name="Retired", retired_on=TODAY)
    problem(answer(mercy, asked, retired), 409)
    said = {"aspect": "strength", "words": "Seen."}
    three = [make_competency(mercy.organization, name=f"Number {number}") for number in range(3)]
    many = [{**said, "competency": str(one.pk)} for one in three]
    problem(answer(mercy, asked, listening, remarks=many), 409)
    wrong = answer(mercy, asked, listening, remark={"aspect": "charm", "words": " "})
    assert faults(wrong, 400).keys() == {"/remarks/0/aspect", "/remarks/0/words"}
    assert IntakeRequest.objects.get(pk=asked.pk).state == "asked"


def test_a_decline_says_why(mercy: World, intake: IntakeRound) -> None:
    asked = make_intake_request(intake, mercy.colin)
    colin, url = api(mercy, mercy.colin), path(mercy, "me/intake-requests", asked.pk, "decline")
    assert faults(post(colin, url), 400).keys() == {"/reason"}
    assert post(colin, url, reason="We hardly met").status_code == 204
    problem(post(colin, url, reason="Again"), 409)


def test_themes_are_for_leader_and_sponsor_and_lists_for_the_manager(
    mercy: World, intake: IntakeRound, listening: Competency
) -> None:
    heard(mercy, intake, listening, mercy.colin, mercy.olga, mercy.stella)
    closed = post(api(mercy, mercy.eli), of(mercy, "close")).json()
    assert closed["groups"] == [{"group": "coworker", "count": 3}]
    results = {
        who: get(api(mercy, mercy.people[who]), of(mercy, "closed", intake.pk))
        for who in ("ada", "eli", "mara")
    }
    assert results["ada"] == results["eli"]
    (theme,) = results["ada"]["themes"]["opportunity"]
    assert (theme["competency"], len(theme["sentences"])) == ("Listening", 4)
    assert {one["who"] for one in theme["sentences"]} == {"Coworkers", "Mara Mercy"}
    assert "Colin Mercy" not in str(theme)
    assert (results["mara"]["themes"], results["mara"]["groups"]) == (None, None)
    assert results["mara"]["lists"] == {"opportunity": ["Listening"], "development": []}
    assert "Seen by" not in str(results["mara"])
    for who in ("colin", "paula", "henry"):
        problem(api(mercy, mercy.people[who]).get(of(mercy, "closed", intake.pk)), 403)
    problem(api(mercy, mercy.olga).get(of(mercy, "closed", intake.pk)), 404)


def test_too_few_are_not_shown(mercy: World, intake: IntakeRound, listening: Competency) -> None:
    heard(mercy, intake, listening, mercy.colin, mercy.olga)
    closed = post(api(mercy, mercy.eli), of(mercy, "close")).json()
    (theme,) = closed["themes"]["opportunity"]
    assert (closed["groups"], [one["words"] for one in theme["sentences"]]) == ([], ["By Mara."])


def test_a_round_that_runs_is_no_result(mercy: World, intake: IntakeRound) -> None:
    problem(api(mercy, mercy.eli).get(of(mercy, "closed", intake.pk)), 404)
    assert get(api(mercy, mercy.eli), of(mercy, "closed"))["results"] == []


def test_it_costs_the_same_however_many(mercy: World, listening: Competency) -> None:
    costs, eli = [], api(mercy, mercy.eli)
    rounds = []
    for people in ([mercy.colin], [mercy.olga, mercy.stella, mercy.henry]):
        for _number in people:
            rounds.append(make_intake(mercy.ada, by=mercy.eli))
            heard(mercy, rounds[-1], listening, *people)
            close_round(rounds[-1], by=member_of(mercy.eli))
        running = make_intake(mercy.ada, by=mercy.eli)
        for person in people:
            make_intake_request(running, person)
        urls = (of(mercy), of(mercy, "candidates"), of(mercy, "closed"), of(mercy, "closed", rounds[-1].pk))
        costs.append([queries_of(eli, url) for url in urls])
        IntakeRound.objects.filter(pk=running.pk).update(closed_on=TODAY)
    assert costs[0] == costs[1]
    assert Aspect.OPPORTUNITY in get(eli, of(mercy, "closed", rounds[-1].pk))["lists"]
