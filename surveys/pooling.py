"""Small teams over two or three waves together: which pooled results may be told. Pure arithmetic.

A team too small in each wave may be large enough over several. The same people answer in each, so of one
person there may be an answer in every wave, and an insider knows as many. Enough are at least k answers,
three in each wave, of a team in which at least k different people were asked; of files nobody knows who was.

Told is the sum over all waves, no other. With it a reader can take the team out of what is hidden in each
wave: out of the *region* of the nearest published cell around it, whose total follows from published means.
So for the teams pooled from the same regions, all together and each alone,

- what is left of all these regions must be nobody or, in one of the waves, at least k people;
- whatever follows for some of the waves, the rest of their regions less the team's people of the other waves,
  must leave everybody far enough from the ends of the scale.

Teams that share only some of their regions with others are left out: sums over such chains would tell more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

import numpy as np

from surveys.coding import Points

MOST_WAVES = 3
FEWEST_A_WAVE = 3  # answers of a team: of one or two somebody could know all


@dataclass(frozen=True)
class Region:
    """The hidden people around a team in one wave: of which cell they are the rest, how many, and their total
    as it follows from stored means; None where a bound leaves it open."""

    key: tuple[object, object]
    n: int
    total: float | None


@dataclass(frozen=True)
class Candidate:
    """A team's scores over some waves: people, the lowest and the highest score of each wave, the last being
    the newest; the sum over all; how many different people were asked, None where nobody knows."""

    unit: UUID
    ns: tuple[int, ...]
    total: float
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    asked: int | None
    regions: tuple[Region, ...]  # one a wave

    @property
    def n(self) -> int:
        return sum(self.ns)


def pooled_teams(candidates: Sequence[Candidate], points: Points, *, k: int) -> list[Candidate]:
    """The candidates that may be told together, by the module's rule; of several the larger."""
    groups: dict[tuple[object, ...], list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(tuple(region.key for region in candidate.regions), []).append(candidate)
    told: list[Candidate] = []
    used: dict[object, int] = {}
    for keys in groups:
        for key in keys:
            used[key] = used.get(key, 0) + 1
    for keys, teams in groups.items():
        if all(used[key] == 1 for key in keys):
            told += _safe_together(teams, points, k)
    return told


def _safe_together(teams: list[Candidate], points: Points, k: int) -> list[Candidate]:
    kept = sorted((team for team in teams if _open_itself(team, points, k)), key=lambda team: -team.n)
    while kept and not _safe(kept, points, k):
        kept.pop()
    return kept


def _open_itself(team: Candidate, points: Points, k: int) -> bool:
    """Whether there are enough people and the pooled mean pins nobody of them."""
    asked = team.n if team.asked is None else team.asked
    return (
        team.n >= k
        and asked >= k
        and all(FEWEST_A_WAVE <= n < k for n in team.ns)
        and not points.pins(
            np.array(team.n * points.high - team.total),
            np.array(team.total - team.n * points.low),
            np.array(sum(points.high - lowest for lowest in team.lowest)),
            np.array(sum(highest - points.low for highest in team.highest)),
        )
    )


def _safe(teams: Sequence[Candidate], points: Points, k: int) -> bool:
    """Whether taking these teams out of their regions leaves everybody else's answers open."""
    together = [teams, *([team] for team in teams)] if len(teams) > 1 else [teams]
    return all(_safe_to_take_out(some, points, k) for some in together)


def _safe_to_take_out(teams: Sequence[Candidate], points: Points, k: int) -> bool:
    regions = teams[0].regions
    totals = [region.total for region in regions if region.total is not None]
    if len(totals) < len(regions):
        return False
    pooled = sum(team.total for team in teams)
    waves = range(len(regions))
    for some in (chosen for size in range(1, len(regions) + 1) for chosen in combinations(waves, size)):
        here = [regions[wave].n - sum(team.ns[wave] for team in teams) for wave in some]
        elsewhere = [sum(team.ns[wave] for team in teams) for wave in waves if wave not in some]
        if min(here) < 0 or (not any(elsewhere) and _too_few(here, k)):
            return False
        if not any(here) and _too_few(elsewhere, k):
            return False
        difference = sum(totals[wave] for wave in some) - pooled
        if not _open(here, elsewhere, difference, points):
            return False
    return True


def _too_few(answers: Sequence[int], k: int) -> bool:
    """Whether so many answers in each of some waves may be of somebody, but of fewer than k people."""
    return 0 < max(answers, default=0) < k


def _open(here: Sequence[int], elsewhere: Sequence[int], difference: float, points: Points) -> bool:
    """Whether knowing that some people's total is another group's plus `difference` pins nobody of either,
    even if one person is known to be at the far end of the scale in every wave. Answers by wave."""
    plus, minus = sum(here), sum(elsewhere)
    if not plus + minus:
        return True
    below = plus * points.high - difference - minus * points.low
    above = difference + minus * points.high - plus * points.low
    known = points.reach * (len(here) + len(elsewhere))
    return min(below, above) >= points.least_room + known
