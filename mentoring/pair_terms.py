"""A score as a sum: each weight of the run's rule times what it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mentoring.models import Proposal


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the arithmetic. `weight`, `value`: 0 to 1; their product in `units` of 1/10,000. `digits`:
    so many of the value are told."""

    part: str
    label: str
    weight: float
    value: float
    digits: int
    units: int
    note: str


def terms_of(pair: Proposal) -> list[Term]:
    """Of a pair with its run."""
    rule: dict[str, Any] = pair.run.rule
    weights = {name: float(rule[name]) for name in ("interest", "availability", "past_success")}
    available = pair.availability / (10_000 * weights["availability"]) if weights["availability"] else 0.0
    return [
        Term(
            "interest",
            _("Interests"),
            weights["interest"],
            pair.cosine,
            3,
            pair.interest,
            _("cosine of the mentee's interests and the mentor's expertise"),
        ),
        Term(
            "availability",
            _("Availability"),
            weights["availability"],
            available,
            1,
            pair.availability,
            _("%(number)d free half-hours in eight weeks; more than two count 1")
            % {"number": pair.free_slots},
        ),
        Term(
            "past_success",
            _("Past success"),
            weights["past_success"],
            pair.satisfaction / 5,
            3,
            pair.past_success,
            _("satisfaction %(mean).2f of 5, drawn to the mean of all") % {"mean": pair.satisfaction},
        ),
    ]
