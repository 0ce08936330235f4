"""The vacancy simulation as one would write it down: run by run, quarter by quarter, position by position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from succession.vacancies import NEVER, NOBODY, Draws, Histories, Plan


@dataclass
class Holder:
    person: int
    until: int


@dataclass
class Run:
    """One history. `withdrawn`, `goes`: quarter in which a candidate is none any more, in which a person
    leaves as they said. `busy`: quarter from which somebody takes a position again; `gone`: who left."""

    plan: Plan
    pools: list[list[tuple[int, int]]]
    holders: dict[int, Holder]
    withdrawn: dict[int, int]
    goes: dict[int, int]
    busy: dict[int, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def leave(self, quarter: int, by_chance: set[int]) -> None:
        for position, holder in list(self.holders.items()):
            if position in by_chance or holder.until == quarter:
                del self.holders[position]
                if position in by_chance:
                    self.gone.add(holder.person)

    def fill(self, position: int, quarter: int) -> bool:
        for person, ready in self.pools[position]:
            if ready <= quarter and self.is_free(person, quarter):
                held = [at for at, holder in self.holders.items() if holder.person == person]
                if held:
                    del self.holders[max(held)]
                until = min(quarter + int(self.plan.tenure[position]), self.goes[person])
                self.holders[position] = Holder(person, until)
                self.busy[person] = quarter + self.plan.stay
                return True
        return False

    def is_free(self, person: int, quarter: int) -> bool:
        return person not in self.gone and self.busy.get(person, 0) <= quarter < min(
            self.withdrawn[person], self.goes[person]
        )


def histories_by_loop(plan: Plan, draws: Draws, leaving: Mapping[int, int]) -> Histories:
    quarters, positions, runs = draws.exits.shape
    vacancies, unfilled = np.zeros((quarters, runs), dtype=int), np.zeros((quarters, runs), dtype=int)
    is_open, ever_open = np.zeros((quarters, positions), dtype=int), np.zeros(positions, dtype=int)
    pools, goes = pools_of(plan), leaving_days(plan)
    people = np.unique(plan.candidate_person).tolist()
    for number in range(runs):
        withdrawn = dict(zip(people, draws.withdrawn[:, number].tolist(), strict=True))
        run = Run(plan, pools, first_holders(plan), withdrawn, goes)
        opened = set()
        for quarter in range(quarters):
            by_chance = {int(position) for position in np.flatnonzero(draws.exits[quarter, :, number])}
            run.leave(quarter, by_chance | {at for at, when in leaving.items() if when == quarter})
            vacant = [position for position in range(positions) if position not in run.holders]
            still = [position for position in vacant if not run.fill(position, quarter)]
            vacancies[quarter, number], unfilled[quarter, number] = len(vacant), len(still)
            is_open[quarter, still] += 1
            opened.update(still)
        ever_open[list(opened)] += 1
    return Histories(vacancies, unfilled, is_open, ever_open)


def pools_of(plan: Plan) -> list[list[tuple[int, int]]]:
    """Of each position the candidates, with the quarter from which they are ready."""
    pools: list[list[tuple[int, int]]] = [[] for _ in plan.incumbent]
    for place, candidate in enumerate(plan.candidate_position.tolist()):
        pools[candidate].append((int(plan.candidate_person[place]), int(plan.ready_at[place])))
    return pools


def leaving_days(plan: Plan) -> dict[int, int]:
    goes = dict.fromkeys(plan.candidate_person.tolist(), NEVER)
    for person, intention in zip(plan.incumbent.tolist(), plan.intention.tolist(), strict=True):
        goes[person] = min(goes.get(person, NEVER), intention)
    return goes


def first_holders(plan: Plan) -> dict[int, Holder]:
    ends = np.minimum(plan.term_end, plan.intention).tolist()
    return {
        position: Holder(person, ends[position])
        for position, person in enumerate(plan.incumbent.tolist())
        if person != NOBODY
    }
