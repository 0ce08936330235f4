"""What other aims would cost: stability, and a total that does not put covering everybody first."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mentoring.matching.comparison import Measures, measures
from mentoring.matching.matcher import match
from mentoring.matching.problem import Problem
from mentoring.matching.result import Match
from mentoring.matching.scoring import UNITS
from mentoring.matching.stability import stable_assignment

MOST_FOR_FAIREST: Final = 1_000  # mentees; with more the search takes too long for what it tells


def other_aims(found: Match) -> dict[str, Measures]:
    """Figures of the same input matched with another aim, by its name.

    `stable`: no blocking pairs. `highest_total`: the highest sum of scores, whoever goes without. `fairest`,
    of up to 1,000 mentees: the highest worst score among assignments that cover as many.
    """
    problem = found.problem
    aims = {
        "stable": stable_assignment(problem),
        "highest_total": match(problem, cover_first=False).mentor_of,
    }
    if problem.shape[0] <= MOST_FOR_FAIREST:
        aims["fairest"] = fairest_match(found).mentor_of
    return {name: measures(problem, mentor_of) for name, mentor_of in aims.items()}


def fairest_match(found: Match) -> Match:
    """The best assignment among those that cover as many with the highest worst score.

    The floor is found by halving: a floor is kept if as many are covered above it. Locked pairs are not
    measured by it.
    """
    covered = found.proof.covered
    if not covered:
        return found
    # No assignment that covers as many has a higher mean, so none has a higher worst score.
    mean = (found.proof.objective // covered - found.proof.prices.for_cover) // found.proof.prices.unit
    least, most, best = _worst(found), min(mean, UNITS), found
    while least < most:
        middle = (least + most + 1) // 2
        tried = match(with_floor(found.problem, middle / UNITS))
        if tried.proof.covered < covered:
            most = middle - 1
        else:
            best, least = tried, _worst(tried)
    return best


def _worst(found: Match) -> int:
    """The lowest score of a pair that is not locked; there must be one."""
    return int(found.units[(found.mentor_of >= 0) & ~found.locked].min())


def with_floor(problem: Problem, floor: float) -> Problem:
    """The same with a floor on the score of pairs, 0 to 1."""
    return replace(problem, weights=replace(problem.weights, floor=floor))
