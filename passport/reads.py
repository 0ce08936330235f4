"""The record of who looked. Every page, file and answer that shows facts of somebody's Passport or score to
somebody else leaves a row here, rooms above included; the holder reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from passport.enums import ReadOf
from people.member import Member

_RECORD = """
INSERT INTO passport_passportread (id, organization_id, person_id, reader_id, what, at)
SELECT gen_random_uuid(), tenancy_organization(), seen.person_id, %(reader)s, %(what)s, now()
FROM (SELECT DISTINCT unnest(%(people)s::uuid[]) AS person_id) seen
WHERE seen.person_id <> %(reader)s
  AND NOT (%(once_a_day)s AND EXISTS (
      SELECT FROM passport_passportread r
      WHERE r.organization_id = (SELECT tenancy_organization()) AND r.person_id = seen.person_id
        AND r.reader_id = %(reader)s AND r.what = %(what)s AND r.at >= %(today)s))
"""


def record_reads(person_ids: Iterable[UUID], what: ReadOf, *, by: Member) -> None:
    """Tell people that somebody else saw facts about them, in one statement however many they are.

    Looking at one's own is nobody's business. A list counts once a day: sorting it is not looking again.
    """
    people = list(person_ids)
    if not people:
        return
    parameters: dict[str, Any] = {
        "people": people,
        "reader": by.person_id,
        "what": what,
        "once_a_day": what == ReadOf.LIST,
        "today": timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, parameters)
