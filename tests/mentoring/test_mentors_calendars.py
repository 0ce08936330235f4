"""A mentor's calendar: given by address or file, read by the job, taken back; nothing of it is kept."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.availability.busy import MOST_BYTES, CalendarError
from mentoring.availability.fetching import PRIVATE
from mentoring.enums import AvailabilitySource
from mentoring.models import MentorProfile
from mentoring.services.calendars import (
    close_old_files,
    count_with_file,
    forget_calendar,
    read_feed,
    request_reading,
    save_feed,
)
from mentoring.services.hours import READING
from mentoring.tasks import count_availability, feeds_to_read, nights_that_count, read_calendar
from people.member import Member
from people.models import Person
from people.queries import member_for
from tenancy.jobs.ledger import work_all_steps
from tenancy.models import AuditEntry, JobRun, JobStep
from tenancy.scope import tenant_scope
from tests.factories.mentoring import make_profile, make_weekly_hours
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SECRET = "https://127.0.0.1/private-0123456789abcdef/basic.ics"


@pytest.fixture
def mara(mercy: World) -> Member:
    """Mara can be met on Mondays from nine to ten: sixteen half-hours in eight weeks."""
    make_weekly_hours(make_profile(mercy.mara))
    with tenant_scope(mercy.organization.pk):
        found = member_for(mercy.mara.pk, on=timezone.localdate())
    assert found is not None
    return found


def busy_mondays() -> bytes:
    """Busy each Monday from nine for half an hour, since long ago."""
    nine = dt.datetime(2020, 1, 6, 9, tzinfo=timezone.get_current_timezone()).astimezone(dt.UTC)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VEVENT", "UID:1", "SUMMARY:Tumour board"),
        *(f"DTSTART:{nine:%Y%m%dT%H%M%SZ}", "DURATION:PT30M", "RRULE:FREQ=WEEKLY"),
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
    return "\r\n".join(lines).encode()


def stored() -> MentorProfile:
    return MentorProfile.objects.get()


def refuse(_address: str) -> bytes:
    raise CalendarError(PRIVATE)


@pytest.mark.usefixtures("in_mercy")
def test_an_address_is_stored_encrypted_and_read_by_the_job(mara: Member) -> None:
    run = save_feed(SECRET, by=mara)
    profile = stored()
    assert profile.source == AvailabilitySource.FEED
    assert "private" not in profile.feed
    assert (run.job, run.requested_by_id) == (READING, mara.person_id)
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return busy_mondays()

    assert read_feed(profile.pk, fetch=fetch)
    assert asked == [SECRET]
    assert (stored().free_slots, stored().problem) == (8, "")


@pytest.mark.usefixtures("in_mercy")
def test_an_address_leaves_no_trace_in_audit_jobs_or_logs(
    mara: Member, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        run = save_feed(SECRET, by=mara)
        assert read_calendar(run.period, str(stored().pk)) == {"read": False}
    told = [str(entry) for entry in AuditEntry.objects.filter(table_name="mentoring_mentorprofile").values()]
    assert told
    for text in (*told, caplog.text, run.period, stored().problem):
        assert "0123456789abcdef" not in text
        assert stored().feed not in text


@pytest.mark.usefixtures("in_mercy")
def test_the_job_says_why_a_private_address_is_not_read(mercy: World, mara: Member) -> None:
    save_feed(SECRET, by=mara)
    work_all_steps(mercy.organization.pk)
    assert stored().problem == "The address leads to a private network."
    assert set(JobStep.objects.filter(run__job=READING).values_list("state", flat=True)) == {"done"}


@pytest.mark.usefixtures("in_mercy")
def test_a_number_counts_for_two_weeks_without_a_new_one(mara: Member) -> None:
    save_feed(SECRET, by=mara)
    now = timezone.now()
    MentorProfile.objects.update(free_slots=5, counted_at=now - dt.timedelta(days=13))
    assert not read_feed(stored().pk, fetch=refuse)
    assert stored().free_slots == 5
    MentorProfile.objects.update(counted_at=now - dt.timedelta(days=15))
    read_feed(stored().pk, fetch=refuse)
    assert stored().free_slots == 0


@pytest.mark.usefixtures("in_mercy")
def test_what_is_changed_during_the_fetch_wins(mara: Member) -> None:
    save_feed(SECRET, by=mara)

    def change_meanwhile(_address: str) -> bytes:
        forget_calendar(by=mara)
        return busy_mondays()

    assert not read_feed(stored().pk, fetch=change_meanwhile)
    assert (stored().source, stored().free_slots, stored().feed) == (AvailabilitySource.WEEKLY, 16, "")
    assert not read_feed(stored().pk, fetch=refuse)
    assert stored().problem == ""


@pytest.mark.usefixtures("in_mercy")
def test_a_file_is_counted_at_once_and_nothing_of_it_is_kept(mara: Member) -> None:
    save_feed(SECRET, by=mara)
    profile = count_with_file(busy_mondays(), by=mara)
    assert (profile.free_slots, profile.source, profile.feed) == (8, AvailabilitySource.FILE, "")
    assert all("Tumour" not in str(value) for value in vars(stored()).values())
    with pytest.raises(ValidationError, match="not a calendar"):
        count_with_file(b"a photo", by=mara)
    assert stored().free_slots == 8


@pytest.mark.usefixtures("in_mercy")
def test_a_file_of_eight_weeks_ago_counts_no_longer(mara: Member) -> None:
    count_with_file(busy_mondays(), by=mara)
    assert close_old_files() == 0
    MentorProfile.objects.update(counted_at=timezone.now() - dt.timedelta(weeks=8, minutes=1))
    assert count_availability("2026-11-22", "all") == {"changed": 0, "closed": 1}
    assert (stored().free_slots, "Upload a new one" in stored().problem) == (0, True)
    assert close_old_files() == 0


@pytest.mark.usefixtures("in_mercy")
def test_asking_twice_within_a_minute_is_asking_once(mara: Member) -> None:
    with pytest.raises(ValidationError, match="no address"):
        request_reading(by=mara)
    moment = timezone.now().replace(second=30)
    save_feed(SECRET, by=mara)
    asked = {request_reading(by=mara).pk for _each in range(3)}
    assert len(asked) <= 2  # two when the minute ends just now
    assert JobRun.objects.filter(job=READING, created_at__gte=moment - dt.timedelta(minutes=1)).count() <= 2


@pytest.mark.usefixtures("in_mercy")
@pytest.mark.parametrize(
    "address", ["http://calendar.example/a.ics", "calendar", "https://me:pw@calendar.example/"]
)
def test_what_is_no_address_is_refused_beside_the_field(mara: Member, address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        save_feed(address, by=mara)
    assert set(refused.value.message_dict) == {"address"}
    assert stored().source == AvailabilitySource.WEEKLY


@pytest.mark.usefixtures("in_mercy")
def test_each_night_reads_the_calendars_of_mentors_who_offer_and_no_night_long_past(
    mercy: World, mara: Member
) -> None:
    save_feed(SECRET, by=mara)
    make_profile(mercy.eli, source=AvailabilitySource.FEED, offering=False)
    make_profile(mercy.colin)
    night = timezone.localdate() - dt.timedelta(days=1)
    assert feeds_to_read(night.isoformat()) == [str(MentorProfile.objects.get(person=mara.person_id).pk)]
    long_past = (night - dt.timedelta(days=2)).isoformat()
    assert (feeds_to_read(long_past), nights_that_count(long_past)) == ([], [])
    assert nights_that_count(night.isoformat()) == ["all"]


def test_the_page_takes_an_address_and_shows_it_masked(mercy: World, mara: Member, sign_in: SignIn) -> None:
    client = sign_in(mercy.mara)
    url = reverse("mentoring:feed", args=[mercy.slug])
    posted = {"address": "webcal://calendar.example/private-0123456789abcdef/basic.ics"}
    page = client.post(url, posted, follow=True).content.decode()
    assert "https://calendar.example/…" in page
    assert "0123456789abcdef" not in page
    read = client.post(reverse("mentoring:calendar_read", args=[mercy.slug]), follow=True)
    assert "is read in the next minutes" in read.content.decode()
    removed = client.post(
        reverse("mentoring:calendar_remove", args=[mercy.slug]), follow=True
    ).content.decode()
    assert "Free half-hours: 16." in removed
    assert "calendar.example" not in removed
    refused = client.post(url, {"address": "http://calendar.example/"})
    assert (refused.status_code, "begins with https:// or webcal://." in refused.content.decode()) == (
        422,
        True,
    )
    with tenant_scope(mercy.organization.pk):
        assert stored().feed == ""


def test_nobody_else_sees_the_calendar(mercy: World, mara: Member, sign_in: SignIn) -> None:
    sign_in(mercy.mara).post(
        reverse("mentoring:feed", args=[mercy.slug]), {"address": "https://calendar.example/a.ics"}
    )
    for person in (mercy.henry, mercy.paula, mercy.olga):
        client = sign_in(person)
        page = client.get(reverse("mentoring:mentors", args=[mercy.slug])).content.decode()
        assert "Mara Mercy" in page
        assert "calendar.example" not in page
        assert client.post(reverse("mentoring:calendar_remove", args=[mercy.slug])).status_code == 404


def test_the_page_counts_by_a_file_and_refuses_a_bad_one(mercy: World, mara: Member, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.mara), reverse("mentoring:calendar_file", args=[mercy.slug])

    def upload(content: bytes) -> tuple[int, str]:
        answer = client.post(url, {"file": SimpleUploadedFile("mine.ics", content)}, follow=True)
        return answer.status_code, answer.content.decode()

    status, page = upload(busy_mondays())
    assert (status, "Read. Free half-hours: 8." in page) == (200, True)
    status, page = upload(b"a photo")
    assert (status, "not a calendar" in page) == (422, True)
    status, page = upload(b"x" * (MOST_BYTES + 1))
    assert (status, "more than 2 MB" in page) == (422, True)
    status, page = upload(b"x" * 2 * (MOST_BYTES + 1))
    assert status == 413
    status, page = upload(b"")
    assert (status, "empty" in page) == (422, True)


def test_a_problem_is_told_on_the_page(mercy: World, mara: Member, sign_in: SignIn) -> None:
    with tenant_scope(mercy.organization.pk):
        MentorProfile.objects.update(problem="The address leads to a private network.", source="feed")
    page = sign_in(mercy.mara).get(reverse("mentoring:hours", args=[mercy.slug])).content.decode()
    assert "The address leads to a private network." in page
