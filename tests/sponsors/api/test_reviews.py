"""Reviews by API: written and signed by two, with the leader's own view; caseload and accountability."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from sponsors.models import Action, Goal, Review
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_line, make_person
from tests.factories.sponsors import (
    make_action,
    make_held_review,
    make_proposal,
    make_review,
    make_sponsorship,
    make_version,
)
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def action(mercy: World, in_mercy: Scope, goal: Goal) -> Action:
    """Of Ada's, published: Eli sponsors her, Mara leads her, Colin looks after finance."""
    made = make_action(goal, owner=mercy.ada)
    make_version(mercy.ada, by=mercy.eli)
    return made


@pytest.fixture
def review(mercy: World, action: Action) -> Review:
    return make_review(mercy.ada)


def of(world: World, *more: object) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "reviews", *more)


def body(*actions: Action, **changes: Any) -> dict[str, Any]:
    return {
        "notes": [{"action": str(each.pk), "words": "She chairs it alone."} for each in actions],
        "decision": "step_up",
        "reason": "Ready for more.",
        "next_on": str(TODAY + 60 * DAY),
        "revision": 1,
        **changes,
    }


def test_a_review_is_written_and_signed_by_two(mercy: World, action: Action, review: Review) -> None:
    ada, eli, mara = (api(mercy, mercy.people[who]) for who in ("ada", "eli", "mara"))
    here = of(mercy, review.pk)
    assert put(ada, f"{here}/view", words="I want more.").json()["leader_view"] == "I want more."
    missing = get(eli, here)["missing"]
    assert missing[0] == f"A word on: {action.title}"
    problem(post(eli, f"{here}/sign", seen=get(eli, here)["seen"]), 409)
    written = put(eli, here, **body(action, revision=2)).json()
    assert (written["missing"], written["decision"]) == ([], "step_up")
    first = post(eli, f"{here}/sign", seen=written["seen"]).json()
    assert (first["sponsor"]["name"], first["manager"], first["closed_on"]) == ("Eli Mercy", None, None)
    problem(post(eli, f"{here}/sign", seen=first["seen"]), 409)
    closed = post(mara, f"{here}/sign", seen=get(mara, here)["seen"]).json()
    assert (closed["closed_on"], closed["seen"], closed["missing"]) == (str(TODAY), None, None)
    problem(put(mara, here, **body(action, revision=closed["revision"])), 409)
    problem(put(ada, f"{here}/view", words="Late."), 409)
    read = get(ada, here)
    assert (read["reason"], [one["words"] for one in read["notes"]]) == (
        *("Ready for more.", ["She chairs it alone."]),
    )
    assert [one["closed_on"] for one in get(ada, of(mercy))["results"]] == [None, str(TODAY)]


def test_the_second_writer_is_told_how_it_is_now(mercy: World, action: Action, review: Review) -> None:
    here = of(mercy, review.pk)
    assert put(api(mercy, mercy.mara), here, **body(action)).status_code == 200
    refused = problem(put(api(mercy, mercy.eli), here, **body(action, reason="Mine.")), 409)
    assert "Mara Mercy" in refused["detail"]
    assert (refused["current"]["reason"], refused["current"]["revision"]) == ("Ready for more.", 2)


def test_what_was_not_read_is_not_signed(mercy: World, action: Action, review: Review) -> None:
    eli, mara, here = api(mercy, mercy.eli), api(mercy, mercy.mara), of(mercy, review.pk)
    seen = put(eli, here, **body(action)).json()["seen"]
    put(mara, here, **body(action, reason="She could do more.", revision=2))
    assert "Mara Mercy" in problem(post(eli, f"{here}/sign", seen=seen), 409)["detail"]
    assert Review.objects.get(pk=review.pk).sponsor is None


def test_words_that_cannot_be_are_refused(mercy: World, action: Action, review: Review) -> None:
    eli, here = api(mercy, mercy.eli), of(mercy, review.pk)
    past = body(next_on=str(TODAY))
    assert faults(put(eli, here, **past), 422).keys() == {"/next_on"}
    stranger = body(notes=[{"action": str(review.pk), "words": "Who?"}])
    assert faults(put(eli, here, **stranger), 422).keys() == {"/notes"}
    wrong = body(decision="dream", reason="x" * 2001)
    assert faults(put(eli, here, **wrong), 400).keys() == {"/decision", "/reason"}
    problem(put(api(mercy, mercy.ada), here, **body()), 403)


def test_what_is_private_stays_between_leader_and_sponsor(
    mercy: World, goal: Goal, action: Action, review: Review
) -> None:
    secret = make_action(goal, owner=mercy.ada, title="See a coach", private=True)
    here = of(mercy, review.pk)
    eli, mara = api(mercy, mercy.eli), api(mercy, mercy.mara)
    assert put(eli, here, **body(action, secret)).status_code == 200
    titles = {
        who: {one["title"] for one in get(api(mercy, mercy.people[who]), here)["notes"]}
        for who in ("ada", "eli", "mara")
    }
    both = {action.title, "See a coach"}
    assert titles == {"ada": both, "eli": both, "mara": {action.title}}
    assert faults(put(mara, here, **body(secret, revision=2)), 422).keys() == {"/notes"}
    assert "See a coach" not in str(get(mara, here))


@pytest.mark.parametrize(("who", "status"), [("colin", 403), ("paula", 403), ("henry", 403), ("stella", 404)])
def test_reviews_are_for_the_three(mercy: World, review: Review, who: str, status: int) -> None:
    client = api(mercy, mercy.people[who])
    for url in (of(mercy), of(mercy, review.pk)):
        problem(client.get(url), status)


def test_the_sponsor_calls_one_early(mercy: World, review: Review) -> None:
    eli, url = api(mercy, mercy.eli), of(mercy, "call")
    assert faults(post(eli, url, cause="role", words="Chair."), 422).keys() == {"/cause"}
    called = post(eli, url, cause="project", words="The new ward.")
    assert (called.status_code, called.json()["called_by"]["name"]) == (201, "Eli Mercy")
    (seen,) = get(api(mercy, mercy.ada), of(mercy))["results"]
    assert [one["words"] for one in seen["calls"]] == ["The new ward."]
    problem(post(api(mercy, mercy.mara), url, cause="project", words="Mine."), 403)


def test_lists_cost_the_same_however_many(mercy: World, action: Action, review: Review, goal: Goal) -> None:
    eli, costs = api(mercy, mercy.eli), []
    for number in (1, 3):
        for _ in range(number):
            make_held_review(mercy.ada, sponsor=mercy.eli, manager=mercy.mara)
            leader = make_person(mercy.organization, f"Leader{number}", mercy.unit)
            make_sponsorship(mercy.eli, leader)
            make_review(leader)
            make_proposal(leader)
            make_action(goal, owner=mercy.ada)
        urls = (of(mercy), of(mercy, review.pk), path(mercy, "me/caseload"))
        costs.append([queries_of(eli, url) for url in urls])
    assert costs[0] == costs[1]


def test_the_caseload_says_what_each_waits_for(mercy: World, action: Action, review: Review) -> None:
    make_proposal(mercy.ada)
    Review.objects.filter(pk=review.pk).update(manager=mercy.mara, manager_signed_at=timezone.now())
    Action.objects.filter(pk=action.pk).update(start_on=TODAY - 9 * DAY, due_on=TODAY - DAY)
    (case,) = get(api(mercy, mercy.eli), path(mercy, "me/caseload"))
    assert (case["leader"]["name"], case["is_sponsor"], case["version"]) == ("Ada Mercy", True, 1)
    assert (case["waits_for_signature"], case["proposals"], case["late_actions"]) == (True, 1, 1)
    assert case["review"] == {"id": str(review.pk), "due_on": str(review.due_on)}
    assert "overdue" in case["cautions"]
    (led,) = get(api(mercy, mercy.mara), path(mercy, "me/caseload"))
    assert (led["is_sponsor"], led["waits_for_signature"]) == (False, False)
    assert get(api(mercy, mercy.colin), path(mercy, "me/caseload")) == []


def test_accountability_is_told_of_five_leaders(mercy: World, review: Review) -> None:
    eli, url = api(mercy, mercy.eli), path(mercy, "clinic/accountability")
    assert get(eli, url) == {"whole": None, "lines": [], "as_of": None}
    for number in range(4):
        leader = make_person(mercy.organization, f"Leader{number}", mercy.unit)
        make_review(leader, due_on=TODAY - 20 * DAY)
        make_line(leader, mercy.mara)
    told = get(eli, url)
    (line,) = told["lines"]
    assert (line["unit"], line["leaders"], line["overdue"]) == ("Cardiology", 5, 4)
    assert (told["whole"]["unit"], told["whole"]["in_time"]["n"]) == (None, 4)
    late = path(mercy, "clinic/late-reviews")
    assert len(get(api(mercy, mercy.henry), late)["results"]) == 4
    problem(eli.get(late), 403)
    problem(api(mercy, mercy.ada).get(url), 403)


def test_the_rule_is_changed_by_whoever_keeps_it(mercy: World, review: Review) -> None:
    henry, url = api(mercy, mercy.henry), path(mercy, "clinic/review-rule")
    assert get(henry, url) == {"every_days": 90, "changed_by": None, "changed_at": None}
    changed = put(henry, url, every_days=60).json()
    assert (changed["every_days"], changed["changed_by"]["name"]) == (60, "Henry Mercy")
    assert faults(put(henry, url, every_days=7), 400).keys() == {"/every_days"}
    problem(api(mercy, mercy.eli).get(url), 403)
