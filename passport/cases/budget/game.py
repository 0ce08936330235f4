"""Budgets as a game: the sheet of a file, its moves and its telling behind one face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.cases.budget import balancing
from passport.cases.budget.declared import Budget
from passport.cases.budget.looking_back import look_back
from passport.cases.budget.reading import read_budget as read
from passport.cases.budget.showing import show
from passport.cases.rubric import Criterion
from passport.cases.scene import Debrief, Scene
from passport.cases.section import Section


@dataclass(frozen=True)
class BudgetGame:
    budget: Budget

    def begin(self) -> dict[str, Any]:
        return balancing.begin(self.budget)

    def fits(self, state: dict[str, Any]) -> bool:
        return balancing.fits(self.budget, state)

    def step(self, state: dict[str, Any], move: Mapping[str, str]) -> dict[str, Any]:
        return balancing.step(self.budget, state, move)

    def scene(self, state: dict[str, Any]) -> Scene:
        return show(self.budget, state)

    def debrief(self, state: dict[str, Any], rubric: tuple[Criterion, ...]) -> Debrief:
        return look_back(self.budget, state, rubric)


def read_budget(section: Section, criteria: set[str]) -> BudgetGame:
    return BudgetGame(read(section, criteria))
