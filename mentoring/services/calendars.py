"""Mentors' calendars: an address that a job reads, or a file that is read once. Only a number is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.availability.busy import CalendarError, read_busy
from mentoring.availability.fetching import fetch_calendar, read_address
from mentoring.availability.half_hours import HORIZON, SLOT, Period
from mentoring.enums import AvailabilitySource
from mentoring.models import MentorProfile
from mentoring.services.hours import ask_for_reading, count_free, lock_own_profile, zone_of
from people.member import Member
from tenancy.models import JobRun
from web.ciphers import opened, sealed

PURPOSE: Final = "mentoring.feed"
# For so long a number counts that could not be counted anew; then nobody relies on it.
FEED_COUNTS_FOR: Final = dt.timedelta(days=14)
FILE_COUNTS_FOR: Final = HORIZON


@transaction.atomic
def save_feed(address: str, *, by: Member) -> JobRun:
    """Have a calendar read from an address, now and each night. Whoever has the address can read it too, so
    it is stored encrypted and told to nobody."""
    profile = lock_own_profile(by=by)
    try:
        read_address(address)
    except CalendarError as error:
        raise ValidationError({"address": str(error.words)}) from error
    profile.feed = sealed(address, purpose=PURPOSE)
    profile.source, profile.problem = AvailabilitySource.FEED, ""
    profile.save(update_fields=["feed", "source", "problem"])
    return ask_for_reading(profile, by=by)


@transaction.atomic
def count_with_file(content: bytes, *, by: Member) -> MentorProfile:
    """Count what a calendar leaves free of the weekly hours, and keep the number alone."""
    own = MentorProfile.objects.filter(person=by.person_id)
    # Not waited for: whoever sends many files at once would keep the threads that serve everybody.
    profile = own.select_for_update(skip_locked=True).first()
    if profile is None:
        raise ValidationError(_("Your profile is being changed just now. Try again in a moment."))
    try:
        busy = busy_of(content, profile)
    except CalendarError as error:
        raise ValidationError({"file": str(error.words)}) from error
    profile.feed, profile.source = "", AvailabilitySource.FILE
    profile.save(update_fields=["feed", "source"])
    count_free(profile, busy)
    return profile


@transaction.atomic
def forget_calendar(*, by: Member) -> MentorProfile:
    """Delete the address, and count by weekly hours alone."""
    profile = lock_own_profile(by=by)
    profile.feed, profile.source = "", AvailabilitySource.WEEKLY
    profile.save(update_fields=["feed", "source"])
    count_free(profile, [])
    return profile


@transaction.atomic
def request_reading(*, by: Member) -> JobRun:
    """Have one's own calendar read now."""
    profile = lock_own_profile(by=by)
    if profile.source != AvailabilitySource.FEED:
        raise ValidationError(_("There is no address of a calendar to read."))
    return ask_for_reading(profile, by=by)


def read_feed(profile_id: UUID, *, fetch: Callable[[str], bytes] = fetch_calendar) -> bool:
    """Read a mentor's calendar and count; False where it cannot be read, and the mentor is told why.

    The profile is locked only after the fetch: meanwhile its mentor can change it, and the address then read
    no longer counts.
    """
    profile = MentorProfile.objects.filter(pk=profile_id, source=AvailabilitySource.FEED).first()
    if profile is None:
        return False
    busy: list[Period] = []
    problem = ""
    try:
        busy = busy_of(fetch(address_of(profile)), profile)
    except CalendarError as error:
        problem = str(error.words)
    with transaction.atomic():
        locked = MentorProfile.objects.select_for_update().get(pk=profile_id)
        if (locked.feed, locked.source) != (profile.feed, profile.source):
            return False
        if problem:
            _note_problem(locked, problem)
        else:
            count_free(locked, busy)
    return not problem


def _note_problem(profile: MentorProfile, problem: str) -> None:
    """The last number counts on for two weeks."""
    profile.problem = problem
    if profile.counted_at is None or profile.counted_at < timezone.now() - FEED_COUNTS_FOR:
        profile.free_slots = 0
    profile.save(update_fields=["problem", "free_slots"])


def close_old_files() -> int:
    """A file tells nothing of the weeks after it was read: what is eight weeks old counts no longer."""
    old = MentorProfile.objects.filter(
        source=AvailabilitySource.FILE, problem="", counted_at__lt=timezone.now() - FILE_COUNTS_FOR
    )
    return old.update(free_slots=0, problem=_("Your calendar file is eight weeks old. Upload a new one."))


def busy_of(content: bytes, profile: MentorProfile) -> list[Period]:
    """When a calendar says busy in the weeks that are counted."""
    now = timezone.now()
    return read_busy(content, begin=now, end=now + HORIZON + SLOT, zone=str(zone_of(profile)))


def address_of(profile: MentorProfile) -> str:
    """The address of a mentor's calendar; "" where there is none."""
    return opened(profile.feed, purpose=PURPOSE) if profile.feed else ""


def masked_address(profile: MentorProfile) -> str:
    """Enough for its mentor to know the address again, and of no use to anybody else."""
    address = address_of(profile)
    return f"https://{read_address(address).host}/…" if address else ""
