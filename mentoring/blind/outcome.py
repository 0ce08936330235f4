"""A run from its inputs to its outcome, by keys alone: which pairs, why, and who was left out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from mentoring.blind.profiles import Inputs, problems_of
from mentoring.matching.alternatives import FULL, LOWER_SCORE, RUNNING, Alternative, alternatives
from mentoring.matching.arrays import IntArray
from mentoring.matching.comparison import measures
from mentoring.matching.left_out import left_out
from mentoring.matching.matcher import Progress, no_progress
from mentoring.matching.parts import ScoreParts, score_parts
from mentoring.matching.problem import Problem
from mentoring.matching.result import Match
from mentoring.matching.scoring import Scores
from mentoring.matching.tiers import match_tiers
from mentoring.matching.trade_offs import other_aims
from mentoring.matching.version import input_hash

ALTERNATIVES: Final = 3
OPEN: Final = frozenset({LOWER_SCORE, RUNNING, FULL})  # a director may choose them instead


@dataclass(frozen=True, slots=True)
class Choice:
    """A mentor for a mentee, and what the score of the two is made of."""

    mentor: str
    parts: ScoreParts


@dataclass(frozen=True, slots=True)
class Other:
    """A next best mentor, and why not: a code of mentoring.matching.alternatives, or the name of a list.
    `loss`: units by which the sum of all scores would at least fall; None where it cannot be said. `open`:
    whether a director may choose this mentor instead."""

    choice: Choice
    why: str
    loss: int | None
    open: bool


@dataclass(frozen=True, slots=True)
class FoundPair:
    tier: str
    mentee: str
    chosen: Choice
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


def hash_of(inputs: Inputs) -> str:
    """SHA-256 of all that the run depends on."""
    return input_hash(problems_of(inputs))


def solve(inputs: Inputs, progress: Progress = no_progress) -> Outcome:
    """Match all tiers; the same inputs give the same bytes. Raises ValueError for locks that cannot be
    kept."""
    outcome = Outcome([], [], {}, {})
    for match in match_tiers(problems_of(inputs), progress):
        tier = match.problem.tier
        outcome.pairs.extend(_pairs(match))
        outcome.missed.extend(
            Missed(tier, str(match.problem.mentees.keys[one.mentee]), one.cause, dict(one.kept_apart))
            for one in left_out(match)
        )
        outcome.proof[tier] = _proof(match)
        progress(tier, "figures", 1.0)
        outcome.figures[tier] = _figures(match)
    return outcome


def _pairs(match: Match) -> list[FoundPair]:
    """The pairs in the order of the mentees, each with its next best mentors."""
    problem = match.problem
    running = set(map(tuple, problem.running.tolist()))
    near = alternatives(match, ALTERNATIVES)
    choices = iter(_choices(match, near))
    return [
        FoundPair(
            tier=problem.tier,
            mentee=str(problem.mentees.keys[mentee]),
            chosen=next(choices),
            running=(mentee, mentor) in running,
            alternatives=[Other(next(choices), one.why, one.loss, one.why in OPEN) for one in near[mentee]],
        )
        for mentee, mentor in match.pairs.tolist()
    ]


def _choices(match: Match, near: list[tuple[Alternative, ...]]) -> list[Choice]:
    """For each pair, in the order of the mentees, its mentor and then the next best ones."""
    rows = [
        (mentee, mentor)
        for mentee, chosen in match.pairs.tolist()
        for mentor in (chosen, *(one.mentor for one in near[mentee]))
    ]
    mentees, mentors = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    keys = match.problem.mentors.keys[mentors].tolist()
    return list(map(Choice, keys, score_parts(match.problem, mentees, mentors)))


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
    return {
        **asdict(measures(problem, match.mentor_of)),
        "before": asdict(measures(problem, _running_now(problem))),
        **{aim: asdict(figures) for aim, figures in other_aims(match).items()},
        "tenths": _tenths(match.units[match.mentor_of >= 0]),
        "loads": [[int(load), int(mentors)] for load, mentors in zip(*_loads(match), strict=True)],
    }


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
