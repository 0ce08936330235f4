"""A file of people may end anybody's employment, but not that of all who administer the organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import timezone

from people.imports.entities import PLANNED, rows_of
from people.provision import provision
from people.role_queries import last_days_of_admins
from tenancy.copy import SQL, Identifier
from web.tables_in import Fault

LAST_ADMIN = (
    "Nobody would be left who can administer the organisation. Expected an empty cell, or give the role of "
    "organisation admin to somebody who stays and can sign in."
)


def last_admin_faults(columns: Mapping[str, str]) -> Iterator[Fault]:
    """The rows that together take the last admins away, by the rule of `people.provision`."""
    today, before = timezone.localdate(), last_days_of_admins()
    planned = rows_of(
        SQL("SELECT id, row_number, end_date FROM {} WHERE id = ANY (%s::uuid[]) ORDER BY row_number").format(
            Identifier(PLANNED)
        ),
        [list(before)],
    )
    after = before | {person_id: end for person_id, _row, end in planned}
    if provision(after.values(), on=today) >= provision(before.values(), on=today):
        return
    for person_id, row, end in planned:
        if provision([end], on=today) < provision([before[person_id]], on=today):
            yield Fault(LAST_ADMIN, row, columns.get("end_date", ""), str(end))
