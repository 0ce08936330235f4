"""What mentoring is worth, and who forgot to log it."""

from __future__ import annotations

import datetime as dt

from clinicleader.demo.staff import Staff
from mentoring.exposure.calendar import reminder_days
from mentoring.models import CreditRule, ExposureReminder
from mentoring.queries.exposure import mentors_without_log
from mentoring.services.exposure import open_reviews
from surveys.pulse_calendar import GRACE
from tenancy.jobs.periods import previous_quarter, quarter_end, quarter_of


def fill_recognition(staff: Staff, today: dt.date) -> None:
    """Credit as the playbook probably means it; the last quarter's missing logs."""
    CreditRule.objects.create(
        version=1,
        from_year=today.year - 1,
        percent_fte=5,
        points=10,
        reason="Agreed with the faculty for a trial of two years",
        changed_by_id=staff.part("hr_admin").id,
    )
    _miss_logs(previous_quarter(quarter_of(today)))


def _miss_logs(quarter: str) -> None:
    """Who logged nothing in the last quarter was reminded three times, and is on the director's list."""
    opened = quarter_end(quarter) + GRACE + dt.timedelta(days=1)
    silent = list(mentors_without_log(quarter, on=opened))
    ExposureReminder.objects.bulk_create(
        ExposureReminder(mentor=mentor, quarter=quarter, name=name, sent_on=day)
        for mentor in silent
        for name, day in reminder_days(quarter).items()
    )
    open_reviews(quarter, on=opened)
