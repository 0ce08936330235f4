"""The one question that mentoring asks of what people say of themselves."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.db import connection
from django.utils.translation import gettext as _

from mentoring.enums import Side
from mentoring.fairness import Group
from mentoring.queries.satisfaction import last_closed_quarter, spread_of_ratings

ASKED = (
    "SELECT aspect, groups, people, share, raters, satisfaction, waiting, median, low, high "
    "FROM mentoring_fairness(%s, %s)"
)


def outcomes_by_group(*, on: dt.date) -> dict[str, list[Group]]:
    """Of each aspect ("gender", "ethnicity") its groups; none where too few said anything. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [on, last_closed_quarter(on)])
        rows = cursor.fetchall()
    return {
        aspect: [Group(names_of(said), *figures) for _aspect, said, *figures in of_aspect]
        for aspect, of_aspect in groupby(rows, key=lambda row: row[0])
    }


def spread_of_mentees(*, on: dt.date) -> float:
    """The standard deviation on which intervals of their satisfaction rest: of the whole organisation."""
    return spread_of_ratings(Side.MENTEE, until=last_closed_quarter(on))


def names_of(said: list[str]) -> str:
    """The groups told together; those of fewer than five come without what they said."""
    return ", ".join([*filter(None, said), *([_("others")] if "" in said else [])])
