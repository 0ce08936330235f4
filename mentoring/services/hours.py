"""When a mentor can be met, counted at once where no calendar has to be read for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.availability.half_hours import Hours, Period, free_half_hours, overlap, too_short
from mentoring.enums import AvailabilitySource
from mentoring.models import MentorProfile, WeeklyHours
from people.member import Member
from tenancy.jobs import request_run
from tenancy.models import JobRun

READING: Final = "mentoring.calendar"


def faults_in(week: Iterable[Hours]) -> list[dict[str, str]]:
    """What is wrong with each row of a week, by its field: it is too short, or overlaps with one before."""
    faults: list[dict[str, str]] = []
    seen: list[Hours] = []
    for row in week:
        fault = {}
        if too_short(row):
            fault["ends"] = _("At least half an hour after the beginning.")
        elif any(overlap(row, other) for other in seen):
            fault["starts"] = _("Overlaps with another row.")
        faults.append(fault)
        seen.append(row)
    return faults


@transaction.atomic
def save_hours(hours: Sequence[Hours], *, time_zone: str, by: Member) -> MentorProfile:
    """Be met in these hours of the week and no others. `time_zone`: empty for the organisation's.

    A calendar that came as a file is not kept, so it no longer counts; the address of one is read again.
    """
    profile = lock_own_profile(by=by)
    rows = WeeklyHours.objects.filter(mentor=profile)
    wanted, known = set(hours), {Hours(row.weekday, row.starts, row.ends): row.pk for row in rows}
    rows.exclude(pk__in=[pk for each, pk in known.items() if each in wanted]).delete()
    WeeklyHours.objects.bulk_create(
        [
            WeeklyHours(mentor=profile, weekday=each.weekday, starts=each.starts, ends=each.ends)
            for each in sorted(wanted - known.keys())
        ]
    )
    profile.time_zone = time_zone
    if profile.source == AvailabilitySource.FILE:
        profile.source = AvailabilitySource.WEEKLY
    profile.save(update_fields=["time_zone", "source"])
    if profile.source == AvailabilitySource.WEEKLY:
        count_free(profile, [])
    else:
        ask_for_reading(profile, by=by)
    return profile


def ask_for_reading(profile: MentorProfile, *, by: Member) -> JobRun:
    """Have a mentor's calendar read by the job. Asking twice within a minute is asking once."""
    return request_run(READING, f"{profile.pk} {timezone.now():%Y-%m-%d %H:%M}", by=by.person_id)


def count_free(profile: MentorProfile, busy: Iterable[Period]) -> None:
    """Store how many half-hours are left of the weekly hours, and that nothing is wrong."""
    now = timezone.now()
    profile.free_slots = free_half_hours(hours_of(profile), busy, zone=zone_of(profile), now=now)
    profile.counted_at, profile.problem = now, ""
    profile.save(update_fields=["free_slots", "counted_at", "problem"])


def hours_of(profile: MentorProfile) -> list[Hours]:
    return [Hours(row.weekday, row.starts, row.ends) for row in profile.weekly_hours.all()]


def zone_of(profile: MentorProfile) -> dt.tzinfo:
    """The mentor's time zone, or the organisation's, which requests and jobs run in."""
    return ZoneInfo(profile.time_zone) if profile.time_zone else timezone.get_current_timezone()


def lock_own_profile(*, by: Member) -> MentorProfile:
    """One's own profile, which nobody else changes until the transaction ends."""
    profile = MentorProfile.objects.select_for_update().filter(person=by.person_id).first()
    if profile is None:
        raise ValidationError(_("First say what you offer as a mentor."))
    return profile


def recount_weekly() -> int:
    """Count anew for mentors with weekly hours alone: the eight weeks have moved on. Returns for how many the
    number is another one; the others are not written, and leave no row in the audit trail each night."""
    now = timezone.now()
    profiles = list(
        MentorProfile.objects.select_for_update(skip_locked=True)
        .filter(source=AvailabilitySource.WEEKLY)
        .prefetch_related("weekly_hours")
    )
    changed = []
    for profile in profiles:
        free = free_half_hours(hours_of(profile), [], zone=zone_of(profile), now=now)
        if free != profile.free_slots:
            profile.free_slots, profile.counted_at = free, now
            changed.append(profile)
    return MentorProfile.objects.bulk_update(changed, ["free_slots", "counted_at"], batch_size=500)
