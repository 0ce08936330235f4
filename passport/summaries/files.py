"""Summaries as data: what the paper says, for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from passport.models import PromotionSummary
from passport.summaries.items import ItemKind, items_in

HEAD: Final = ["Kind", "What was seen", "Detail", "Rule", "Reached", "Attested by", "Attested on"]
FIELDS: Final = ("title", "detail", "rule", "on", "attested_by", "attested_on")


def rows_of(summary: PromotionSummary) -> Iterator[list[object]]:
    """A line for each item, under HEAD."""
    for item in items_in(summary.content):
        yield [str(ItemKind(item["kind"]).label), *(item[name] for name in FIELDS)]


def as_data(summary: PromotionSummary) -> dict[str, Any]:
    """All that is printed, with the day and the digest of its items."""
    return {**summary.content, "made": summary.made_at.isoformat(), "digest": summary.digest}
