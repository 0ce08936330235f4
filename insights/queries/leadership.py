"""Who led, as it was kept quarter by quarter."""

from __future__ import annotations

from insights.critical_mass import Counted
from insights.models import LeadershipQuarter

FIELDS = (
    *("profession", "staff", "holders", "leaders", "planned"),
    *("hours", "squares", "minutes", "developed"),
)


def quarters_kept() -> dict[str, list[Counted]]:
    """The oldest first. One query, of a row for each profession and quarter."""
    found: dict[str, list[Counted]] = {}
    for quarter, *row in LeadershipQuarter.objects.order_by("quarter").values_list("quarter", *FIELDS):
        found.setdefault(quarter, []).append(Counted(*row))
    return found
