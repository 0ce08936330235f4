"""What succession adds to the calendar that shows somebody's sessions: ends of terms and the rungs of the
ladder before them (their own, and for HR admins all), and interviews of selections. By title, as everybody
sees them in the directory; nobody's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.queries.calendar_feed import REACHES_BACK
from mentoring.session_calendar import Entry, adds_to_calendar
from people.enums import Role
from people.models import Appointment
from people.queries import member_for
from people.terms import months_later
from succession.ladder import ladder
from succession.queries.selections import interviews_with
from succession.queries.terms import terms_in_force
from web.addresses import address

AHEAD: Final = 24  # months; what comes later moves before it comes


@adds_to_calendar
def term_days(person_id: UUID, slug: str) -> Iterator[Entry]:
    """Whole days of the last three months and the next two years. Two queries."""
    today = timezone.localdate()
    member = member_for(person_id, on=today)
    if member is None:
        return
    is_hr = member.has(Role.HR_ADMIN)
    first, last = today - REACHES_BACK, months_later(today, AHEAD)
    for appointment, term_ends in terms_in_force(today, person_id=None if is_hr else person_id):
        page = (
            address("succession:position", slug, appointment.position_id)
            if is_hr
            else address("succession:mine", slug)
        )
        for key, title, day in days_of(appointment, term_ends):
            if first <= day <= last:
                after = day + dt.timedelta(days=1)
                yield Entry(key, title, day, after, timezone.now(), 0, is_cancelled=False, page=page)


@adds_to_calendar
def interview_times(person_id: UUID, slug: str) -> Iterator[Entry]:
    """Interviews of both sides. One query."""
    since = timezone.now() - REACHES_BACK
    for each in interviews_with(person_id).filter(offered_for__gte=since):
        own, starts = each.person_id == person_id, each.offered_for
        assert starts is not None  # noqa: S101 - the query's filter
        yield Entry(
            id=each.pk,
            title=_("Interview: %(position)s") % {"position": each.selection.position.title},
            starts_at=starts,
            ends_at=starts + dt.timedelta(minutes=each.minutes),
            changed_at=timezone.now(),
            sequence=0,
            is_cancelled=each.declined or not (each.selection.is_running or each.was_held),
            page=address("succession:selection" if own else "succession:interviews", slug, each.selection_id),
        )


def days_of(appointment: Appointment, term_ends: dt.date) -> Iterator[tuple[UUID, str, dt.date]]:
    """The rungs of a term and its end, each with an id that stays."""
    said = {"position": appointment.position.title}
    for rung, day in ladder(term_ends):
        words = {**said, "months": rung.value, "task": rung.label}
        title = _("%(task)s: the term of %(position)s ends in %(months)d months") % words
        yield uuid5(appointment.pk, str(rung.value)), title, day
    yield appointment.pk, _("A term ends: %(position)s") % said, term_ends
