"""Means of chosen scores with their spread and their 95 % intervals: the total and the five dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet, StdDev
from django.utils.translation import gettext as _

from readiness.dashboard import Interval, mean_interval
from readiness.disclosure import may_show
from readiness.models import Snapshot
from surveys.enums import Dimension


@dataclass(frozen=True, slots=True)
class Spread:
    """How many have a number, its mean and standard deviation."""

    n: int
    mean: float | None
    sd: float | None

    @property
    def told(self) -> Interval | None:
        """The mean with its interval where it is of five people or more; None for fewer."""
        return mean_interval(self.n, self.mean, self.sd) if may_show(self.n) else None


def measures() -> list[str]:
    """What is estimated, in order: the total, then the dimensions."""
    return [_("Leadership Readiness Score"), *(str(each.label) for each in Dimension)]


def spreads_of(scores: QuerySet[Snapshot]) -> Sequence[Spread]:
    """Of each of `measures`, in one query. A dimension counts where attested evidence makes it known."""
    bits = {f"bit{place}": F("known").bitand(1 << place) for place in range(len(Dimension))}
    columns: list[tuple[str, Q]] = [("total", Q())]
    columns += [(each.value, Q(**{f"bit{place}__gt": 0})) for place, each in enumerate(Dimension)]
    asked: dict[str, Any] = {}
    for column, known in columns:
        asked[f"n_{column}"] = Count(column, filter=known)
        asked[f"mean_{column}"] = Avg(column, filter=known)
        asked[f"sd_{column}"] = StdDev(column, sample=True, filter=known)
    found = scores.order_by().annotate(**bits).aggregate(**asked)
    return [
        Spread(*(found[f"{what}_{column}"] for what in ("n", "mean", "sd"))) for column, _known in columns
    ]
