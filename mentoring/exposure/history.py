"""A mentor's earlier quarters: what was logged in each, and how a missing log ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from mentoring.enums import ReviewEnd
from mentoring.models import ExposureReview
from mentoring.queries.exposure import exposures_given_by, mentorships_owing
from tenancy.jobs.periods import last_quarters, quarter_label, quarter_of, quarter_start

QUARTERS = 6


@dataclass(frozen=True, slots=True)
class PastQuarter:
    """`owed`: whether a log was asked for. `end`: how the review of a missing one ended, empty without."""

    label: str
    owed: bool
    logged: int
    end: str = ""


def history_of(mentor_id: UUID, *, before: str) -> list[PastQuarter]:
    """The six quarters before one, newest first, from the first that was asked for. Eight queries."""
    quarters = last_quarters(before, QUARTERS + 1)[1:]
    days = exposures_given_by(mentor_id).filter(
        day__gte=quarter_start(quarters[-1]), day__lt=quarter_start(before)
    )
    logged = Counter(quarter_of(day) for day in days.values_list("day", flat=True))
    reviews = dict(
        ExposureReview.objects.filter(mentor=mentor_id, quarter__in=quarters).values_list("quarter", "end")
    )
    owed = {each for each in quarters if mentorships_owing(each).filter(mentor=mentor_id).exists()}
    return [
        PastQuarter(
            quarter_label(each),
            each in owed,
            logged[each],
            str(ReviewEnd(reviews[each]).label) if reviews.get(each) else "",
        )
        for each in quarters
        if each in owed or logged[each]
    ]
