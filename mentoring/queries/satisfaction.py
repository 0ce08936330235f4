"""Questions about satisfaction: one's own ratings, and figures about many."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mentoring.enums import Side
from mentoring.models import Mentorship, Satisfaction
from mentoring.queries.exposure import ran_in
from mentoring.satisfaction import (
    FAVOURABLE_FROM,
    RaterSums,
    Told,
    matcher_sums,
    ratings_told,
    spread_of,
    sums_of,
    told_of,
)
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.pulse_calendar import GRACE
from tenancy.jobs.periods import previous_quarter, quarter_end, quarter_of
from tenancy.scope import current_organization_id

# A mentor's ratings by quarter and by who gave them.
_Quarters = defaultdict[str, defaultdict[UUID, list[int]]]
_SUMS = (Path(__file__).resolve().parent.parent / "sql" / "satisfaction.sql").read_text()


@dataclass(frozen=True, slots=True)
class IndexQuarter:
    """The satisfaction index of a quarter, mentees and mentors apart; None is not told."""

    quarter: str
    mentees: Told | None
    mentors: Told | None


def last_closed_quarter(on: dt.date) -> str:
    """The newest quarter whose ratings can no longer change."""
    quarter = previous_quarter(quarter_of(on))
    return quarter if quarter_end(quarter) + GRACE < on else previous_quarter(quarter)


def satisfaction_index(*, on: dt.date) -> list[IndexQuarter]:
    """Quarterly mean and favourable share over the whole organisation, the oldest first, in one query: of
    quarters that are closed, each figure about five people at least. There are no figures of parts that could
    be taken away from each other."""
    sums = _sums_by_quarter(until=last_closed_quarter(on))
    spread = {side: spread_of(_added(sums, side)) for side in Side}
    return [
        IndexQuarter(
            quarter,
            told_of(sums.get((quarter, Side.MENTEE), _NOBODY), spread=spread[Side.MENTEE]),
            told_of(sums.get((quarter, Side.MENTOR), _NOBODY), spread=spread[Side.MENTOR]),
        )
        for quarter in sorted({quarter for quarter, _side in sums})
    ]


def told_to_mentor(mentor_id: UUID, *, on: dt.date) -> Told | None:
    """What a mentor is told of the mentees' ratings, in two queries: nothing of fewer than five."""
    until = last_closed_quarter(on)
    rows = Satisfaction.objects.filter(
        side=Side.MENTEE, quarter__lte=until, mentorship__mentor=mentor_id
    ).values_list("quarter", "mentorship__mentee", "overall")
    quarters = _quarters()
    for quarter, mentee, rating in rows:
        quarters[quarter][mentee].append(rating)
    ratings = ratings_told(_in_order(quarters))
    spread = spread_of_ratings(Side.MENTEE, until=until)
    return told_of(sums_of(ratings), spread=spread)


def ratings_for_matcher(*, on: dt.date) -> list[tuple[UUID, int, int]]:
    """Sum and number of what mentees gave in closed quarters, for each mentor of whom enough may be told to
    count in a match. One query."""
    given = Satisfaction.objects.filter(side=Side.MENTEE, quarter__lte=last_closed_quarter(on))
    mentors = given.values("mentorship__mentor").annotate(raters=Count("mentorship__mentee", distinct=True))
    enough = mentors.filter(raters__gte=THRESHOLD_FLOOR).order_by().values("mentorship__mentor")
    rows = given.filter(mentorship__mentor__in=enough).values_list(
        "mentorship__mentor", "quarter", "mentorship__mentee", "overall"
    )
    by_mentor: defaultdict[UUID, _Quarters] = defaultdict(_quarters)
    for mentor, quarter, mentee, rating in rows.order_by():
        by_mentor[mentor][quarter][mentee].append(rating)
    sums = {mentor: matcher_sums(_in_order(quarters)) for mentor, quarters in sorted(by_mentor.items())}
    return [(mentor, total, number) for mentor, (total, number) in sums.items() if number]


def _quarters() -> _Quarters:
    return defaultdict(lambda: defaultdict(list))


def _in_order(quarters: _Quarters) -> list[defaultdict[UUID, list[int]]]:
    return [quarters[quarter] for quarter in sorted(quarters)]


_NOBODY = RaterSums(0, 0.0, 0.0, 0)


def _sums_by_quarter(*, until: str) -> dict[tuple[str, str], RaterSums]:
    asked: dict[str, Any] = {
        "organization": current_organization_id(),
        "until": until,
        "favourable": FAVOURABLE_FROM,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, asked)
        return {(quarter, side): RaterSums(*sums) for quarter, side, *sums in cursor.fetchall()}


def spread_of_ratings(side: Side, *, until: str) -> float:
    """The standard deviation that intervals rest on: of all ratings of a side until a quarter."""
    return spread_of(_added(_sums_by_quarter(until=until), side))


def _added(sums: dict[tuple[str, str], RaterSums], side: Side) -> RaterSums:
    """All quarters of a side together."""
    rows = [each for (_quarter, of), each in sums.items() if of == side]
    return RaterSums(
        sum(each.people for each in rows),
        sum(each.total for each in rows),
        sum(each.squares for each in rows),
        sum(each.favourable for each in rows),
    )


def mentorships_to_rate(person_id: UUID, quarter: str) -> QuerySet[Mentorship]:
    """The mentorships that a person, on either side, may rate for a quarter."""
    sides = Q(mentee=person_id) | Q(mentor=person_id)
    found = Mentorship.objects.filter(ran_in(quarter)).filter(sides).select_related("mentee", "mentor")
    return found.order_by("started_on", "pk")


def unrated(person_id: UUID, quarter: str) -> QuerySet[Mentorship]:
    """Of these the ones that the person has not rated yet."""
    given = Satisfaction.objects.filter(mentorship=OuterRef("pk"), quarter=quarter)
    done = Q(Exists(given.filter(side=Side.MENTEE)), mentee=person_id)
    done |= Q(Exists(given.filter(side=Side.MENTOR)), mentor=person_id)
    return mentorships_to_rate(person_id, quarter).exclude(done)


def own_ratings(person_id: UUID) -> QuerySet[Satisfaction]:
    """What a person rated, newest first."""
    as_mentee = Q(side=Side.MENTEE, mentorship__mentee=person_id)
    as_mentor = Q(side=Side.MENTOR, mentorship__mentor=person_id)
    found = Satisfaction.objects.filter(as_mentee | as_mentor).select_related(
        "mentorship__mentee", "mentorship__mentor"
    )
    return found.order_by("-quarter", "pk")


def people_to_ask(quarter: str) -> set[UUID]:
    """Both sides of the mentorships that ran in a quarter, without those who have rated it. Two queries."""
    pairs = Mentorship.objects.filter(ran_in(quarter)).values_list("pk", "mentee_id", "mentor_id")
    given = set(Satisfaction.objects.filter(quarter=quarter).values_list("mentorship_id", "side"))
    asked = {mentee for pk, mentee, _mentor in pairs if (pk, Side.MENTEE) not in given}
    return asked | {mentor for pk, _mentee, mentor in pairs if (pk, Side.MENTOR) not in given}
