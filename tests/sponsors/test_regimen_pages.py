"""The regimen in the browser: planning, publishing, reading the difference, and what each reader sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import Domain
from sponsors.models import Action, Goal, Proposal, RegimenVersion
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.sponsors import (
    make_action,
    make_goal,
    make_proposal,
    make_seat,
    make_sponsor,
    make_sponsorship,
    make_version,
)
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def goal(mercy: World) -> Goal:
    """Of Ada's: Eli sponsors her, Mara leads her, Colin looks after finance."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    return make_goal(mercy.ada)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, world.ada.pk, *arguments])


def read(client: Client, world: World, name: str, *arguments: object) -> str:
    return client.get(address(world, name, *arguments)).content.decode()


def typed(goal: Goal, **fields: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "goal": goal.pk,
        "title": "Chair a meeting",
        "kind": "experience",
        "need": "To be heard",
        "hours": "8",
        "start_on": today,
        "due_on": today,
        "reason": "She asked for it.",
        **fields,
    }


def test_a_plan_is_made_published_read_and_adjusted(mercy: World, sign_in: SignIn) -> None:
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    ada, eli, mara = (sign_in(mercy.people[who]) for who in ("ada", "eli", "mara"))
    assert "Begin with a goal" in read(eli, mercy, "regimen")
    eli.post(
        address(mercy, "goal_new"), {"title": "Lead a service", "outcome": "execute", "reason": "To begin."}
    )
    with tenant_transaction(mercy.organization.pk):
        goal = Goal.objects.get()
    eli.post(address(mercy, "action_new"), typed(goal, owner=mercy.ada.email))
    page = read(mara, mercy, "regimen")
    assert "Not published yet" in page
    assert "Eli Mercy: She asked for it." in page
    mara.post(address(mercy, "regimen_publish"), {"reason": "We agreed on it.", "after": "0"})
    page = read(ada, mercy, "regimen")
    assert "Version 1 is new" in page
    assert "We agreed on it." in page
    ada.post(address(mercy, "acknowledge", 1))
    assert "Version 1 is new" not in read(ada, mercy, "regimen")
    with tenant_transaction(mercy.organization.pk):
        action = Action.objects.get()
    changed = typed(goal, title="Chair the board", owner=mercy.ada.email, revision="1", reason="She can.")
    assert eli.post(address(mercy, "action_edit", action.pk), changed).status_code == 302
    eli.post(address(mercy, "regimen_publish"), {"reason": "Further.", "after": "1"})
    page = read(ada, mercy, "version", 2)
    for words in (
        "<del>Chair a meeting</del>",
        "<ins>Chair the board</ins>",
        "Eli Mercy: She can.",
        "Further.",
    ):
        assert words in page
    ada.post(address(mercy, "action_progress", action.pk), {"state": "done", "words": "They listened."})
    assert "Came of it: They listened." in read(mara, mercy, "regimen")
    assert "not read yet" in read(mara, mercy, "versions")


def test_a_reader_sees_what_is_theirs_to_read(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    make_action(goal, title="Shared work")
    make_action(goal, title="Quiet doubts", private=True)
    make_action(goal, title="Read a budget", domain=Domain.FINANCE)
    make_version(mercy.ada, by=mercy.eli)
    seen = {
        "ada": {"Shared work", "Quiet doubts", "Read a budget"},
        "eli": {"Shared work", "Quiet doubts", "Read a budget"},
        "mara": {"Shared work", "Read a budget"},
        "colin": {"Read a budget"},
    }
    for who, titles in seen.items():
        client = sign_in(mercy.people[who])
        for name, arguments in (("regimen", ()), ("chart", ()), ("version", (1,))):
            page = read(client, mercy, name, *arguments)
            assert {title for title in seen["ada"] if title in page} == titles, (who, name)


def test_what_one_may_not_read_is_not_there(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    quiet = make_action(goal, private=True)
    for who in ("mara", "colin"):
        client = sign_in(mercy.people[who])
        for name in ("action_progress", "action_edit", "action_remove"):
            assert client.get(address(mercy, name, quiet.pk)).status_code == 404


def test_why_something_is_private_is_private_too(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    """Also where it was shared before, and where it is shared afterwards."""
    shared, quiet = make_action(goal), make_action(goal, title="Quiet doubts", private=True)
    make_version(mercy.ada, by=mercy.eli)
    eli, ada, mara = (sign_in(mercy.people[who]) for who in ("eli", "ada", "mara"))
    for action, fields in (
        (shared, {"private": "on", "reason": "She thinks of leaving.", "revision": "1"}),
        (quiet, {"title": "Doubts", "private": "on", "reason": "He must not know.", "revision": "1"}),
    ):
        saved = eli.post(address(mercy, "action_edit", action.pk), typed(goal, **fields))
        assert saved.status_code == 302
    assert ada.post(address(mercy, "action_release", quiet.pk)).status_code == 302
    said = ("She thinks of leaving.", "He must not know.")
    before = [read(client, mercy, "regimen") for client in (ada, mara)]
    eli.post(address(mercy, "regimen_publish"), {"reason": "Further.", "after": "1"})
    after = [read(client, mercy, "version", 2) for client in (ada, mara)]
    for of_leader, of_manager in (before, after):
        assert all(words in of_leader for words in said)
        assert "Let go to the team." in of_manager
        assert not any(words in of_manager for words in said)


def test_a_change_on_top_of_a_change_keeps_what_was_typed(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    action = make_action(goal)
    page = address(mercy, "action_edit", action.pk)
    sign_in(mercy.mara).post(page, typed(goal, title="Minute it", revision="1"))
    eli = sign_in(mercy.eli)
    refused = eli.post(page, typed(goal, title="Chair the board", revision="1"))
    body = refused.content.decode()
    assert refused.status_code == 422
    for words in ("Meanwhile Mara Mercy changed this", "Minute it", 'value="Chair the board"'):
        assert words in body
    assert 'name="revision" value="2"' in body
    eli.post(page, typed(goal, title="Chair the board", revision="2"))
    with tenant_transaction(mercy.organization.pk):
        assert Action.objects.get().title == "Chair the board"


def test_a_refused_form_says_where_and_keeps_everything(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    sent = typed(goal, due_on="2020-01-01", reason="")
    answer = sign_in(mercy.eli).post(address(mercy, "action_new"), sent)
    assert answer.status_code == 422
    assert 'value="Chair a meeting"' in answer.content.decode()
    sent = typed(goal, due_on="2020-01-01")
    answer = sign_in(mercy.eli).post(address(mercy, "action_new"), sent)
    assert "The end comes after the beginning." in answer.content.decode()


def test_training_alone_raises_a_caution_for_those_who_plan(
    mercy: World, sign_in: SignIn, goal: Goal
) -> None:
    make_action(goal, kind="training", domain=Domain.FINANCE)
    assert "training is not the plan" in read(sign_in(mercy.mara), mercy, "regimen")
    assert "training is not the plan" not in read(sign_in(mercy.colin), mercy, "regimen")


def test_a_proposal_is_made_and_answered(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    ada, mara = sign_in(mercy.ada), sign_in(mercy.mara)
    ada.post(address(mercy, "proposals"), {"words": "A look at the board"})
    with tenant_transaction(mercy.organization.pk):
        made = Proposal.objects.get()
    assert "A look at the board" in read(mara, mercy, "regimen")
    refused = mara.post(address(mercy, "proposal_answer", made.pk), {"taken_up": "no", "answer": ""})
    assert refused.status_code == 422
    assert "Say why not" in refused.content.decode()
    mara.post(address(mercy, "proposal_answer", made.pk), {"taken_up": "no", "answer": "Next year."})
    assert "Next year." in read(ada, mercy, "regimen")


def test_publishing_without_a_reason_comes_back(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    make_action(goal)
    answer = sign_in(mercy.eli).post(address(mercy, "regimen_publish"), {"reason": "", "after": "0"})
    assert answer.status_code == 422
    with tenant_transaction(mercy.organization.pk):
        assert not RegimenVersion.objects.exists()


@pytest.mark.parametrize(
    ("name", "arguments"), [("regimen", ()), ("chart", ()), ("versions", ()), ("version", (1,))]
)
def test_pages_cost_the_same_for_one_and_many(
    mercy: World, sign_in: SignIn, goal: Goal, name: str, arguments: tuple[int, ...]
) -> None:
    make_action(goal, owner=mercy.ada)
    make_version(mercy.ada, by=mercy.eli)
    make_proposal(mercy.ada)
    client, page = sign_in(mercy.eli), address(mercy, name, *arguments)
    make_action(goal, owner=mercy.colin)
    one = queries_of(client, page)
    for who in ("olga", "stella", "mara"):
        make_action(make_goal(mercy.ada), owner=mercy.people[who])
    make_proposal(mercy.ada)
    assert queries_of(client, page) == one


def test_the_timeline_is_by_month(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    make_action(goal)
    due = make_action(goal, title="Later").due_on
    page = sign_in(mercy.eli).get(f"{address(mercy, 'regimen')}?view=timeline").content.decode()
    assert f"{due:%B %Y}" in page
    assert 'class="bars schedule"' in page


def test_a_long_plan_shows_what_comes_next_and_all_of_it_one_click_away(
    mercy: World, sign_in: SignIn, goal: Goal
) -> None:
    make_action(goal, title="Step over", state="done", over_on=timezone.localdate())
    for number in range(9):
        make_action(goal, title=f"Step {number} ahead", owner=mercy.ada)
    make_action(goal, title="Quiet step", private=True)
    mara, home = sign_in(mercy.mara), address(mercy, "regimen")
    board = mara.get(home).content.decode()
    assert board.count("ahead</b>") == 5
    assert "All 10 actions" in board
    assert "All 11 changes" in board  # the goal is new as well
    of_goal = mara.get(f"{home}?goal={goal.pk}").content.decode()
    assert of_goal.count("ahead</b>") == 9
    assert "Step over" in of_goal
    changes = mara.get(f"{home}?view=changes").content.decode()
    assert all(f"Step {number} ahead" in changes for number in range(9))
    assert "Quiet step" not in board + of_goal + changes


@pytest.mark.parametrize(("actions", "shown"), [(7, 7), (8, 5)])
def test_no_click_for_one_or_two_lines_more(
    mercy: World, sign_in: SignIn, goal: Goal, actions: int, shown: int
) -> None:
    """Of a goal, of the changes and of a version alike."""
    for number in range(actions):
        make_action(goal, title=f"Step {number} ahead")
    eli, way = sign_in(mercy.eli), f"All {actions} actions"
    board = read(eli, mercy, "regimen")
    assert (board.count("ahead</b>"), way in board) == (shown, shown < actions)
    make_version(mercy.ada, by=mercy.eli)
    version = read(eli, mercy, "version", 1)
    assert (version.count(" ahead, due"), way in version) == (shown, shown < actions)


@pytest.mark.parametrize(("goals", "shown"), [(7, 7), (8, 5)])
def test_nor_for_one_or_two_changes(mercy: World, sign_in: SignIn, goals: int, shown: int) -> None:
    make_sponsorship(mercy.eli, mercy.ada)
    for number in range(goals):
        make_goal(mercy.ada, title=f"Aim {number}")
    page = read(sign_in(mercy.eli), mercy, "regimen")
    assert (f"All {goals} changes" in page) == (shown < goals)


def test_of_many_proposals_the_one_named_is_answered(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    first, second = make_proposal(mercy.ada), make_proposal(mercy.ada)
    page = sign_in(mercy.mara).get(f"{address(mercy, 'regimen')}?answer={first.pk}").content.decode()
    assert address(mercy, "proposal_answer", first.pk) in page
    assert address(mercy, "proposal_answer", second.pk) not in page
    assert f"?answer={second.pk}" in page


def test_the_whole_of_a_long_version_is_one_click_away(mercy: World, sign_in: SignIn, goal: Goal) -> None:
    for number in range(8):
        make_action(goal, title=f"Step {number} ahead")
    make_version(mercy.ada, by=mercy.eli)
    eli, home = sign_in(mercy.eli), address(mercy, "version", 1)
    assert "All 8 actions" in eli.get(home).content.decode()
    whole = eli.get(f"{home}?view=everything").content.decode()
    assert whole.count(" ahead, due") == 8
