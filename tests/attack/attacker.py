"""An attacker who has the index with its spread, outcomes and favourable shares as the site prints them, who
knows how many answered in each unit, and perhaps an own answer. Behaviours, agreement and the histogram are
attacked in test_behaviour_attack.py, from what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from surveys.arrays import FloatArray
from surveys.reconstruction import Told, answer_range
from tests.attack.site import Mean, Seen

EPSILON = 1e-6


@dataclass(frozen=True)
class Team:
    """A unit with the true answers of its own people, a row each: two to the index, then the outcome."""

    code: str
    above: str  # code of the unit above, "" for the uppermost
    answers: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Recovered:
    """An answer, or the total of a small group, that the site gave away."""

    what: str
    team: str
    insider: int | None = None


def recovered(
    teams: Sequence[Team],
    seen: Mapping[str, Seen],
    *,
    k: int,
    items: Sequence[str],
    pools: Mapping[tuple[str, ...], Mean] = MappingProxyType({}),
) -> list[Recovered]:
    """What can be worked out: totals of groups below k, scores and answers narrowed below two steps."""
    found = [Recovered("total of a small group", code) for code in small_groups(teams, seen, k)]
    told = [(_within(teams, code), said) for code, said in seen.items()]
    told += [
        (tuple(place for code in codes for place in _within(teams, code)), Seen(mean))
        for codes, mean in pools.items()
    ]
    return found + narrowed(teams, told, items=items)


def narrowed(
    teams: Sequence[Team], told: Sequence[tuple[tuple[int, ...], Seen]], *, items: Sequence[str]
) -> list[Recovered]:
    """Scores and answers narrowed below two steps by figures, each with the places of the teams it is of."""
    figures: dict[str, list[Told]] = {"score": [], "outcome": [], **{item: [] for item in items}}
    scores = np.arange(2, 11, dtype=float)
    answers = np.arange(1, 6, dtype=float)
    for within, said in told:
        if said.index:
            figures["score"] += told_of(within, said.index, scores)
        for mean in said.outcomes.values():
            figures["outcome"] += told_of(within, mean, answers)
        for item, (_n, low, high) in said.favourable.items():
            weights = (answers >= 4).astype(float)
            figures[item].append(Told(within, weights, low - EPSILON, high + EPSILON))
    found: list[Recovered] = []
    truth = {"score": lambda row: row[0] + row[1] - 2, "outcome": lambda row: row[2] - 1}
    truth |= {item: lambda row, place=place: row[place] - 1 for place, item in enumerate(items)}
    for what, all_told in figures.items():
        given = [[truth[what](row) for row in team.answers] for team in teams]
        levels = len(scores if what == "score" else answers)
        found += _pinned(what, teams, given, levels, all_told)
    return found


def _pinned(
    what: str, teams: Sequence[Team], given: list[list[int]], levels: int, told: list[Told]
) -> Iterator[Recovered]:
    if not told:
        return
    sizes = [len(team) for team in given]
    for place, own_answers in enumerate(given):
        if not own_answers or not any(place in figure.regions for figure in told):
            continue
        insiders = [None, *sorted({min(own_answers), max(own_answers)})] if len(own_answers) > 1 else [None]
        for own in insiders:
            possible = answer_range(sizes, levels, told, place, own=own)
            if possible is not None and possible[1] - possible[0] < 2:
                yield Recovered(what, teams[place].code, own)


def small_groups(teams: Sequence[Team], seen: Mapping[str, Seen], k: int) -> list[str]:
    """Units with a printed index of whose people fewer than k are in no unit below it with one."""
    left = {code: said.index.n for code, said in seen.items() if said.index}
    above = {team.code: team.above for team in teams}
    for code, said in seen.items():
        parent = above[code]
        while parent and parent not in left:
            parent = above[parent]
        if parent and said.index:
            left[parent] -= said.index.n
    return [code for code, n in left.items() if 0 < n < k]


def told_of(regions: tuple[int, ...], mean: Mean, values: FloatArray) -> Iterator[Told]:
    low, high = mean.n * mean.low, mean.n * mean.high
    yield Told(regions, values, low - EPSILON, high + EPSILON)
    if mean.sd is not None:
        least, most = (
            (mean.n - 1) * max(mean.sd + side * mean.half, 0) ** 2 + total**2 / mean.n
            for side, total in ((-1, low), (1, high))
        )
        yield Told(regions, values**2, least - EPSILON, most + EPSILON)


def _within(teams: Sequence[Team], code: str) -> tuple[int, ...]:
    above = {team.code: team.above for team in teams}

    def inside(own: str) -> bool:
        return own == code or (own != "" and inside(above[own]))

    return tuple(place for place, team in enumerate(teams) if inside(team.code))
