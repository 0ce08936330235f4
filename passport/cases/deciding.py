"""The moves of a decision case. State: `node` (key), `measures` (0 to 100), `path` (a move each)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from passport.cases.decision import HIGHEST, LOWEST, Declaration, Graph, Node, Vote, Voter, Way
from passport.cases.problems import MoveError


def begin(graph: Graph) -> dict[str, Any]:
    return {
        "node": graph.start,
        "measures": {measure.key: measure.start for measure in graph.measures},
        "path": [],
    }


def fits(graph: Graph, state: dict[str, Any]) -> bool:
    """Whether the state belongs to this graph: replaying its moves leads to it."""
    try:
        replayed = begin(graph)
        for made in state["path"]:
            if made["node"] != replayed["node"]:
                return False
            replayed = step(graph, replayed, made["move"])
    except (MoveError, KeyError, TypeError, AttributeError):
        return False
    return replayed == state


def is_open(way: Way, measures: dict[str, int]) -> bool:
    return all(measures[key] >= least for key, least in way.at_least.items())


def is_for(voter: Voter, measures: dict[str, int]) -> bool:
    return all(measures[key] >= least for key, least in voter.for_when.items())


def changed(measures: dict[str, int], effects: dict[str, int], times: int = 1) -> dict[str, int]:
    """Measures after effects, held between 0 and 100."""
    return {
        key: min(HIGHEST, max(LOWEST, value + times * effects.get(key, 0))) for key, value in measures.items()
    }


def step(graph: Graph, state: dict[str, Any], move: Mapping[str, str]) -> dict[str, Any]:
    node = graph.nodes[state["node"]]
    if node.is_end:
        raise MoveError("", "The case is over.")
    if node.declaration:
        kept, to, measures = _declare(node.declaration, state["measures"], move)
    elif node.vote:
        kept, to, measures = _hold(node.vote, state["measures"], move)
    else:
        kept, to, measures = _choose(node, state["measures"], move)
    return {
        "node": to,
        "measures": measures,
        "path": [*state["path"], {"node": node.key, "move": kept}],
    }


_Outcome = tuple[dict[str, str], str, dict[str, int]]


def _choose(node: Node, measures: dict[str, int], move: Mapping[str, str]) -> _Outcome:
    for way in node.ways:
        if way.key == move.get("choice"):
            if not is_open(way, measures):
                raise MoveError("choice", "This is not open to you now.")
            return {"choice": way.key}, way.to, changed(measures, way.effects)
    raise MoveError("choice", "Choose one of the ways on.")


def _ticked(prefix: str, keys: list[str], move: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}.{key}": "on" for key in keys if move.get(f"{prefix}.{key}")}


def _declare(declaration: Declaration, measures: dict[str, int], move: Mapping[str, str]) -> _Outcome:
    kept = _ticked("declare", [each.key for each in declaration.interests], move)
    missed = sum(each.is_conflict and f"declare.{each.key}" not in kept for each in declaration.interests)
    return kept, declaration.to, changed(measures, declaration.missed, missed)


def voting(vote: Vote, kept: Mapping[str, str]) -> list[Voter]:
    """Who stays in the room and votes."""
    return [voter for voter in vote.voters if f"recuse.{voter.key}" not in kept]


def _hold(vote: Vote, measures: dict[str, int], move: Mapping[str, str]) -> _Outcome:
    kept = _ticked("recuse", [each.key for each in vote.voters], move)
    present = voting(vote, kept)
    if len(present) < vote.quorum:
        return kept, vote.inquorate, dict(measures)
    ayes = sum(is_for(voter, measures) for voter in present)
    after = changed(measures, vote.tainted, sum(voter.is_conflicted for voter in present))
    return kept, vote.carried if 2 * ayes > len(present) else vote.lost, after
