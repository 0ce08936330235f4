"""A mentor's week: saved row by row, counted at once and each night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.availability.half_hours import Hours
from mentoring.enums import AvailabilitySource
from mentoring.forms.profiles import ZoneForm, time_zones
from mentoring.models import MentorProfile, WeeklyHours
from mentoring.services.hours import READING, save_hours
from mentoring.tasks import count_availability
from people.member import Member
from people.models import Person
from people.queries import member_for
from tenancy.models import JobRun
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.mentoring import make_profile, make_weekly_hours
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
MONDAY = Hours(0, dt.time(9), dt.time(10))
FRIDAY = Hours(4, dt.time(14), dt.time(14, 30))


@pytest.fixture
def mara(mercy: World) -> Member:
    with tenant_scope(mercy.organization.pk):
        found = member_for(mercy.mara.pk, on=timezone.localdate())
    assert found is not None
    return found


def week(*rows: tuple[object, ...], initial: int = 0, time_zone: str = "") -> dict[str, Any]:
    """What a browser posts: day, from, to, and perhaps that the row goes."""
    posted: dict[str, Any] = {
        "week-TOTAL_FORMS": len(rows),
        "week-INITIAL_FORMS": initial,
        "time_zone": time_zone,
    }
    for place, row in enumerate(rows):
        for name, value in zip(("weekday", "starts", "ends", "DELETE"), row, strict=False):
            posted[f"week-{place}-{name}"] = value
    return posted


def rows(world: World) -> list[tuple[int, str, str]]:
    with tenant_scope(world.organization.pk):
        return [
            (row.weekday, f"{row.starts:%H:%M}", f"{row.ends:%H:%M}") for row in WeeklyHours.objects.all()
        ]


@pytest.mark.usefixtures("in_mercy")
def test_saving_counts_at_once_and_keeps_rows_that_stay(mercy: World, mara: Member) -> None:
    make_profile(mercy.mara, problem="An old one.")
    saved = save_hours([MONDAY, FRIDAY], time_zone="", by=mara)
    assert saved.free_slots == 24
    kept = WeeklyHours.objects.get(weekday=4)
    saved = save_hours([FRIDAY], time_zone="Asia/Tokyo", by=mara)
    stored = MentorProfile.objects.get()
    assert (stored.free_slots, stored.time_zone, stored.problem) == (8, "Asia/Tokyo", "")
    assert stored.counted_at is not None
    assert WeeklyHours.objects.get() == kept
    assert save_hours([], time_zone="", by=mara).free_slots == 0


@pytest.mark.usefixtures("in_mercy")
def test_hours_need_a_profile(mara: Member) -> None:
    with pytest.raises(ValidationError, match="First say what you offer"):
        save_hours([MONDAY], time_zone="", by=mara)


@pytest.mark.usefixtures("in_mercy")
def test_a_file_no_longer_counts_when_hours_change_and_a_feed_waits_to_be_read(
    mercy: World, mara: Member
) -> None:
    make_profile(mercy.mara, source=AvailabilitySource.FILE, free_slots=3)
    saved = save_hours([MONDAY], time_zone="", by=mara)
    assert (saved.source, saved.free_slots) == (AvailabilitySource.WEEKLY, 16)
    MentorProfile.objects.update(source=AvailabilitySource.FEED, free_slots=3)
    saved = save_hours([FRIDAY], time_zone="", by=mara)
    assert (saved.source, saved.free_slots) == (AvailabilitySource.FEED, 3)
    assert JobRun.objects.get(job=READING).period.startswith(str(saved.pk))


@pytest.mark.usefixtures("in_mercy")
def test_each_night_weekly_hours_are_counted_anew(mercy: World) -> None:
    for person in (mercy.mara, mercy.colin):
        make_weekly_hours(make_profile(person, free_slots=99))
    make_weekly_hours(make_profile(mercy.eli, free_slots=99, source=AvailabilitySource.FEED))
    assert count_availability("2026-11-22", "all") == {"changed": 2, "closed": 0}
    assert sorted(MentorProfile.objects.values_list("free_slots", flat=True)) == [16, 16, 99]
    assert count_availability("2026-11-23", "all") == {"changed": 0, "closed": 0}


def test_the_page_adds_and_removes_rows_without_scripts(mercy: World, sign_in: SignIn) -> None:
    make_profile(mercy.mara)
    client, url = sign_in(mercy.mara), reverse("mentoring:hours", args=[mercy.slug])
    answer = client.post(url, week((0, "09:00", "10:00"), ("", "", ""), (4, "14:00", "14:30")), follow=True)
    assert "Free half-hours: 24." in answer.content.decode()
    assert rows(mercy) == [(0, "09:00", "10:00"), (4, "14:00", "14:30")]
    page = client.get(url).content.decode()
    assert page.count('type="time"') == 2 * 5
    client.post(url, week((0, "09:00", "11:00"), (4, "14:00", "14:30", "on"), initial=2))
    assert rows(mercy) == [(0, "09:00", "11:00")]


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        (week((0, "09:00", "09:20")), "At least half an hour after the beginning."),
        (week((0, "10:00", "09:00")), "At least half an hour after the beginning."),
        (week((0, "09:00", "11:00"), (0, "10:30", "12:00")), "Overlaps with another row."),
        (week((0, "09:00", "")), "This field is required."),
        (week((9, "09:00", "10:00")), "is not one of the available choices"),
        (week((0, "25:00", "26:00")), "Enter a valid time."),
        (week((0, "09:00", "10:00"), time_zone="Mars/Olympus"), "is not one of the available choices"),
        (
            week(*[(place % 7, f"{place // 7:02}:00", f"{place // 7:02}:30") for place in range(29)]),
            "at most 28",
        ),
    ],
)
def test_a_bad_week_comes_back_and_changes_nothing(
    mercy: World, sign_in: SignIn, posted: dict[str, Any], words: str
) -> None:
    make_weekly_hours(make_profile(mercy.mara))
    answer = sign_in(mercy.mara).post(reverse("mentoring:hours", args=[mercy.slug]), posted)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert rows(mercy) == [(0, "09:00", "10:00")]


def test_a_removed_row_overlaps_with_nothing(mercy: World, sign_in: SignIn) -> None:
    make_weekly_hours(make_profile(mercy.mara))
    posted = week((0, "09:00", "10:00", "on"), (0, "09:30", "11:00"), initial=1)
    assert sign_in(mercy.mara).post(reverse("mentoring:hours", args=[mercy.slug]), posted).status_code == 302
    assert rows(mercy) == [(0, "09:30", "11:00")]


def test_who_has_no_profile_is_led_to_it(mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.mara).get(reverse("mentoring:hours", args=[mercy.slug]))
    assert answer["Location"] == reverse("mentoring:profile", args=[mercy.slug])


def test_the_page_costs_the_same_with_one_row_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.mara), reverse("mentoring:hours", args=[mercy.slug])
    mentor = make_profile(mercy.mara)
    make_weekly_hours(mentor)
    one = queries_of(client, url)
    for weekday in (1, 2):
        make_weekly_hours(mentor, weekday)
    assert queries_of(client, url) == one


def test_time_zones_are_places_and_the_organisations_comes_first() -> None:
    assert {"Europe/London", "America/Argentina/Buenos_Aires"} <= set(time_zones())
    assert not {"EST", "Etc/GMT+5", "localtime"} & set(time_zones())
    first = ZoneForm(None, default="Africa/Addis_Ababa").fields["time_zone"].choices[0]  # type: ignore[attr-defined]
    assert first == ("", "As the organisation: Africa/Addis Ababa")
