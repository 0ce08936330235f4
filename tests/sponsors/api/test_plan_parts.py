"""Planning goals and actions by API, also when somebody else was faster."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sponsors.models import Action, Goal, RegimenChange
from tenancy.scope import Scope
from tests.factories.conferences import make_conference, make_diagnosis
from tests.factories.sponsors import make_action, make_goal
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

WHY = {"reason": "She asked for it."}


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "regimen", *more)


def body(goal: Goal, **values: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "goal": str(goal.pk),
        "title": "Chair a meeting",
        "kind": "experience",
        "need": "To be heard",
        "hours": 7.5,
        "start_on": today,
        "due_on": today,
        **WHY,
        **values,
    }


def test_goals_are_added_changed_and_removed(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    mara = api(mercy, mercy.mara)
    made = post(mara, of(mercy, "goals"), title="Renew the clinic", outcome="renew", **WHY)
    assert (made.status_code, made.json()["revision"]) == (201, 1)
    one = of(mercy, "goals", made.json()["id"])
    changed = put(mara, one, title="Renew the ward", outcome="renew", revision=1, **WHY).json()
    assert (changed["title"], changed["revision"]) == ("Renew the ward", 2)
    assert post(mara, f"{one}/remove", revision=2, **WHY).status_code == 204
    problem(post(mara, f"{one}/remove", revision=3, **WHY), 404)
    make_action(goal)
    assert (
        "serve this goal"
        in (problem(post(mara, of(mercy, "goals", goal.pk, "remove"), revision=1, **WHY), 409)["detail"])
    )
    problem(post(api(mercy, mercy.ada), of(mercy, "goals"), title="Mine", outcome="renew", **WHY), 403)
    assert faults(post(mara, of(mercy, "goals")), 400).keys() == {"/title", "/outcome", "/reason"}


def test_an_action_is_added_changed_and_removed(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    eli = api(mercy, mercy.eli)
    made = post(eli, of(mercy, "actions"), **body(goal, owner=str(mercy.ada.pk), private=True))
    assert (made.status_code, made.json()["hours"], made.json()["owner"]["name"]) == (201, 7.5, "Ada Mercy")
    one = of(mercy, "actions", made.json()["id"])
    assert faults(put(eli, one, **body(goal, revision=1)), 422).keys() == {
        "/private"
    }  # the leader lets it go
    changed = put(eli, one, **body(goal, domain="finance", private=True, revision=1)).json()
    assert (changed["domain"], changed["owner"], changed["private"]) == ("finance", None, True)
    problem(api(mercy, mercy.colin).get(one), 404)
    assert post(eli, f"{one}/remove", revision=2, **WHY).status_code == 204
    assert RegimenChange.objects.filter(item_id=made.json()["id"]).count() == 3


def test_bad_input_is_said_at_its_field(mercy: World, fenwick: World, in_mercy: Scope, goal: Goal) -> None:
    eli, url = api(mercy, mercy.eli), of(mercy, "actions")
    wrong = body(goal) | dict.fromkeys(("goal", "kind", "domain", "owner", "hours", "start_on"), "x")
    assert faults(post(eli, url, **wrong), 400).keys() == {
        *("/goal", "/kind", "/domain", "/owner", "/hours", "/start_on")
    }
    assert faults(post(eli, url, **body(goal, hours=-1, reason=" ")), 400).keys() == {"/hours", "/reason"}
    assert faults(post(eli, url, **body(goal, due_on="2001-01-01")), 422).keys() == {"/due_on"}
    foreign = body(make_goal(fenwick.ada))
    assert faults(post(eli, url, **foreign), 422).keys() == {"/goal"}
    assert faults(post(eli, url, **body(goal, owner=str(fenwick.ada.pk))), 422).keys() == {"/owner"}


def test_each_changes_their_part(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    finance, other = make_action(goal, domain="finance"), make_action(goal)
    private = make_action(goal, private=True)
    colin, mara = api(mercy, mercy.colin), api(mercy, mercy.mara)
    own = put(colin, of(mercy, "actions", finance.pk), **body(goal, domain="finance", revision=1))
    assert own.status_code == 200
    problem(put(colin, of(mercy, "actions", finance.pk), **body(goal, revision=2)), 403)
    problem(put(colin, of(mercy, "actions", other.pk), **body(goal, revision=1)), 404)
    problem(put(mara, of(mercy, "actions", private.pk), **body(goal, revision=1)), 404)
    problem(put(mara, of(mercy, "actions", other.pk), **body(goal, private=True, revision=1)), 403)
    problem(put(api(mercy, mercy.ada), of(mercy, "actions", other.pk), **body(goal, revision=1)), 403)


def test_the_second_one_is_told_how_it_is_now(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    action = make_action(goal)
    url = of(mercy, "actions", action.pk)
    put(api(mercy, mercy.mara), url, **body(goal, title="Chair two meetings", revision=1))
    told = problem(put(api(mercy, mercy.eli), url, **body(goal, title="Chair none", revision=1)), 409)
    assert "Meanwhile Mara Mercy changed this." in told["detail"]
    assert (told["current"]["title"], told["current"]["revision"]) == ("Chair two meetings", 2)
    again = put(api(mercy, mercy.eli), url, **body(goal, title="Chair none", revision=2))
    assert again.json()["title"] == "Chair none"


def test_progress_is_reported_with_what_came_of_it(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    action = make_action(goal)
    ada, url = api(mercy, mercy.ada), of(mercy, "actions", action.pk, "progress")
    assert faults(post(ada, url, state="done"), 422).keys() == {"/words"}
    assert faults(post(ada, url, state="late"), 400).keys() == {"/state"}
    done = post(ada, url, state="done", words="They listened.").json()
    assert (done["state"], done["came_of_it"]) == ("done", "They listened.")
    assert Action.objects.get().is_over
    problem(post(api(mercy, mercy.colin), url, state="started"), 404)


def test_an_action_keeps_the_diagnosis_that_it_answers(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    eli = api(mercy, mercy.eli)
    diagnosis = make_diagnosis(make_conference(mercy.ada, mercy.colin, by=mercy.eli), by=mercy.colin)
    made = post(eli, of(mercy, "actions"), **body(goal, diagnosis=str(diagnosis.pk))).json()
    one = of(mercy, "actions", made["id"])
    assert (made["diagnosis"], get(eli, one)["diagnosis"]) == (str(diagnosis.pk), str(diagnosis.pk))
    assert put(eli, one, **body(goal, revision=1)).json()["diagnosis"] is None
    foreign = make_diagnosis(make_conference(mercy.colin, mercy.mara, by=mercy.eli), by=mercy.mara)
    wrong = put(eli, one, **body(goal, diagnosis=str(foreign.pk), revision=2))
    assert faults(wrong, 422).keys() == {"/diagnosis"}
