"""The exposure log: logging, reminding, and what follows when nothing was logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import ExposureKind, ReminderName, ReviewEnd
from mentoring.exposure.calendar import due_reminder, first_day_to_log, is_open
from mentoring.models import Exposure, ExposureReminder, ExposureReview
from mentoring.notices import exposure as notices
from mentoring.permissions import EXPOSURE_IS_FOLLOWED_BY, can_follow_exposure
from mentoring.queries.exposure import directors_for, in_quarter, mentors_without_log, mentorships_to_log
from people.access import demand
from people.member import Member
from people.notices import notify
from surveys.pulse_calendar import open_quarters
from tenancy.jobs import post_many
from tenancy.jobs.periods import quarter_of

REMINDER_TOPIC = "mentoring.exposure_reminder"


def log_exposure(
    kind: ExposureKind, *, day: dt.date, text: str = "", mentorship_ids: Collection[UUID] | None, by: Member
) -> int:
    """Log what a mentor gave their mentees a look at, and close the review that waited for it; returns for
    how many mentees. Logging the same again changes nothing. None for `mentorship_ids` means all that run.

    Raises ValidationError for a day that has not come or is too long ago, and for nobody to log it for.
    """
    today = timezone.localdate()
    if not first_day_to_log(today) <= day <= today:
        raise ValidationError({"day": _("Choose a day of the last five quarters, today at the latest.")})
    if kind == ExposureKind.OTHER and not text.strip():
        raise ValidationError({"text": _("Say what it was.")})
    possible = mentorships_to_log(by.person_id, since=day).filter(started_on__lte=day)
    if mentorship_ids is not None:
        possible = possible.filter(pk__in=mentorship_ids)
    chosen = list(possible.values_list("pk", flat=True))
    if not chosen:
        raise ValidationError(_("On that day you mentored none of them. Choose somebody or another day."))
    with transaction.atomic():
        Exposure.objects.bulk_create(
            [
                Exposure(mentorship_id=pk, day=day, kind=kind, text=text.strip(), logged_by_id=by.person_id)
                for pk in chosen
            ],
            ignore_conflicts=True,
        )
        close_answered_reviews(mentor_id=by.person_id)
    return len(chosen)


def remove_exposure(exposure: Exposure, *, by: Member) -> None:
    """Take back what was logged by mistake, while the quarter is open: later it has been counted."""
    demand(exposure.mentorship.mentor_id == by.person_id, _("A log is corrected by its mentor."))
    if not is_open(quarter_of(exposure.day), timezone.localdate()):
        raise ValidationError(_("This quarter is closed. What was logged in it stays."))
    exposure.delete()


def remind_mentors(*, on: dt.date) -> int:
    """Remind every mentor who has logged nothing of a quarter that is open, here and by mail; each reminder
    once, however often this runs. Returns how many were reminded."""
    due = [(each.quarter, due_reminder(each.quarter, on)) for each in open_quarters(on)]
    return sum(_remind(quarter, name, on=on) for quarter, name in due if name)


def _remind(quarter: str, name: ReminderName, *, on: dt.date) -> int:
    told = ExposureReminder.objects.filter(quarter=quarter, name=name).values("mentor")
    mentors = list(mentors_without_log(quarter, on=on).exclude(pk__in=told).values_list("pk", "email"))
    ExposureReminder.objects.bulk_create(
        [ExposureReminder(mentor_id=pk, quarter=quarter, name=name, sent_on=on) for pk, _email in mentors],
        batch_size=1000,
    )
    notify([pk for pk, _email in mentors], notices.log_wanted(quarter))
    post_many(REMINDER_TOPIC, [(pk, {"quarter": quarter}) for pk, email in mentors if email])
    return len(mentors)


def open_reviews(quarter: str, *, on: dt.date) -> int:
    """After the days of grace: a review for every mentor who has logged nothing, and word to the directors.
    Once a mentor and quarter, however often this runs. Returns how many were opened."""
    known = ExposureReview.objects.filter(quarter=quarter).values("mentor")
    missing = list(mentors_without_log(quarter, on=on).exclude(pk__in=known).values_list("pk", flat=True))
    ExposureReview.objects.bulk_create(
        [ExposureReview(mentor_id=pk, quarter=quarter, opened_on=on) for pk in missing], batch_size=1000
    )
    if missing:
        notify(directors_for(missing, on=on), notices.logs_missing(quarter))
    return len(missing)


def close_answered_reviews(*, mentor_id: UUID | None = None) -> int:
    """Close the reviews whose log has arrived; one mentor's, or all."""
    waiting = ExposureReview.objects.filter(closed_on=None)
    if mentor_id is not None:
        waiting = waiting.filter(mentor=mentor_id)
    today, closed = timezone.localdate(), 0
    for quarter in set(waiting.values_list("quarter", flat=True)):
        logged = Exposure.objects.filter(in_quarter(quarter)).values("mentorship__mentor")
        arrived = waiting.filter(quarter=quarter, mentor__in=logged)
        closed += arrived.update(closed_on=today, end=ReviewEnd.LOGGED)
    return closed


def close_review(review: ExposureReview, *, end: ReviewEnd, note: str, by: Member) -> None:
    """Say why there is no log. The review is one that the member may see; `note` adds to the reason."""
    demand(can_follow_exposure(by), EXPOSURE_IS_FOLLOWED_BY)
    demand(review.mentor_id != by.person_id, _("Nobody closes the review of their own log."))
    if end == ReviewEnd.LOGGED:
        raise ValidationError({"end": _("A log that arrives closes the review by itself.")})
    with transaction.atomic():
        locked = ExposureReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if not locked.is_open:
            raise ValidationError(_("It was closed meanwhile."))
        locked.closed_on, locked.end, locked.note = timezone.localdate(), end, note.strip()
        locked.closed_by_id = by.person_id
        locked.save(update_fields=["closed_on", "end", "note", "closed_by"])
