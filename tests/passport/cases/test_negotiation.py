"""Negotiations: each rule of the counterpart, what is hidden, and any play from beginning to end."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.cases import Case, CaseError, MoveError, begin, debrief, load_case, own_case, scene, step
from passport.cases.negotiation.frontier import efficient
from passport.cases.negotiation.game import NegotiationGame
from passport.cases.negotiation.talk import Talk

FILE = (Path(__file__).parent / "negotiation.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def small() -> Case:
    return load_case(FILE)


def talk_of(case: Case) -> Talk:
    assert isinstance(case.game, NegotiationGame)
    return case.game.talk


def offer(time: str, work: str, **more: str) -> dict[str, str]:
    return {"choice": "offer", "issue.time": time, "issue.work": work, **more}


def ask(key: str) -> dict[str, str]:
    return {"choice": f"ask.{key}"}


def played(case: Case, *moves: dict[str, str]) -> dict[str, Any]:
    state = begin(case)
    for move in moves:
        state = step(case, state, move)
    return state


def last(case: Case, *moves: dict[str, str]) -> tuple[list[str], int, int, list[int]]:
    """What was said last, trust and patience after it, and the counterpart's offer."""
    turn = played(case, *moves)["turns"][-1]
    return turn["said"], turn["trust"], turn["patience"], turn["position"]


# Worth to them (of 100): time 20/12/0, work 0/40/80. Their opening is 100, their alternative 40.
FAIR, GENEROUS, LOW = offer("two", "some"), offer("one", "some"), offer("two", "none")


def test_first_offer_moves_the_counterpart_by_its_step_where_it_costs_it_least(small: Case) -> None:
    # 10 of its points are enough for one day (8), which lies nearer to what was asked; not for work (40).
    assert last(small, FAIR) == (["yields"], 50, 3, [1, 2])


def test_question_brings_an_interest_and_trust(small: Case) -> None:
    assert last(small, ask("why")) == (["answer.why"], 55, 3, [0, 2])
    shown = scene(small, played(small, ask("why")))
    assert shown.text.startswith("Because.")
    assert "You know: A reason." in shown.brief
    assert "ask.why" not in [each.key for each in shown.choices]
    with pytest.raises(MoveError, match="answered already"):
        played(small, ask("why"), ask("why"))


def test_answer_is_guarded_until_there_is_trust_and_can_be_asked_again(small: Case) -> None:
    assert last(small, ask("deep")) == (["guarded.deep"], 50, 2, [0, 2])
    # An interest met brings 5 to the 5 of the answer: 60 is enough.
    assert last(small, ask("why"), FAIR, ask("deep"))[:3] == (["answer.deep"], 60, 2)


@pytest.mark.parametrize(
    ("moves", "field"),
    [
        ([{}], "choice"),
        ([{"choice": "ask.nothing"}], "choice"),
        ([{"choice": "offer"}], "issue.time"),
        ([offer("ten", "some")], "issue.time"),
    ],
)
def test_move_that_cannot_be_made_is_refused_at_its_field(
    small: Case, moves: list[dict[str, str]], field: str
) -> None:
    with pytest.raises(MoveError) as refused:
        played(small, *moves)
    assert refused.value.field == field


def test_leaving_and_accepting_end_it(small: Case) -> None:
    for move, title in (({"choice": "walk"}, "No agreement"), ({"choice": "accept"}, "Agreement")):
        over = scene(small, played(small, move))
        assert (over.is_over, over.title) == (True, title)
        with pytest.raises(MoveError):
            played(small, move, move)


def test_worth_to_the_counterpart_is_hidden_until_it_is_over(small: Case) -> None:
    running = scene(small, played(small, FAIR))
    assert running.table is not None
    assert running.table.columns == ("They offer", "You offered")
    told = debrief(small, played(small, FAIR, {"choice": "accept"}))
    assert told.table is not None
    assert told.table.columns == ("To you", "To them")
    assert told.plane is not None
    assert told.plane.frontier


@pytest.mark.parametrize("case", [load_case(FILE), own_case("negotiation")], ids=lambda case: case.key)
def test_frontier_is_what_nothing_betters_for_both(case: Case) -> None:
    worths = talk_of(case).worths
    wanted = {
        package
        for package, worth in worths.items()
        if not any(
            (other.yours, other.theirs) != (worth.yours, worth.theirs)
            and other.yours >= worth.yours
            and other.theirs >= worth.theirs
            for other in worths.values()
        )
    }
    assert set(efficient(worths)) == wanted


def some_move(case: Case, state: dict[str, Any], data: st.DataObject) -> dict[str, str]:
    now = scene(case, state)
    move = {"choice": data.draw(st.sampled_from([each.key for each in now.choices]))}
    for each in now.fields:
        if each.kind == "choice":
            move[each.name] = data.draw(st.sampled_from([key for key, _ in each.options]))
    if data.draw(st.booleans()):
        move["threat"] = "on"
    return move


@given(data=st.data())
def test_any_play_ends_survives_json_and_never_costs_the_counterpart_its_alternative(
    data: st.DataObject,
) -> None:
    case = own_case("negotiation")
    talk, state = talk_of(case), begin(case)
    for _ in range(talk.rounds):
        if scene(case, state).is_over:
            break
        move = some_move(case, state, data)
        before = copy.deepcopy(state)
        after = step(case, state, move)
        assert state == before
        assert step(case, json.loads(json.dumps(state)), move) == after == json.loads(json.dumps(after))
        position = tuple(after["turns"][-1]["position"])
        assert talk.worths[position].theirs >= talk.their_alternative.worth
        state = after
    assert scene(case, state).is_over
    assert len(debrief(case, state).taken) >= 1


def test_a_file_with_mistakes_tells_each_at_its_place() -> None:
    with pytest.raises(CaseError) as refused:
        load_case(FILE.replace("rounds:", "round:"))
    assert {"rounds", "round"} <= {each.path for each in refused.value.problems}
