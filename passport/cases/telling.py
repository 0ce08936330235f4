"""What a decision case shows: the scene now, and the debrief of the moves made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from passport.cases import deciding
from passport.cases.decision import Declaration, Graph, Node, Vote, Way
from passport.cases.rubric import Criterion
from passport.cases.scene import Choice, CriterionFacts, Debrief, Field, NotTaken, Row, Scene, Table, Taken


def _change(by: int) -> str:
    return f"{by:+d}" if by else "0"


def _table(graph: Graph, measures: dict[str, int]) -> Table:
    rows = tuple(
        Row(
            each.title,
            (str(each.start), str(measures[each.key]), _change(measures[each.key] - each.start)),
        )
        for each in graph.measures
    )
    return Table("Where things stand (0 to 100)", ("At the start", "Now", "Change"), rows)


def _choice(graph: Graph, way: Way, measures: dict[str, int]) -> Choice:
    if deciding.is_open(way, measures):
        return Choice(way.key, way.label)
    needs = [f"{m.title} of {way.at_least[m.key]}" for m in graph.measures if m.key in way.at_least]
    return Choice(way.key, way.label, is_open=False, reason=f"Needs {' and '.join(needs)}.")


def _fields(node: Node) -> tuple[Field, ...]:
    if node.declaration:
        return tuple(Field(f"declare.{each.key}", each.label, "check") for each in node.declaration.interests)
    if node.vote:
        return tuple(
            Field(f"recuse.{each.key}", f"{each.name} leaves the room", "check") for each in node.vote.voters
        )
    return ()


def scene(graph: Graph, state: dict[str, Any]) -> Scene:
    node, measures = graph.nodes[state["node"]], state["measures"]
    quorum = f"\n\nQuorum: {node.vote.quorum} of {len(node.vote.voters)} members." if node.vote else ""
    return Scene(
        title=node.title,
        text=node.text + quorum,
        speaker=node.speaker,
        choices=tuple(_choice(graph, way, measures) for way in node.ways),
        fields=_fields(node),
        table=_table(graph, measures),
        is_over=node.is_end,
    )


_Told = tuple[Taken, list[NotTaken], list[tuple[str, str]]]


def _told_choice(node: Node, move: dict[str, str]) -> _Told:
    way = next(way for way in node.ways if way.key == move["choice"])
    others = [NotTaken(node.title, each.label, each.after) for each in node.ways if each is not way]
    return Taken(node.title, way.label, way.after), others, list(way.shows.items())


def _told_declaration(node: Node, declaration: Declaration, move: dict[str, str]) -> _Told:
    said, facts = [], []
    for each in declaration.interests:
        declared = f"declare.{each.key}" in move
        if declared:
            said.append(each.label)
        if declared != each.is_conflict:
            fact = "Declared without need" if declared else "Kept quiet"
            facts.append((declaration.criterion, f"{fact}: {each.label} {each.why}"))
        elif declared:
            facts.append((declaration.criterion, f"Declared: {each.label}"))
    return Taken(node.title, "; ".join(said) or "Nothing was declared.", ""), [], facts


def _told_vote(node: Node, vote: Vote, move: dict[str, str], measures: dict[str, int]) -> _Told:
    present = deciding.voting(vote, move)
    ayes = sum(deciding.is_for(voter, measures) for voter in present)
    count = f"{ayes} for, {len(present) - ayes} against; {len(present)} of {len(vote.voters)} present"
    if len(present) < vote.quorum:
        count = f"No vote: {len(present)} present, {vote.quorum} needed"
    facts = [(vote.criterion, f"{count}.")]
    for voter in vote.voters:
        if voter.is_conflicted == (voter in present):
            act = "stayed" if voter in present else "was sent out without need"
            facts.append((vote.criterion, f"{voter.name} {act}: {voter.why}"))
    return Taken(node.title, count, ""), [], facts


def _told(graph: Graph, path: list[dict[str, Any]]) -> Iterator[_Told]:
    state = deciding.begin(graph)
    for made in path:
        node, move = graph.nodes[made["node"]], made["move"]
        if node.declaration:
            yield _told_declaration(node, node.declaration, move)
        elif node.vote:
            yield _told_vote(node, node.vote, move, state["measures"])
        else:
            yield _told_choice(node, move)
        state = deciding.step(graph, state, move)


def debrief(graph: Graph, state: dict[str, Any], rubric: tuple[Criterion, ...]) -> Debrief:
    told = list(_told(graph, state["path"]))
    shown = [fact for _, _, facts in told for fact in facts]
    return Debrief(
        taken=tuple(taken for taken, _, _ in told),
        not_taken=tuple(each for _, others, _ in told for each in others),
        facts=tuple(
            CriterionFacts(each.key, each.title, tuple(text for key, text in shown if key == each.key))
            for each in rubric
        ),
        table=_table(graph, state["measures"]),
    )
