"""Decision cases do what the file says, every path ends, and a bad move is a `MoveError`."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.cases import Case, MoveError, begin, debrief, load_case, own_case, own_cases, scene, step
from passport.cases.decision import Graph
from passport.cases.decision_game import DecisionGame

SMALL = """
key: small
title: Small
kind: decision
minutes: 30
lesson: Read.
rubric:
  - {key: fair, title: Fair, levels: [none, some, much, all]}
measures:
  - {key: trust, title: Trust, start: 50}
start: say
nodes:
  - key: say
    title: Say
    text: Declare.
    declare:
      criterion: fair
      to: go
      missed: {trust: -30}
      interests:
        - {key: fee, label: A fee., conflict: true, why: Money.}
        - {key: share, label: A share., conflict: true, why: Money.}
        - {key: work, label: Your work., why: Expertise.}
  - key: go
    title: Go
    text: Choose.
    choices:
      - {key: on, label: "On", to: ballot, after: Went on., effects: {trust: 60}, shows: {fair: Went on.}}
      - {key: high, label: High, to: ballot, after: Went high., at_least: {trust: 40}}
  - key: ballot
    title: Vote
    text: Vote.
    vote:
      quorum: 2
      criterion: fair
      tainted: {trust: -7}
      carried: yes_end
      lost: no_end
      inquorate: none_end
      voters:
        - {key: a, name: Ann, conflict: true, why: Shares., for_when: {}}
        - {key: b, name: Ben, why: None., for_when: {trust: 40}}
        - {key: c, name: Cat, why: None., for_when: {trust: 90}}
  - {key: yes_end, title: Carried, text: Carried., end: true}
  - {key: no_end, title: Lost, text: Lost., end: true}
  - {key: none_end, title: None, text: None., end: true}
"""
ALL = {"declare.fee": "on", "declare.share": "on"}


def played(case: Case, *moves: dict[str, str]) -> dict[str, Any]:
    state = begin(case)
    for move in moves:
        state = step(case, state, move)
    return state


@pytest.fixture(scope="module")
def small() -> Case:
    return load_case(
        SMALL.replace("why: None.", "why: Nothing.").replace("title: None, text: None.", "title: N, text: N.")
    )


@pytest.mark.parametrize(
    ("move", "trust"),
    [(ALL, 50), ({"declare.fee": "on"}, 20), ({}, 0), ({**ALL, "declare.work": "on"}, 50)],
)
def test_declaration_takes_for_each_conflict_kept_quiet(
    small: Case, move: dict[str, str], trust: int
) -> None:
    assert played(small, move)["measures"] == {"trust": trust}  # 50 - 2 * 30 stays at 0


def test_choice_that_needs_more_is_shown_closed_and_refused(small: Case) -> None:
    state = played(small, {})
    high = scene(small, state).choices[1]
    assert (high.is_open, high.reason) == (False, "Needs Trust of 40.")
    with pytest.raises(MoveError, match="not open") as refused:
        step(small, state, {"choice": "high"})
    assert refused.value.field == "choice"


@pytest.mark.parametrize(
    ("choice", "out", "node", "trust"),
    [
        ("on", ["a"], "yes_end", 100),  # 2 of 2, and 110 is held at 100
        ("on", [], "yes_end", 93),  # 3 of 3 with one conflicted
        ("high", ["a"], "no_end", 50),  # 1 of 2 is not more than half
        ("high", [], "yes_end", 43),  # 2 of 3, one of them conflicted
        ("on", ["a", "b"], "none_end", 100),  # 1 of 2 needed
    ],
)
def test_vote_counts_who_stays(small: Case, choice: str, out: list[str], node: str, trust: int) -> None:
    state = played(small, ALL, {"choice": choice}, {f"recuse.{key}": "on" for key in out})
    assert (state["node"], state["measures"]) == (node, {"trust": trust})
    assert scene(small, state).is_over


def test_debrief_tells_facts_and_the_path_not_taken_without_a_mark(small: Case) -> None:
    told = debrief(small, played(small, {"declare.work": "on"}, {"choice": "on"}, {"recuse.b": "on"}))
    assert [each.what for each in told.taken] == ["Your work.", "On", "1 for, 1 against; 2 of 3 present"]
    assert [(each.what, each.would) for each in told.not_taken] == [("High", "Went high.")]
    assert told.facts[0].facts == (
        "Kept quiet: A fee. Money.",
        "Kept quiet: A share. Money.",
        "Declared without need: Your work. Expertise.",
        "Went on.",
        "1 for, 1 against; 2 of 3 present.",
        "Ann stayed: Shares.",
        "Ben was sent out without need: Nothing.",
    )


@pytest.mark.parametrize("field", ["node", "measures", "path"])
def test_state_of_another_version_is_refused(small: Case, field: str) -> None:
    state = played(small, ALL)
    for broken in (state | {field: "gone"}, {key: state[key] for key in state if key != field}):
        with pytest.raises(MoveError, match="earlier version"):
            step(small, broken, {"choice": "on"})


def moves_now(case: Case, state: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Every way on, with all fields ticked, none, and each alone."""
    now = scene(case, state)
    if now.is_over:
        return
    yield from ({"choice": each.key} for each in now.choices if each.is_open)
    if now.fields:
        names = [each.name for each in now.fields]
        yield from (dict.fromkeys(ticked, "on") for ticked in ([], names, *([name] for name in names)))


DECISIONS = [key for key in own_cases() if own_case(key).kind == "decision"]


def graph_of(case: Case) -> Graph:
    assert isinstance(case.game, DecisionGame)
    return case.game.graph


@pytest.mark.parametrize("key", DECISIONS)
def test_own_case_is_rich_and_each_choice_leads_to_an_end(key: str) -> None:
    case = own_case(key)
    assert len(case.lesson.split()) >= 400
    assert len(graph_of(case).nodes) >= 8
    # A scene with the same measures goes on the same way, whatever led to it.
    ahead, seen, made, ends = [begin(case)], set(), set(), set()
    while ahead:
        state = ahead.pop()
        known = (state["node"], *state["measures"].values())
        if known in seen:
            continue
        seen.add(known)
        ends |= {state["node"]} if scene(case, state).is_over else set()
        for move in moves_now(case, state):
            made.add((state["node"], move.get("choice")))
            ahead.append(step(case, state, move))
    declared = {(node.key, way.key) for node in graph_of(case).nodes.values() for way in node.ways}
    assert declared <= made
    assert ends == {node.key for node in graph_of(case).nodes.values() if node.is_end}


@given(data=st.data())
@pytest.mark.parametrize("key", DECISIONS)
def test_any_play_ends_survives_json_and_repeats(key: str, data: st.DataObject) -> None:
    case = own_case(key)
    state = begin(case)
    for _ in graph_of(case).nodes:
        if scene(case, state).is_over:
            break
        move = data.draw(st.sampled_from(list(moves_now(case, state))))
        before = copy.deepcopy(state)
        after = step(case, state, move)
        assert state == before
        assert step(case, json.loads(json.dumps(state)), move) == after == json.loads(json.dumps(after))
        assert all(0 <= value <= 100 for value in after["measures"].values())
        state = after
    assert scene(case, state).is_over
    assert len(debrief(case, state).taken) == len(state["path"])
    with pytest.raises(MoveError, match="over"):
        step(case, state, {})


@given(move=st.dictionaries(st.text(max_size=8) | st.just("choice"), st.text(max_size=8), max_size=3))
def test_any_text_as_move_is_played_or_refused(move: dict[str, str]) -> None:
    case = own_case("governance")
    open_now = [each.key for each in scene(case, begin(case)).choices if each.is_open]
    if move.get("choice") in open_now:
        scene(case, step(case, begin(case), move))
        return
    with pytest.raises(MoveError) as refused:
        step(case, begin(case), move)
    assert refused.value.field == "choice"
