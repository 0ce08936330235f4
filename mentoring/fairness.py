"""The fairness report: who has had a chair sponsor, by what mentees say of themselves. An aggregate after the
fact; nothing of it reaches a matching."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db import connection
from django.utils.translation import gettext as _

MANY = 10  # people; of fewer a share stays further from its ends


@dataclass(frozen=True, slots=True)
class Group:
    """One group, or several told together. `people`: at least so many; `share`: percent in steps of ten."""

    names: str
    people: int
    share: int

    @property
    def words(self) -> str:
        least = 10 if self.people >= MANY else 20
        if self.share <= least:
            return _("%(share)d %% or fewer") % {"share": least}
        if self.share >= 100 - least:
            return _("%(share)d %% or more") % {"share": 100 - least}
        return _("about %(share)d %%") % {"share": self.share}


def chair_sponsors_by_group(*, on: dt.date) -> dict[str, list[Group]]:
    """Of each aspect ("gender", "ethnicity") its groups; none where too few said anything. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mentoring_chair_sponsors_by_group(%s)", [on])
        rows = cursor.fetchall()
    return {
        aspect: [Group(names_of(said), people, share) for _aspect, said, people, share in of_aspect]
        for aspect, of_aspect in groupby(rows, key=lambda row: row[0])
    }


def names_of(said: list[str]) -> str:
    """The groups told together; those of fewer than five come without what they said."""
    return ", ".join([*filter(None, said), *([_("others")] if "" in said else [])])
