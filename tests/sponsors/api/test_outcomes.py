"""What came of an action by API: attested by what was read, let go by the leader alone."""

from __future__ import annotations

import pytest

from passport.models import Milestone, Stamp
from sponsors.models import Action, Goal
from tenancy.scope import Scope
from tests.factories.passport import find_milestone, make_presets
from tests.factories.sponsors import make_action
from tests.rest import api, get, path, post, problem
from tests.world import World


@pytest.fixture
def milestone(mercy: World, goal: Goal) -> Milestone:
    make_presets(mercy.organization)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def of(world: World, action: Action, act: str) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "regimen/actions", action.pk, act)


def test_an_outcome_goes_from_its_telling_into_the_passport(
    mercy: World, in_mercy: Scope, goal: Goal, milestone: Milestone
) -> None:
    action, ada, mara = make_action(goal), api(mercy, mercy.ada), api(mercy, mercy.mara)
    first = post(ada, of(mercy, action, "progress"), state="done", words="They listened.").json()
    told = {"state": "done", "words": "They agreed.", "milestone": str(milestone.pk)}
    second = post(ada, of(mercy, action, "progress"), **told).json()
    stale = post(mara, of(mercy, action, "attest"), outcome_mark=first["outcome_mark"])
    assert "told it otherwise" in problem(stale, 409)["detail"]
    attested = post(mara, of(mercy, action, "attest"), outcome_mark=second["outcome_mark"]).json()
    assert attested["attested_by"]["name"] == mercy.mara.name
    problem(post(mara, of(mercy, action, "into-passport")), 403)
    stamped = post(ada, of(mercy, action, "into-passport"))
    assert (stamped.status_code, stamped.json()["milestone"]) == (201, str(milestone.pk))
    assert str(Stamp.objects.get().pk) == stamped.json()["id"]
    assert "is stamped" in problem(post(ada, of(mercy, action, "into-passport")), 409)["detail"]


def test_what_is_private_is_let_go_and_taken_back_by_the_leader(
    mercy: World, in_mercy: Scope, goal: Goal
) -> None:
    action, ada = make_action(goal, private=True), api(mercy, mercy.ada)
    problem(post(api(mercy, mercy.mara), of(mercy, action, "release")), 404)
    assert post(ada, of(mercy, action, "release")).json()["private"] is False
    assert [each["id"] for each in get(api(mercy, mercy.mara), plan(mercy))["actions"]] == [str(action.pk)]
    assert post(ada, of(mercy, action, "take-back")).json()["private"] is True
    assert get(api(mercy, mercy.mara), plan(mercy))["actions"] == []
    assert "let go yourself" in problem(post(ada, of(mercy, action, "take-back")), 409)["detail"]


def plan(world: World) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "regimen")
