"""How many at once: arithmetic on days, without a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

Span = tuple[dt.date, dt.date | None]


def most_at_once(spans: Collection[Span], since: dt.date, until: dt.date | None) -> int:
    """Of half-open spans [start, end) how many hold at most on one day of [since, until). An end of None:
    open. The most is reached on the first day or where a span begins."""
    starts = [start for start, _end in spans if start > since and (until is None or start < until)]
    return max(
        sum(start <= day and (end is None or day < end) for start, end in spans) for day in [since, *starts]
    )
