"""The rule that a run follows, as plain values that its export and the blind part can hold."""

from __future__ import annotations

from typing import Any, Final

from mentoring.models import MatchWeights

FIELDS: Final = (
    "interest",
    "availability",
    "past_success",
    "graded_availability",
    "bar",
    "stickiness",
    "prior_weight",
    "years_ahead",
)


def plain_rule(weights: MatchWeights, **tried: Any) -> dict[str, Any]:
    """A version of the organisation's rule with what the director tries instead."""
    rule = {name: tried.get(name, getattr(weights, name)) for name in FIELDS}
    return rule | {"floor": tried.get("floor", 0.0)}
