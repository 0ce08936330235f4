"""Compute one's own scores again, from what went into them. Needs Python 3.9 and nothing else.

    python3 recompute.py [scores.json]

The rule, as the organisation set it for the quarter: in each dimension every source of evidence that exists
counts with its share; self-confidence counts at most 30 % beside evidence. The total is the mean of the
dimensions with evidence, by their weights; with too few of them there is none. Points run from 0 to 100 and
are kept in millionths, halves to even.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MOST_CONFIDENCE = 0.3
MILLION = 1_000_000


def recomputed(score: dict[str, Any], rule: dict[str, Any]) -> dict[str, Any]:
    """`points` of each dimension (0 to 100, None where nothing is known), `total` (None without) and
    `state` of one entry of `scores`, by one of `rules`."""
    points, known = [], []
    for place, recipe in enumerate(rule["recipes"]):
        evidence = evidence_of(score, place)
        shares = {name: recipe[name] for name in evidence if recipe[name] > 0 and evidence[name] is not None}
        whole = sum(shares.values())
        attested = sum(shares[name] * evidence[name] for name in shares) / whole if whole else None
        confidence = (score["confidence"] or [None] * len(rule["recipes"]))[place]
        points.append(mixed(confidence, attested, recipe["confidence"], whole))
        known.append(attested is not None)
    weight = sum(each for each, is_known in zip(rule["weights"], known) if is_known)
    total = None
    if sum(known) >= rule["minimum_known"]:
        parts = zip(rule["weights"], points, known)
        total = kept(sum(each / weight * value for each, value, is_known in parts if is_known))
    return {"points": points, "total": total, "state": state_of(total, rule["flag_below"])}


def evidence_of(score: dict[str, Any], place: int) -> dict[str, float | None]:
    """Points by each source of evidence in one dimension; None is missing, which is not zero."""
    earned, due = score["milestones_earned"][place], (score["milestones_due"] or {place: 0})[place]
    capstones = score["capstones"][place] if score["capstones"] else None
    return {
        "milestones": 100 * min(1, earned / due) if earned is not None and due else None,
        "pods": score["pods"][place] if score["pods"] else None,
        "capstones": 100.0 if capstones else None,
        "leader_index": score["leader_index"],
    }


def mixed(confidence: float | None, attested: float | None, share: float, whole: float) -> float | None:
    """Points of a dimension, from confidence and from evidence whose shares sum to `whole`."""
    if confidence is None or attested is None:
        alone = attested if confidence is None else confidence
        return None if alone is None else kept(alone)
    own = min(share / (share + whole), MOST_CONFIDENCE)
    return kept(own * confidence + (1 - own) * attested)


def kept(points: float) -> float:
    return round(points * MILLION) / MILLION


def state_of(total: float | None, flag_below: float) -> str:
    if total is None:
        return "insufficient_evidence"
    return "flagged" if round(total * MILLION) < round(flag_below * MILLION) else "on_track"


def agrees(said: float | None, found: float | None) -> bool:
    """Equal to a millionth of a point."""
    if said is None or found is None:
        return said is found
    return abs(said - found) < 1.5 / MILLION


def main(path: Path) -> int:
    """Print a line for each score; 1 where one does not come out as it was told."""
    archive, wrong = json.loads(path.read_text("utf-8")), 0
    for score in archive["scores"]:
        title = f"{score['quarter']}, revision {score['revision']}"
        if score["withheld"]:
            print(f"{title}: cannot be computed yet; a survey result in it is not yours to read so far")
            continue
        found = recomputed(score, archive["rules"][str(score["rule"])])
        same = agrees(score["total"], found["total"]) and score["state"] == found["state"]
        same = same and all(map(agrees, score["points"], found["points"]))
        wrong += not same
        print(f"{title}: {found['total']} ({found['state']}), {'as told' if same else 'NOT as told'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("scores.json"))))
