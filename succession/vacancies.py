"""Vacancies to come: eight years of term ends, declared intentions and exits by chance, in many runs.

Known are the ends of terms and the days on which people said they would leave. Not known is who leaves
unplanned: each quarter every holder does with the chance of the position's yearly rate, and every candidate
withdraws with that of another. The rates and the names beginning with ASSUMED are assumptions, to be shown
with every figure; no published source gives them for clinical leaders.

In each quarter, first, holders leave: at the end of their term, on the declared day, by chance, or because a
question says so. After the end of a term a person may follow elsewhere; else they are gone. Then each vacant
position, in the order given, takes the first of its candidates who is ready and free, in the order of its
pool. Who holds another position leaves it; that one opens in the next quarter (a cascade). A newcomer takes
no other position within the first four years, and serves all terms that the position allows, unless they said
that they would leave before.

A run is one history. All runs of a quarter and a position are handled at once. Draws come from the seed
alone, so that two questions to the same plan differ by what was asked and not by luck (common random numbers:
Law, "Simulation Modeling and Analysis", chapter 11).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from surveys.arrays import BoolArray, FloatArray, IntArray

QUARTERS, RUNS = 32, 10_000
NEVER = 255  # a quarter beyond any horizon
NOBODY = -1
QUANTILES = (0.05, 0.5, 0.95)

# Chance of leaving the post unplanned, a year, by the values of people.enums.PositionType.
ASSUMED_EXITS: Mapping[str, float] = MappingProxyType(
    {
        "chief_executive": 0.10,
        "dean": 0.06,
        "medical_director": 0.08,
        "department_chair": 0.06,
        "division_chair": 0.06,
        "nurse_leader": 0.10,
        "administrator": 0.10,
        "other": 0.08,
    }
)
ASSUMED_WITHDRAWALS = 0.05  # chance that a candidate withdraws or leaves, a year
ASSUMED_STAY = 16  # quarters, a term, for which somebody who has begun in a position takes no other
# Quarters until somebody in a band of succession.enums.Band is ready: its end; "later", not in eight years.
ASSUMED_READY_AFTER: Mapping[str, int] = MappingProxyType(
    {"ready_now": 0, "one_two": 8, "three_five": 20, "later": NEVER}
)

_CHANCES = 65_536
_RUNS_AT_ONCE = 5_000

QuarterArray: TypeAlias = NDArray[np.uint8]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class Plan:
    """P positions, in the order in which they choose, and people by any whole numbers from 0. Who holds two
    positions and takes a third leaves the one that is listed last.

    `incumbent` (P,): who holds it; NOBODY if it is vacant. `term_end`, `intention` (P,): quarters from 0 in
    which the holder's last term ends, and in which they said they would leave; NEVER if neither is known.
    `tenure` (P,): quarters that a newcomer may serve. `exit_rate` (P,): yearly chance of leaving unplanned, 0
    to less than 1; `withdrawal_rate`: of candidates. `candidate_position`, `candidate_person`, `ready_at`
    (E,): one for each candidate of a pool, in the pool's order, with the quarter from which they are ready.
    """

    incumbent: IntArray
    term_end: IntArray
    intention: IntArray
    tenure: IntArray
    exit_rate: FloatArray
    candidate_position: IntArray
    candidate_person: IntArray
    ready_at: IntArray
    withdrawal_rate: float = ASSUMED_WITHDRAWALS
    stay: int = ASSUMED_STAY

    def __post_init__(self) -> None:
        shape = self.incumbent.shape
        sides = (self.term_end, self.intention, self.tenure, self.exit_rate)
        pairs = (self.candidate_position, self.candidate_person, self.ready_at)
        if len(shape) != 1 or any(side.shape != shape for side in sides):
            raise ValueError("Every position has a holder, an end, an intention, a tenure and a rate.")
        if self.ready_at.ndim != 1 or any(side.shape != self.ready_at.shape for side in pairs):
            raise ValueError("Every candidate has a position, a person and a quarter.")
        self._check_values()
        self._check_candidates()

    def _check_values(self) -> None:
        for quarters in (self.term_end, self.intention, self.ready_at):
            if (quarters < 0).any() or (quarters > NEVER).any():
                raise ValueError(f"Quarters run from 0 to {NEVER}, which is never.")
        if (self.tenure < 1).any() or self.stay < 1:
            raise ValueError("Whoever begins in a position holds it for a quarter at least.")
        rates = np.append(self.exit_rate, self.withdrawal_rate)
        if not ((rates >= 0) & (rates < 1)).all():
            raise ValueError("A yearly rate is from 0 to less than 1.")

    def _check_candidates(self) -> None:
        position, person = self.candidate_position, self.candidate_person
        if ((position < 0) | (position >= len(self.incumbent))).any():
            raise ValueError("Somebody is a candidate for a position that is none.")
        if (person < 0).any() or (self.incumbent < NOBODY).any():
            raise ValueError("People are numbered from 0.")
        if len(np.unique(np.stack([position, person]), axis=1).T) < len(person):
            raise ValueError("Somebody is in a pool twice.")
        if (self.incumbent[position] == person).any():
            raise ValueError("Somebody is a candidate for the position they hold.")


@dataclass(frozen=True)
class Draws:
    """What chance decides in R runs. `exits` (T, P, R): the holder leaves unplanned in this quarter.
    `withdrawn` (C, R): quarter from which each of the C distinct candidates, in rising order, is none."""

    exits: BoolArray
    withdrawn: QuarterArray


@dataclass(frozen=True)
class Histories:
    """What became of a plan in R runs. `vacancies` (T, R): positions that were vacant in a quarter, those
    that it opened and those still open. `unfilled` (T, R): of these, how many nobody was ready for. `is_open`
    (T, P): in how many runs each position was unfilled at the quarter's end. `ever_open` (P,): in how many
    runs it was, at least once."""

    vacancies: IntArray
    unfilled: IntArray
    is_open: IntArray
    ever_open: IntArray


@dataclass(frozen=True)
class Outlook:
    """Vacancies to come by quarter. `vacancies`, `unfilled` (3, T): quantiles 5, 50 and 95 % of the runs, as
    `Histories` counts them. `unfilled_chance` (P,): share of runs in which a position was unfilled at the end
    of some quarter, 0 to 1; `unfilled_chance_by_quarter` (T, P): at the end of this one."""

    vacancies: IntArray
    unfilled: IntArray
    unfilled_chance: FloatArray
    unfilled_chance_by_quarter: FloatArray
    runs: int
    seed: int


def quarter_of(day: dt.date, *, start: dt.date) -> int:
    """Which calendar quarter a day is in, 0 being that of `start`; what is overdue is due in that one."""
    first, then = (one.year * 4 + (one.month - 1) // 3 for one in (start, day))
    return min(max(then - first, 0), NEVER)


def quarterly_chance(yearly: FloatArray | float) -> FloatArray:
    """The chance a quarter that makes this chance a year, kept in steps of 1/65,536. Any shape."""
    chance: FloatArray = np.rint(_CHANCES * (1 - (1 - np.asarray(yearly)) ** 0.25)) / _CHANCES
    return chance


def vacancy_outlook(
    plan: Plan,
    *,
    seed: int,
    leaving: Mapping[int, int] = MappingProxyType({}),
    runs: int = RUNS,
    quarters: int = QUARTERS,
) -> Outlook:
    """Simulate. `leaving`: what if whoever holds this position left it, and us, in that quarter? The same
    seed, runs and plan give the same outlook on every machine with the same NumPy.

    Raises ValueError for no runs, a position or quarter that is none, or more quarters than 254.
    """
    if runs < 1 or not 1 <= quarters < NEVER:
        raise ValueError("There is at least one run of at least one quarter.")
    blocks = -(-runs // _RUNS_AT_ONCE)
    parts = []
    for block, source in enumerate(np.random.SeedSequence(seed).spawn(blocks)):
        size = min(_RUNS_AT_ONCE, runs - block * _RUNS_AT_ONCE)
        parts.append(histories(plan, draw(plan, np.random.SFC64(source), size, quarters), leaving))
    vacancies = np.concatenate([part.vacancies for part in parts], axis=1)
    unfilled = np.concatenate([part.unfilled for part in parts], axis=1)
    return Outlook(
        vacancies=_quantiles(vacancies),
        unfilled=_quantiles(unfilled),
        unfilled_chance=np.sum([part.ever_open for part in parts], axis=0) / runs,
        unfilled_chance_by_quarter=np.sum([part.is_open for part in parts], axis=0) / runs,
        runs=runs,
        seed=seed,
    )


def _quantiles(numbers: IntArray) -> IntArray:
    """Numbers that occur, (3, T)."""
    return np.quantile(numbers, QUANTILES, axis=1, method="inverted_cdf").astype(np.int64)


def draw(plan: Plan, source: np.random.BitGenerator, runs: int, quarters: int) -> Draws:
    """What chance decides, from 16 bits a decision."""
    generator = np.random.Generator(source)
    shape = (quarters, len(plan.incumbent), runs)
    limit = (_CHANCES * quarterly_chance(plan.exit_rate)).astype(np.uint16)[:, np.newaxis]
    exits = generator.integers(0, _CHANCES, size=shape, dtype=np.uint16) < limit
    candidates = len(np.unique(plan.candidate_person))
    staying = (1 - quarterly_chance(plan.withdrawal_rate)) ** np.arange(1, quarters + 1)
    ended = np.searchsorted(1 - staying, (np.arange(_CHANCES) + 0.5) / _CHANCES)
    withdrawn = np.where(ended < quarters, ended, NEVER).astype(np.uint8)
    chances = generator.integers(0, _CHANCES, size=(candidates, runs), dtype=np.uint16)
    return Draws(exits, withdrawn[chances])


def histories(plan: Plan, draws: Draws, leaving: Mapping[int, int] = MappingProxyType({})) -> Histories:
    """What becomes of a plan, run by run, by the module's rule and these draws. Raises ValueError for a
    position in `leaving` that is none."""
    if any(not 0 <= position < len(plan.incumbent) for position in leaving):
        raise ValueError("Somebody would leave a position that is none.")
    quarters, positions, runs = draws.exits.shape
    runs_of = _Runs(plan, draws, leaving)
    vacancies, unfilled = (np.zeros((quarters, runs), dtype=np.int64) for _ in range(2))
    is_open = np.zeros((quarters, positions), dtype=np.int64)
    ever_open = np.zeros((positions, runs), dtype=np.bool_)
    for quarter in range(quarters):
        vacant = runs_of.leave(quarter)
        vacancies[quarter] = vacant.sum(axis=0, dtype=np.int16)
        runs_of.fill(quarter, vacant)
        unfilled[quarter] = vacant.sum(axis=0, dtype=np.int16)
        is_open[quarter] = vacant.sum(axis=1)
        ever_open |= vacant
    return Histories(vacancies, unfilled, is_open, ever_open.sum(axis=1))


class _Runs:
    """All runs at the same quarter.

    `holder` (P, R): who holds a position: a candidate's place among the distinct ones, _VACANT, or _OTHER for
    a holder who is a candidate for nothing. `ends` (P, R): quarter in which they leave, as far as is known.
    `place` (C, R): position a candidate holds, NOBODY for none. `free_from`, `free_until` (C, R): quarters
    from and before which a candidate takes a position.
    """

    def __init__(self, plan: Plan, draws: Draws, leaving: Mapping[int, int]) -> None:
        self.plan, self.exits, self.leaving = plan, draws.exits, leaving
        runs = draws.exits.shape[2]
        people, candidate = np.unique(plan.candidate_person, return_inverse=True)
        self.pools = _pools(plan, candidate)
        first = np.searchsorted(people, plan.incumbent)
        known = np.isin(plan.incumbent, people)
        first = np.where(known, first, np.where(plan.incumbent == NOBODY, _VACANT, _OTHER))
        ends = np.minimum(plan.term_end, plan.intention)
        # A candidate who said that they will leave is one until then, and holds nothing beyond.
        self.goes = np.full(len(people), NEVER, dtype=np.uint8)
        np.minimum.at(self.goes, first[known], plan.intention[known].astype(np.uint8))
        place = np.full(len(people), NOBODY)
        place[first[known]] = np.flatnonzero(known)
        self.several = set(np.flatnonzero(np.bincount(first[known], minlength=len(people)) > 1).tolist())
        self.holder = _for_each_run(first, runs, np.int16)
        self.ends = _for_each_run(ends, runs, np.uint8)
        self.place = _for_each_run(place, runs, np.int16)
        self.free_from = np.zeros((len(people), runs), dtype=np.uint8)
        self.free_until = np.minimum(draws.withdrawn, self.goes[:, np.newaxis])

    def leave(self, quarter: int) -> BoolArray:
        """Holders leave; which positions are vacant now, (P, R)."""
        by_plan = self.ends == quarter
        gone = self.exits[quarter].copy()
        for position, at in self.leaving.items():
            if at == quarter:
                gone[position] = True
        positions, runs = np.nonzero((by_plan | gone) & (self.holder != _VACANT))
        who = self.holder[positions, runs]
        self.holder[positions, runs] = _VACANT
        is_candidate = who >= 0
        positions, runs, who = positions[is_candidate], runs[is_candidate], who[is_candidate]
        still = self.place[who, runs] == positions
        self.place[who[still], runs[still]] = NOBODY
        left = gone[positions, runs]
        self.free_until[who[left], runs[left]] = 0
        vacant: BoolArray = self.holder == _VACANT
        return vacant

    def fill(self, quarter: int, vacant: BoolArray) -> None:
        """Each vacant position takes its first candidate who is ready and free; `vacant` keeps the others."""
        for position, (candidates, ready_at) in enumerate(self.pools):
            ready = candidates[ready_at <= quarter].tolist()
            runs = np.flatnonzero(vacant[position]) if ready else ()
            for who in ready:
                if not len(runs):
                    break
                free = (self.free_from[who][runs] <= quarter) & (self.free_until[who][runs] > quarter)
                if free.any():
                    self._appoint(who, position, runs[free], quarter)
                    vacant[position][runs[free]] = False
                    runs = runs[~free]

    def _held(self, who: int, runs: IntArray) -> IntArray:
        """The position that somebody leaves for another one: of several the one that is listed last."""
        if who not in self.several:
            place: IntArray = self.place[who][runs]
            return place
        holds = self.holder[:, runs] == who
        last = len(holds) - 1 - np.argmax(holds[::-1], axis=0)
        return np.where(holds.any(axis=0), last, NOBODY)

    def _appoint(self, who: int, position: int, runs: IntArray, quarter: int) -> None:
        before = self._held(who, runs)
        held = before != NOBODY
        self.holder[before[held], runs[held]] = _VACANT
        self.holder[position][runs] = who
        self.ends[position][runs] = min(quarter + int(self.plan.tenure[position]), int(self.goes[who]))
        self.place[who][runs] = position
        self.free_from[who][runs] = min(quarter + self.plan.stay, NEVER)


_VACANT, _OTHER = -1, -2


def _for_each_run(values: IntArray, runs: int, kind: type[Kind]) -> NDArray[Kind]:
    return np.repeat(values.astype(kind)[:, np.newaxis], runs, axis=1)


def _pools(plan: Plan, candidate: IntArray) -> list[tuple[IntArray, IntArray]]:
    """Candidates of each position, in the pool's order, with the quarters from which they are ready."""
    order = np.argsort(plan.candidate_position, kind="stable")
    cuts = np.searchsorted(plan.candidate_position[order], np.arange(1, len(plan.incumbent)))
    return list(zip(np.split(candidate[order], cuts), np.split(plan.ready_at[order], cuts), strict=True))
