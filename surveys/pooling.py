"""Small teams over two or three waves together: which pooled results may be told. Pure arithmetic.

A team too small in each wave may be large enough over several; its answers of one wave count as other
people's than those of the next. Told is the sum over all waves, no other. With it a reader can take the team
out of what is hidden in each wave: out of the *region* of the nearest published cell around it, whose total
follows from published means. So for the teams pooled from the same regions, all together and each alone,

- what is left of all these regions must be nobody or at least k people;
- whatever follows for some of the waves, the rest of their regions less the team's people of the other waves,
  must leave everybody far enough from the ends of the scale.

Teams that share only some of their regions with others are left out: sums over such chains would tell more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from surveys.coding import Points

MOST_WAVES = 3


@dataclass(frozen=True)
class Region:
    """The hidden people around a team in one wave: of which cell they are the rest, how many, and their total
    as it follows from stored means; None where a bound leaves it open."""

    key: tuple[object, object]
    n: int
    total: float | None


@dataclass(frozen=True)
class Candidate:
    """A team's scores over some waves: people of each wave, the last being the newest, and sums over all."""

    unit: UUID
    ns: tuple[int, ...]
    total: float
    lowest: float
    highest: float
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
    """Whether the pooled mean pins nobody of the team, by the rule of reconstruction.means_pin."""
    below = team.n * points.high - team.total
    above = team.total - team.n * points.low
    others = min(below - (points.high - team.lowest), above - (team.highest - points.low))
    together = min(below, above)
    return (
        team.n >= k
        and all(n < k for n in team.ns)
        and others >= points.least_room
        and together >= points.least_room + points.least_range
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
        here = sum(regions[wave].n - sum(team.ns[wave] for team in teams) for wave in some)
        elsewhere = sum(team.ns[wave] for team in teams for wave in waves if wave not in some)
        if (0 < here < k and not elsewhere) or (0 < elsewhere < k and not here) or here < 0:
            return False
        difference = sum(totals[wave] for wave in some) - pooled
        if (here or elsewhere) and not _open(here, elsewhere, difference, points):
            return False
    return True


def _open(plus: int, minus: int, difference: float, points: Points) -> bool:
    """Whether knowing that some people's total is another group's plus `difference` pins nobody of either,
    even if one person more is known to be at the far end of the scale."""
    below = plus * points.high - difference - minus * points.low
    above = difference + minus * points.high - plus * points.low
    return min(below, above) >= points.least_room + points.reach
