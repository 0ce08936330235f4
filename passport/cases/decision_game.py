"""Decisions as a game: the graph of a file, its moves and its telling behind one face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.cases import deciding, telling
from passport.cases.decision import Graph, read_graph
from passport.cases.rubric import Criterion
from passport.cases.scene import Debrief, Scene
from passport.cases.section import Section


@dataclass(frozen=True)
class DecisionGame:
    graph: Graph

    def begin(self) -> dict[str, Any]:
        return deciding.begin(self.graph)

    def fits(self, state: dict[str, Any]) -> bool:
        return deciding.fits(self.graph, state)

    def step(self, state: dict[str, Any], move: Mapping[str, str]) -> dict[str, Any]:
        return deciding.step(self.graph, state, move)

    def scene(self, state: dict[str, Any]) -> Scene:
        return telling.scene(self.graph, state)

    def debrief(self, state: dict[str, Any], rubric: tuple[Criterion, ...]) -> Debrief:
        return telling.debrief(self.graph, state, rubric)


def read_decisions(section: Section, criteria: set[str]) -> DecisionGame:
    return DecisionGame(read_graph(section, criteria))
