"""A run from its inputs to its outcome, by keys alone: which pairs, why, and who was left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

from mentoring.blind.profiles import Inputs, problems_of
from mentoring.matching.arrays import NO_PAIRS, BoolArray, FloatArray, IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.result import Match
from mentoring.matching.scoring import NEVER, Scores, satisfaction
from mentoring.matching.tiers import match_tiers

CODE_VERSION: Final = "1"  # another number: the same input may give other pairs
ALTERNATIVES: Final = 3

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
    full: bool  # the matching has given all places of this mentor away


@dataclass(frozen=True, slots=True)
class FoundPair:
    tier: str
    mentee: str
    chosen: Arithmetic
    running: bool
    alternatives: list[Arithmetic]


@dataclass(frozen=True, slots=True)
class Missed:
    """A mentee for whom a tier has nobody, and the cause as a code."""

    tier: str
    mentee: str
    cause: str


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
    plain = json.dumps(inputs.as_plain(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def solve(inputs: Inputs, told: Told = lambda tier, phase, share: None) -> Outcome:
    """Match all tiers; the same inputs give the same bytes. Raises ValueError for locks that cannot be
    kept."""
    matches = match_tiers(problems_of(inputs), told)
    outcome = Outcome([], [], {}, {})
    for match in matches:
        scores = Scores(replace(match.problem, running=NO_PAIRS))
        outcome.pairs.extend(_pairs(match, scores))
        outcome.missed.extend(_missed(match, scores))
        outcome.proof[match.problem.tier] = _proof(match)
        outcome.figures[match.problem.tier] = _figures(match, scores)
    return outcome


def _pairs(match: Match, scores: Scores) -> list[FoundPair]:
    """The pairs in the order of the mentees, each with its best other mentors."""
    problem = match.problem
    running = set(map(tuple, problem.running.tolist()))
    best = best_mentors(scores, ALTERNATIVES + 1)
    mentors = [
        [mentor, *[other for other in best[mentee] if other != mentor][:ALTERNATIVES]]
        for mentee, mentor in match.pairs.tolist()
    ]
    told = iter(_arithmetic(match, scores, mentors))
    found = []
    for (mentee, mentor), row in zip(match.pairs.tolist(), mentors, strict=True):
        chosen, *others = [next(told) for _mentor in row]
        key = str(problem.mentees.keys[mentee])
        found.append(FoundPair(problem.tier, key, chosen, (mentee, mentor) in running, others))
    return found


def _arithmetic(match: Match, scores: Scores, mentors: list[list[int]]) -> Iterator[Arithmetic]:
    """What the scores of some mentors are made of: row k of `mentors` for the mentee of pair k."""
    problem = match.problem
    left = np.repeat(match.pairs[:, 0], [len(row) for row in mentors])
    right = np.array([mentor for row in mentors for mentor in row], dtype=np.int64)
    totals = scores.of_pairs(left, right, sticky=False)
    similar = _cosines(problem, left, right)
    full = match.load >= problem.mentors.capacity
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
            full=bool(full[mentor]),
        )


def _cosines(problem: Problem, mentees: IntArray, mentors: IntArray) -> FloatArray:
    """Similarity of the tags of pairs, (k,), 0 to 1; 0 where one of them has none."""
    left, right = problem.mentees.tags[mentees], problem.mentors.tags[mentors]
    lengths = np.sqrt(((left**2).sum(axis=1) * (right**2).sum(axis=1)).astype(np.float64))
    products = np.einsum("kt,kt->k", left, right).astype(np.float64)
    similar: FloatArray = np.divide(products, lengths, out=np.zeros(len(products)), where=lengths > 0)
    return similar


def best_mentors(scores: Scores, number: int) -> list[list[int]]:
    """The rows of the best eligible mentors of each mentee, best first, at most `number`; equals in order."""
    mentees, mentors = scores.shape
    found: list[list[int]] = [[] for _ in range(mentees)]
    kept = min(number, mentors)
    if not kept:
        return found
    for rows, units in scores.blocks(np.arange(mentees)):
        # Fractions keep equals in the order of their rows, whatever partition does with them.
        ranked = units.astype(np.float64) - np.arange(mentors) / (mentors + 1)
        top = np.argpartition(-ranked, kept - 1, axis=1)[:, :kept]
        order = np.take_along_axis(top, np.argsort(-np.take_along_axis(ranked, top, 1), axis=1), 1)
        eligible = np.take_along_axis(units, order, 1) >= 0
        for row, mentor_rows, may_be in zip(rows.tolist(), order.tolist(), eligible.tolist(), strict=True):
            found[row] = [mentor for mentor, may in zip(mentor_rows, may_be, strict=True) if may]
    return found


def _missed(match: Match, scores: Scores) -> list[Missed]:
    """Who has nobody in the tier, and the nearest cause."""
    problem = match.problem
    left_out = np.flatnonzero(match.mentor_of < 0)
    eligible = eligible_mentors(scores)
    with_places = eligible_mentors(scores, problem.mentors.capacity > 0)
    causes = []
    for mentee in left_out.tolist():
        if not problem.shape[1]:
            cause = "no_mentors"
        elif not eligible[mentee]:
            cause = "nobody_eligible"
        elif not with_places[mentee]:
            cause = "no_places"
        else:
            cause = "places_given"
        causes.append(Missed(problem.tier, str(problem.mentees.keys[mentee]), cause))
    return causes


def eligible_mentors(scores: Scores, among: BoolArray | None = None) -> IntArray:
    """How many mentors each mentee may have, (m,), places aside; of those alone that `among` (n,) names."""
    counts = np.zeros(scores.shape[0], dtype=np.int64)
    for rows, units in scores.blocks(np.arange(scores.shape[0])):
        may_be = units >= 0
        counts[rows] = (may_be if among is None else may_be & among).sum(axis=1)
    return counts


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


def _figures(match: Match, scores: Scores) -> dict[str, Any]:
    problem = match.problem
    running = problem.running
    before = scores.of_pairs(running[:, 0], running[:, 1], sticky=False) if len(running) else np.zeros(0)
    possible = before != int(NEVER)
    kept = int((match.mentor_of[running[:, 0]] == running[:, 1]).sum()) if len(running) else 0
    loads, counts = np.unique(match.load, return_counts=True)
    return {
        **_summary(match.units[match.mentor_of >= 0], problem.shape[0]),
        "before": _summary(before[possible], problem.shape[0]),
        "mentors": problem.shape[1],
        "used": int((match.load > 0).sum()),
        "places": int(problem.mentors.capacity.sum()),
        "running": len(running),
        "changes": len(running) - kept,
        "locked": int(match.locked.sum()),
        "blocking": blocking_pairs(match, scores),
        "loads": [[int(load), int(count)] for load, count in zip(loads, counts, strict=True)],
    }


def _summary(units: Any, mentees: int) -> dict[str, Any]:
    """How many of all, and the scores in units: sum, mean, lowest, and how many in each tenth."""
    bins = np.bincount(np.minimum(np.asarray(units, dtype=np.int64) // 1_000, 9), minlength=10)
    return {
        "covered": len(units),
        "of": mentees,
        "total": int(units.sum()),
        "mean": round(float(units.mean()), 1) if len(units) else None,
        "worst": int(units.min()) if len(units) else None,
        "tenths": [int(number) for number in bins],
    }


def blocking_pairs(match: Match, scores: Scores) -> int:
    """Pairs that both would rather have: the mentee than the present mentor or none, the mentor than one of
    their mentees or a free place."""
    problem = match.problem
    mentees, mentors = problem.shape
    if not mentees or not mentors:
        return 0
    worst = np.full(mentors, np.iinfo(np.int64).max)
    pairs = match.pairs
    np.minimum.at(worst, pairs[:, 1], match.units[pairs[:, 0]])
    worst[match.load < problem.mentors.capacity] = -1
    worst[problem.mentors.capacity == 0] = np.iinfo(np.int64).max
    own = np.where(match.mentor_of >= 0, match.units, -1)
    return sum(
        int(((units > own[rows][:, np.newaxis]) & (units > worst) & (units >= 0)).sum())
        for rows, units in scores.blocks(np.arange(mentees))
    )
