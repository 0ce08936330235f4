"""A decision case as its file declares it: scenes that lead to scenes and change declared measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from passport.cases.section import Section, refuse_twice

LOWEST, HIGHEST = 0, 100


@dataclass(frozen=True)
class Measure:
    """Something the case keeps count of, from 0 to 100 without a unit; it stays there whatever happens."""

    key: str
    title: str
    start: int


@dataclass(frozen=True)
class Way:
    """A choice: where it leads, what it does, what it needs, and what it shows about a criterion."""

    key: str
    label: str
    to: str
    after: str
    effects: dict[str, int]
    at_least: dict[str, int]
    shows: dict[str, str]


@dataclass(frozen=True)
class Interest:
    """Something that may have to be declared; `why` is told in the debrief."""

    key: str
    label: str
    is_conflict: bool
    why: str


@dataclass(frozen=True)
class Declaration:
    """Interests to declare; `missed` is taken for each conflict that was kept quiet."""

    to: str
    criterion: str
    interests: tuple[Interest, ...]
    missed: dict[str, int]


@dataclass(frozen=True)
class Voter:
    """A member with a vote: for the motion where every measure of `for_when` is at least that high."""

    key: str
    name: str
    is_conflicted: bool
    why: str
    for_when: dict[str, int]


@dataclass(frozen=True)
class Vote:
    """A vote by those who do not leave the room; carried by more than half of those voting, if quorate."""

    quorum: int
    criterion: str
    voters: tuple[Voter, ...]
    tainted: dict[str, int]  # for each conflicted member who voted
    carried: str
    lost: str
    inquorate: str


@dataclass(frozen=True)
class Node:
    key: str
    title: str
    text: str
    speaker: str
    ways: tuple[Way, ...]
    declaration: Declaration | None
    vote: Vote | None
    is_end: bool

    def targets(self) -> tuple[str, ...]:
        """The scenes this one can lead to."""
        if self.declaration:
            return (self.declaration.to,)
        if self.vote:
            return (self.vote.carried, self.vote.lost, self.vote.inquorate)
        return tuple(way.to for way in self.ways)


@dataclass(frozen=True)
class Graph:
    measures: tuple[Measure, ...]
    nodes: dict[str, Node]
    start: str


@dataclass(frozen=True)
class _Known:
    measures: set[str]
    criteria: set[str]


def _changes(section: Section, name: str, known: _Known) -> dict[str, int]:
    return section.numbers(name, known.measures, -HIGHEST, HIGHEST)


def _way(section: Section, known: _Known) -> Way:
    way = Way(
        key=section.key(),
        label=section.text("label", longest=300),
        to=section.text("to"),
        after=section.text("after"),
        effects=_changes(section, "effects", known),
        at_least=section.numbers("at_least", known.measures, LOWEST, HIGHEST),
        shows=section.texts("shows", known.criteria),
    )
    section.close()
    return way


def _criterion(section: Section, known: _Known) -> str:
    key = section.text("criterion")
    if key and key not in known.criteria:
        section.note("criterion", f"The rubric has no “{key}”.")
    return key


def _interest(section: Section) -> Interest:
    interest = Interest(
        section.key(), section.text("label", longest=300), section.flag("conflict"), section.text("why")
    )
    section.close()
    return interest


def _declaration(section: Section, known: _Known) -> Declaration:
    interests = tuple(_interest(each) for each in section.sections("interests", fewest=1))
    refuse_twice(section, "interests", [each.key for each in interests])
    declaration = Declaration(
        section.text("to"), _criterion(section, known), interests, _changes(section, "missed", known)
    )
    section.close()
    return declaration


def _voter(section: Section, known: _Known) -> Voter:
    voter = Voter(
        key=section.key(),
        name=section.text("name", longest=120),
        is_conflicted=section.flag("conflict"),
        why=section.text("why"),
        for_when=section.numbers("for_when", known.measures, LOWEST, HIGHEST),
    )
    section.close()
    return voter


def _vote(section: Section, known: _Known) -> Vote:
    voters = tuple(_voter(each, known) for each in section.sections("voters", fewest=1))
    refuse_twice(section, "voters", [each.key for each in voters])
    vote = Vote(
        quorum=section.whole("quorum", 1, max(1, len(voters))),
        criterion=_criterion(section, known),
        voters=voters,
        tainted=_changes(section, "tainted", known),
        carried=section.text("carried"),
        lost=section.text("lost"),
        inquorate=section.text("inquorate"),
    )
    section.close()
    return vote


def _node(section: Section, known: _Known) -> Node:
    ways = tuple(_way(each, known) for each in section.sections("choices"))
    node = Node(
        key=section.key(),
        title=section.text("title", longest=120),
        text=section.text("text", longest=6000),
        speaker=section.text("speaker", optional=True, longest=120),
        ways=ways,
        declaration=_declaration(section.section("declare"), known) if section.has("declare") else None,
        vote=_vote(section.section("vote"), known) if section.has("vote") else None,
        is_end=section.flag("end"),
    )
    section.close()
    if sum(map(bool, (node.ways, node.declaration, node.vote, node.is_end))) != 1:
        section.note("", "A scene has choices, a declaration, a vote or “end: true”, and one of these only.")
    if ways and all(way.at_least for way in ways):
        section.note("choices", "One choice has to be open to everybody, or a player could be stuck.")
    refuse_twice(section, "choices", [way.key for way in ways])
    return node


def _reached(nodes: dict[str, Node], start: str) -> set[str]:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        key = ahead.pop()
        if key in nodes and key not in seen:
            seen.add(key)
            ahead.extend(nodes[key].targets())
    return seen


def _check_links(section: Section, nodes: dict[str, Node], start: str) -> None:
    if start and start not in nodes:
        section.note("start", f"There is no scene “{start}”.")
    for node in nodes.values():
        for target in _once(node.targets()):
            if target and target not in nodes:
                section.note(f"nodes.{node.key}", f"It leads to “{target}”, which is not there.")
    for key in nodes:
        if start in nodes and key not in _reached(nodes, start):
            section.note(f"nodes.{key}", "No path leads to this scene.")
    try:
        TopologicalSorter({node.key: node.targets() for node in nodes.values()}).prepare()
    except CycleError as cycle:
        circle = " → ".join(reversed(cycle.args[1]))
        section.note("nodes", f"These scenes lead round in a circle, so the case may never end: {circle}.")


def _once(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))


def _measure(section: Section) -> Measure:
    measure = Measure(
        section.key(), section.text("title", longest=120), section.whole("start", LOWEST, HIGHEST)
    )
    section.close()
    return measure


def read_graph(section: Section, criteria: set[str]) -> Graph:
    """The graph of a decision case; notes missing, unreachable and circling scenes."""
    measures = tuple(_measure(each) for each in section.sections("measures", fewest=1))
    refuse_twice(section, "measures", [each.key for each in measures])
    known = _Known({each.key for each in measures}, criteria)
    listed = [_node(each, known) for each in section.sections("nodes", fewest=2)]
    refuse_twice(section, "nodes", [each.key for each in listed])
    nodes = {each.key: each for each in listed if each.key}
    start = section.text("start")
    _check_links(section, nodes, start)
    return Graph(measures, nodes, start)
