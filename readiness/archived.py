"""Somebody's own scores in their archive, with all that went in and a script that computes them again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from people.archive import adds_part, as_json
from people.member import Member
from readiness.models import Snapshot, WeightSet
from readiness.rule import SOURCES
from readiness.withheld import indexes_withheld
from surveys.enums import Dimension

SCRIPT: Final = Path(__file__).with_name("recompute.py")


@adds_part
def scores(member: Member) -> Iterable[tuple[str, bytes]]:
    """All revisions: what was corrected is the person's, too."""
    rows = Snapshot.objects.filter(person=member.person_id).select_related("weights")
    found = list(rows.order_by("quarter", "revision"))
    withheld = indexes_withheld(member, member.person_id, found)
    content = {
        "dimensions": Dimension.values,
        "rules": {each.weights.version: rule_as_data(each.weights) for each in found},
        "scores": [score_as_data(each, is_withheld=each.pk in withheld) for each in found],
    }
    yield "score/scores.json", as_json(content)
    yield "score/recompute.py", SCRIPT.read_bytes()


def rule_as_data(weights: WeightSet) -> dict[str, Any]:
    names = ("confidence", *SOURCES)
    return {
        "weights": weights.weights,
        "recipes": [dict(zip(names, recipe, strict=True)) for recipe in weights.recipes],
        "flag_below": weights.flag_below,
        "minimum_known": weights.minimum_known,
    }


def score_as_data(snapshot: Snapshot, *, is_withheld: bool) -> dict[str, Any]:
    """Evidence in the order of the dimensions. Points that are made with a withheld result stay out: the
    result could be worked out from them."""
    return {
        "quarter": snapshot.quarter,
        "revision": snapshot.revision,
        "rule": snapshot.weights.version,
        "computed_at": snapshot.computed_at,
        "withheld": is_withheld,
        "confidence": snapshot.confidence,
        "milestones_earned": snapshot.earned,
        "milestones_due": snapshot.due,
        "pods": snapshot.pods,
        "capstones": snapshot.capstones,
        "leader_index": None if is_withheld else snapshot.leader_index,
        "points": None if is_withheld else snapshot.points,
        "total": snapshot.total,
        "state": snapshot.state,
    }
