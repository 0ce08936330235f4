"""The days of the clinic in the calendar that shows somebody's sessions: reviews, case conferences, what they
have to do by a day. Which day and of what kind, nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.session_calendar import Entry, adds_to_calendar
from people.queries import member_for
from sponsors.queries.calendar import actions_for_calendar, conferences_for_calendar, reviews_for_calendar


@adds_to_calendar
def clinic_days(person_id: UUID, slug: str) -> Iterator[Entry]:
    """As leader, sponsor, immediate leader and specialist of today. Four queries."""
    today = timezone.localdate()
    member = member_for(person_id, on=today)
    if member is None:
        return
    for review in reviews_for_calendar(member):
        page = reverse("sponsors:review", args=[slug, review.leader_id, review.pk])
        yield _whole_day(review.pk, _("Review of a regimen"), review.due_on, page, review.revision)
    for conference in conferences_for_calendar(member, on=today):
        page = reverse("sponsors:conference", args=[slug, conference.leader_id, conference.pk])
        yield _whole_day(conference.pk, _("Case conference"), conference.held_on, page)
    for action in actions_for_calendar(member, on=today):
        page = reverse("sponsors:action_progress", args=[slug, action.leader_id, action.pk])
        title = _("An action of a regimen is due")
        yield _whole_day(action.pk, title, action.due_on, page, action.revision)


def _whole_day(key: UUID, title: str, day: dt.date, page: str, revision: int = 1) -> Entry:
    """When it was changed is not on record: calendars go by how often."""
    after = day + dt.timedelta(days=1)
    return Entry(key, title, day, after, timezone.now(), revision - 1, is_cancelled=False, page=page)
