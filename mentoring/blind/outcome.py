"""A run from its inputs to its outcome, by keys alone: which pairs, why, and who was left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

from mentoring.blind.profiles import Inputs, problems_of
from mentoring.matching.alternatives import FULL, LOWER_SCORE, RUNNING, alternatives
from mentoring.matching.arrays import NO_PAIRS, FloatArray, IntArray
from mentoring.matching.comparison import measures
from mentoring.matching.left_out import left_out
from mentoring.matching.matcher import match as find_match
from mentoring.matching.problem import Problem
from mentoring.matching.result import Match
from mentoring.matching.scoring import Scores, satisfaction
from mentoring.matching.stability import stable_assignment
from mentoring.matching.tiers import match_tiers
from mentoring.matching.trade_offs import fairest_match
from mentoring.matching.version import input_hash

ALTERNATIVES: Final = 3
OPEN: Final = frozenset({LOWER_SCORE, RUNNING, FULL})  # a director may choose them instead
MOST_FOR_FAIREST: Final = 1_000  # mentees up to whom the highest worst score is looked for: it takes long

Told = Callable[[str, str, float], None]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """What the score of a mentor for a mentee is made of, in units of 1/10,000."""

    mentor: str
    score: int
    interest: int
    availability: int
    past_success: int
    cosine: float
    free_slots: int
    satisfaction: float


@dataclass(frozen=True, slots=True)
class Other:
    """A next best mentor, and why not: a code of mentoring.matching.alternatives, or the name of a list.
    `loss`: units by which the sum of all scores would at least fall; None where it cannot be said. `open`:
    whether a director may choose this mentor instead."""

    arithmetic: Arithmetic
    why: str
    loss: int | None
    open: bool


@dataclass(frozen=True, slots=True)
class FoundPair:
    tier: str
    mentee: str
    chosen: Arithmetic
    running: bool
    alternatives: list[Other]


@dataclass(frozen=True, slots=True)
class Missed:
    """A mentee for whom a tier has nobody, and the cause as a code. `kept_apart`: how many mentors each rule
    or list keeps away."""

    tier: str
    mentee: str
    cause: str
    kept_apart: dict[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found. `proof`, `figures`: by tier."""

    pairs: list[FoundPair]
    missed: list[Missed]
    proof: dict[str, dict[str, Any]]
    figures: dict[str, dict[str, Any]]

    def as_bytes(self) -> bytes:
        """The same outcome is the same bytes."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()


def hash_of(inputs: Inputs) -> str:
    """SHA-256 of all that the run depends on."""
    return input_hash(problems_of(inputs))


def solve(inputs: Inputs, told: Told = lambda tier, phase, share: None) -> Outcome:
    """Match all tiers; the same inputs give the same bytes. Raises ValueError for locks that cannot be
    kept."""
    outcome = Outcome([], [], {}, {})
    for match in match_tiers(problems_of(inputs), told):
        tier = match.problem.tier
        outcome.pairs.extend(_pairs(match))
        outcome.missed.extend(
            Missed(tier, str(match.problem.mentees.keys[one.mentee]), one.cause, dict(one.kept_apart))
            for one in left_out(match)
        )
        outcome.proof[tier] = _proof(match)
        told(tier, "figures", 1.0)
        outcome.figures[tier] = _figures(match)
    return outcome


def _pairs(match: Match) -> list[FoundPair]:
    """The pairs in the order of the mentees, each with its next best mentors."""
    problem = match.problem
    running = set(map(tuple, problem.running.tolist()))
    near = alternatives(match, ALTERNATIVES)
    rows = [[mentor, *(one.mentor for one in near[mentee])] for mentee, mentor in match.pairs.tolist()]
    told = iter(_arithmetic(match, rows))
    return [
        FoundPair(
            tier=problem.tier,
            mentee=str(problem.mentees.keys[mentee]),
            chosen=next(told),
            running=(mentee, mentor) in running,
            alternatives=[Other(next(told), one.why, one.loss, one.why in OPEN) for one in near[mentee]],
        )
        for mentee, mentor in match.pairs.tolist()
    ]


def _arithmetic(match: Match, mentors: list[list[int]]) -> Iterator[Arithmetic]:
    """What the scores of some mentors are made of, also of those who are kept apart: row k of `mentors` for
    the mentee of pair k."""
    problem = replace(match.problem.without_floor(), rules=(), forbidden=(), running=NO_PAIRS)
    scores = Scores(problem)
    left = np.repeat(match.pairs[:, 0], [len(row) for row in mentors])
    right = np.array([mentor for row in mentors for mentor in row], dtype=np.int64)
    totals = scores.of_pairs(left, right)
    similar = _cosines(problem, left, right)
    liked = satisfaction(problem)
    for total, cosine, mentor in zip(totals.tolist(), similar.tolist(), right.tolist(), strict=True):
        availability, past_success = int(scores.availability[mentor]), int(scores.past_success[mentor])
        yield Arithmetic(
            mentor=str(problem.mentors.keys[mentor]),
            score=total,
            interest=total - availability - past_success,
            availability=availability,
            past_success=past_success,
            cosine=round(cosine, 4),
            free_slots=int(problem.mentors.free_slots[mentor]),
            satisfaction=round(float(liked[mentor]), 2),
        )


def _cosines(problem: Problem, mentees: IntArray, mentors: IntArray) -> FloatArray:
    """Similarity of the tags of pairs, (k,), 0 to 1; 0 where one of them has none."""
    left, right = problem.mentees.tags[mentees], problem.mentors.tags[mentors]
    lengths = np.sqrt(((left**2).sum(axis=1) * (right**2).sum(axis=1)).astype(np.float64))
    products = np.einsum("kt,kt->k", left, right).astype(np.float64)
    similar: FloatArray = np.divide(products, lengths, out=np.zeros(len(products)), where=lengths > 0)
    return similar


def _proof(match: Match) -> dict[str, Any]:
    proof = match.proof
    return {
        "rounds": proof.rounds,
        "pairs_considered": proof.pairs_considered,
        "pairs_added": list(proof.pairs_added),
        # Too large for what reads JSON as floating point.
        "objective": str(proof.objective),
        "bound": str(proof.bound),
        "gap": proof.gap,
    }


def _figures(match: Match) -> dict[str, Any]:
    """Of the matching, of what runs now, and of what other aims would give."""
    problem = match.problem
    figures = {
        **asdict(measures(problem, match.mentor_of)),
        "before": asdict(measures(problem, _running_now(problem))),
        "stable": asdict(measures(problem, stable_assignment(problem))),
        "highest_total": asdict(measures(problem, find_match(problem, cover_first=False).mentor_of)),
        "tenths": _tenths(match.units[match.mentor_of >= 0]),
        "loads": [[int(load), int(mentors)] for load, mentors in zip(*_loads(match), strict=True)],
    }
    if problem.shape[0] <= MOST_FOR_FAIREST:
        figures["fairest"] = asdict(measures(problem, fairest_match(match).mentor_of))
    return figures


def _running_now(problem: Problem) -> IntArray:
    """The mentor of each mentee whose pair runs and may go on, (m,), -1 for none."""
    mentees, mentors = problem.running.T
    possible = Scores(problem.without_floor()).of_pairs(mentees, mentors) >= 0
    now = np.full(problem.shape[0], -1, dtype=np.int64)
    now[mentees[possible]] = mentors[possible]
    return now


def _tenths(units: IntArray) -> list[int]:
    """How many scores lie in each tenth of the scale; 1 itself is in the last."""
    counted = np.bincount(np.minimum(units // 1_000, 9), minlength=10)
    return [int(number) for number in counted]


def _loads(match: Match) -> tuple[IntArray, IntArray]:
    """Numbers of mentees, and how many mentors have so many."""
    loads, mentors = np.unique(match.load, return_counts=True)
    return loads, mentors
