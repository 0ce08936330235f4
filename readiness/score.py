"""The Leadership Readiness Score as pure arithmetic over people: the specification of what the database
computes.

Within a dimension, self-confidence and attested sources are mixed by their shares, renormalised over what
exists; self-confidence never makes more than 30 % of a dimension that has attested evidence. A dimension with
self-confidence alone is shown and does not count as known. The total is the weighted mean of the known
dimensions; with fewer known ones than the rule asks for (three, unless changed) there is none.

Missing stays missing: a source without a value is NaN, never 0 and never full marks. (In SQL `least(100,
NULL)` is 100: guard it there.)

Rounding: a dimension and the total are kept in whole millionths of a point, which removes floating-point
noise, so that what is 70 on paper is 70 here and in the database. The flag compares that kept value with the
limit, strictly. Displayed scores are cut off, not rounded, to one decimal (`shown_score`), and the limit has
at most one decimal: "69.9" is then flagged and "70.0" is not, always.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import numpy as np

from readiness.rule import MAXIMUM_CONFIDENCE_SHARE, ReadinessRule
from surveys.arrays import BoolArray, FloatArray, TextArray

MILLIONTHS = 1_000_000


class ReadinessState(StrEnum):
    """What the total says; insufficient evidence is a state of its own, neither good nor bad."""

    ON_TRACK = "on_track"
    FLAGGED = "flagged"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"


@dataclass(frozen=True)
class ReadinessScores:
    """Scores of n people over D dimensions and S sources, with what they were made of. Points run from 0 to
    100.

    `value` (n, D): points of each dimension, NaN where nothing is known. `attested` (n, D): points by
    attested evidence alone.
    `known` (n, D): has attested evidence. `gap` (n, D): confidence minus attested, in points, NaN unless both
    exist.
    `total`, `overall_gap` (n,): NaN where there is none. `state` (n,): values of ReadinessState.
    `confidence_share` (n, D) and `evidence_share` (n, D, S): what each source really made of its dimension, 0
    to 1.
    `weight_share` (n, D): what each dimension made of the total, 0 to 1; 0 throughout where there is no
    total.
    """

    rule: ReadinessRule
    confidence: FloatArray
    evidence: FloatArray
    value: FloatArray
    attested: FloatArray
    known: BoolArray
    gap: FloatArray
    overall_gap: FloatArray
    total: FloatArray
    state: TextArray
    confidence_share: FloatArray
    evidence_share: FloatArray
    weight_share: FloatArray


def score_readiness(confidence: FloatArray, evidence: FloatArray, rule: ReadinessRule) -> ReadinessScores:
    """Score n people by the rule in the module's docstring.

    `confidence`: shape (n, D), points 0 to 100 by the person's own account. `evidence`: shape (n, D, S),
    points 0 to 100 by each attested source in the order of `rule.sources`; sources that a dimension does not
    use are ignored. NaN is missing. Raises ValueError for other shapes or for points outside 0 to 100, naming
    the person's row, dimension and value.
    """
    _check_points(confidence, evidence, rule)
    shares = rule.evidence_shares()
    present = ~np.isnan(evidence) & (shares > 0)
    present_shares = present * shares
    attested_share = present_shares.sum(axis=2)
    known = attested_share > 0
    attested = np.full(known.shape, np.nan)
    np.divide(
        (present_shares * np.where(present, evidence, 0.0)).sum(axis=2),
        attested_share,
        out=attested,
        where=known,
    )
    confidence_share = _confidence_share(~np.isnan(confidence), attested_share, rule)
    value = _kept(
        confidence_share * np.where(confidence_share > 0, confidence, 0.0)
        + (1 - confidence_share) * np.where(confidence_share < 1, attested, 0.0)
    )
    enough = known.sum(axis=1) >= rule.minimum_known
    weight_share = _shares_of((known & enough[:, np.newaxis]) * rule.weights())
    total = np.where(enough, _kept((weight_share * np.where(known, value, 0.0)).sum(axis=1)), np.nan)
    gap = confidence - attested
    gap_share = _shares_of(~np.isnan(gap) * rule.weights())
    return ReadinessScores(
        rule=rule,
        confidence=confidence,
        evidence=evidence,
        value=value,
        attested=attested,
        known=known,
        gap=gap,
        overall_gap=np.where(gap_share.any(axis=1), (gap_share * np.nan_to_num(gap)).sum(axis=1), np.nan),
        total=total,
        state=_states(total, rule),
        confidence_share=confidence_share,
        evidence_share=_shares_of(present_shares) * (1 - confidence_share)[:, :, np.newaxis],
        weight_share=weight_share,
    )


def shown_score(points: float, places: int = 1) -> Decimal:
    """Points as a page shows them: cut off, not rounded, to one decimal (two where their arithmetic is laid
    out), so that no limit seems reached that is not.
    """
    unit: int = 10**places
    return Decimal(round(points * MILLIONTHS) // (MILLIONTHS // unit)) / unit


def attainment(done: FloatArray, due: FloatArray) -> FloatArray:
    """Points for `done` of what is `due`: 100 * min(1, done / due). Arrays of one shape.

    NaN where either is NaN or nothing is due: no duty is no evidence. Raises ValueError for negative numbers.
    """
    if (done < 0).any() or (due < 0).any():
        raise ValueError("Neither what is done nor what is due can be negative.")
    share = np.divide(done, due, out=np.full(done.shape, np.nan), where=due > 0)
    points: FloatArray = 100.0 * np.minimum(share, 1.0)
    return points


def capstone_points(verified: FloatArray) -> FloatArray:
    """Points for verified projects: 100 for the first; NaN where there is none, which is no evidence."""
    points: FloatArray = np.where(verified > 0, 100.0, np.nan)
    return points


def _check_points(confidence: FloatArray, evidence: FloatArray, rule: ReadinessRule) -> None:
    dimensions, sources = len(rule.dimensions), len(rule.sources)
    if confidence.ndim != 2 or confidence.shape[1] != dimensions:
        raise ValueError(f"Confidence needs one column for each of {dimensions} dimensions.")
    if evidence.shape != (*confidence.shape, sources):
        raise ValueError(
            f"Evidence needs the shape of confidence and one layer for each of {sources} sources."
        )
    points = np.concatenate([confidence[:, :, np.newaxis], evidence], axis=2)
    wrong = (points < 0) | (points > 100)
    if wrong.any():
        person, dimension, source = (int(index) for index in np.argwhere(wrong)[0])
        name = ("confidence", *rule.sources)[source]
        raise ValueError(
            f"Row {person}, {rule.dimensions[dimension].name}, {name}: "
            f"{points[person, dimension, source]:g} is not between 0 and 100."
        )


def _confidence_share(answered: BoolArray, attested_share: FloatArray, rule: ReadinessRule) -> FloatArray:
    """What self-confidence makes of each dimension, 0 to 1: at most 0.3 beside evidence, all of it without,
    (n, D).
    """
    nominal = rule.confidence_shares()
    beside = nominal / np.where(attested_share > 0, nominal + attested_share, 1.0)
    capped = np.minimum(beside, MAXIMUM_CONFIDENCE_SHARE / 100)
    return np.where(answered, np.where(attested_share > 0, capped, 1.0), 0.0)


def _shares_of(weights: FloatArray) -> FloatArray:
    """Weights over their sum along the last axis; 0 where all are 0."""
    whole = weights.sum(axis=-1, keepdims=True)
    shares: FloatArray = weights / np.where(whole > 0, whole, 1.0)
    return shares


def _kept(points: FloatArray) -> FloatArray:
    """Points in whole millionths (half to even, as PostgreSQL rounds float8); NaN stays NaN."""
    kept: FloatArray = np.rint(points * MILLIONTHS) / MILLIONTHS
    return kept


def _states(total: FloatArray, rule: ReadinessRule) -> TextArray:
    states: TextArray = np.select(
        [np.isnan(total), np.rint(total * MILLIONTHS) < round(rule.flag_below * MILLIONTHS)],
        [ReadinessState.INSUFFICIENT_EVIDENCE.value, ReadinessState.FLAGGED.value],
        default=ReadinessState.ON_TRACK.value,
    )
    return states
