"""Free half-hours: exact across clock changes, and less what is busy."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.availability.half_hours import HORIZON, SLOT, Hours, free_half_hours, merged, merged_hours

UTC = ZoneInfo("UTC")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def hours(weekday: int, starts: str, ends: str) -> Hours:
    return Hours(weekday, dt.time.fromisoformat(starts), dt.time.fromisoformat(ends))


def test_an_hour_a_week_is_sixteen_half_hours() -> None:
    assert free_half_hours([hours(0, "09:00", "10:00")], [], zone=UTC, now=MONDAY) == 16
    assert free_half_hours([], [], zone=UTC, now=MONDAY) == 0


def test_what_is_shorter_than_half_an_hour_is_left_over() -> None:
    assert free_half_hours([hours(0, "09:00", "09:29")], [], zone=UTC, now=MONDAY) == 0
    assert free_half_hours([hours(0, "09:10", "10:00")], [], zone=UTC, now=MONDAY) == 8


def test_the_window_is_eight_weeks_from_now_to_the_minute() -> None:
    week = [hours(0, "09:00", "10:00")]
    assert free_half_hours(week, [], zone=UTC, now=MONDAY + 9 * HOUR) == 16
    late = MONDAY + 9 * HOUR + dt.timedelta(minutes=1)
    assert free_half_hours(week, [], zone=UTC, now=late) == 16  # one less today, one more at the end
    assert free_half_hours([hours(0, "09:00", "09:30")], [], zone=UTC, now=late) == 8


def test_hours_that_overlap_count_once() -> None:
    week = [hours(2, "09:00", "10:00"), hours(2, "09:15", "10:30"), hours(2, "10:30", "11:00")]
    assert merged_hours(week) == [hours(2, "09:00", "11:00")]
    assert free_half_hours(week, [], zone=UTC, now=MONDAY) == 32


@pytest.mark.parametrize(
    ("begins", "ends", "free"),
    [
        ("08:00", "09:00", 16),  # ends as the hours begin
        ("10:00", "11:00", 16),
        ("08:00", "09:01", 15),
        ("09:29", "09:31", 14),
        ("09:40", "09:50", 15),
        ("00:00", "23:00", 14),
        ("09:30", "09:30", 16),  # without length
    ],
)
def test_a_busy_period_takes_every_half_hour_it_touches(begins: str, ends: str, free: int) -> None:
    day = MONDAY.date()
    busy = [tuple(dt.datetime.combine(day, dt.time.fromisoformat(end), dt.UTC) for end in (begins, ends))]
    assert free_half_hours([hours(0, "09:00", "10:00")], busy, zone=UTC, now=MONDAY) == free


def test_a_long_busy_period_hides_no_later_one() -> None:
    start = MONDAY + 9 * HOUR
    busy = [(start, start + dt.timedelta(days=15)), (start + HOUR, start + 2 * HOUR)]
    assert free_half_hours([hours(0, "09:00", "10:00")], busy, zone=UTC, now=MONDAY) == 10


def test_a_meeting_keeps_its_hour_on_the_wall_when_clocks_change() -> None:
    """Four weeks of New York winter, four of summer: 9 o'clock is 14:00 UTC, then 13:00 UTC."""
    now = dt.datetime(2026, 2, 9, 5, tzinfo=dt.UTC)
    week = [hours(0, "09:00", "09:30")]
    winter = [(now.replace(hour=14), now.replace(hour=15))]
    summer = [(dt.datetime(2026, 3, 9, 13, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 14, tzinfo=dt.UTC))]
    wrong = [(dt.datetime(2026, 3, 9, 14, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 15, tzinfo=dt.UTC))]
    assert [free_half_hours(week, busy, zone=NEW_YORK, now=now) for busy in (winter, summer, wrong)] == [
        7,
        7,
        8,
    ]


def test_spring_leaves_an_hour_out_and_autumn_has_it_twice() -> None:
    night = [hours(6, "01:00", "04:00")]  # Berlin: 2:00 to 3:00 is not there on 29 March, twice on 25 October
    spring = dt.datetime(2026, 3, 23, tzinfo=dt.UTC)
    autumn = dt.datetime(2026, 10, 19, tzinfo=dt.UTC)
    plain = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    assert [free_half_hours(night, [], zone=BERLIN, now=now) for now in (plain, spring, autumn)] == [
        48,
        46,
        50,
    ]
    inside = [hours(6, "02:00", "02:30")]
    assert [free_half_hours(inside, [], zone=BERLIN, now=now) for now in (plain, spring, autumn)] == [8, 7, 9]


def test_a_change_of_half_an_hour_is_one_half_hour() -> None:
    night = [hours(6, "01:00", "04:00")]  # Lord Howe goes forward by thirty minutes on 4 October 2026
    assert free_half_hours(night, [], zone=LORD_HOWE, now=dt.datetime(2026, 9, 28, tzinfo=dt.UTC)) == 47


def test_the_week_is_the_mentors_not_the_servers() -> None:
    """Monday at half past midnight in Auckland is Sunday in UTC."""
    auckland = ZoneInfo("Pacific/Auckland")
    now = dt.datetime(2026, 11, 22, 11, 0, tzinfo=dt.UTC)  # midnight of Monday there
    assert free_half_hours([hours(0, "00:00", "00:30")], [], zone=auckland, now=now) == 8


TIMES = st.integers(0, 47).map(lambda half: dt.time(half // 2, 30 * (half % 2)))
HOURS = st.builds(Hours, st.integers(0, 6), TIMES, TIMES).filter(lambda each: each.starts < each.ends)
MOMENTS = st.integers(0, 60 * 24 * 60).map(lambda minutes: MONDAY + dt.timedelta(minutes=minutes))
PERIODS = st.tuples(MOMENTS, MOMENTS)


@given(week=st.lists(HOURS, max_size=6), busy=st.lists(PERIODS, max_size=8))
def test_the_count_is_that_of_looking_at_each_half_hour(
    week: list[Hours], busy: list[tuple[dt.datetime, dt.datetime]]
) -> None:
    expected = 0
    moment = MONDAY
    while moment < MONDAY + HORIZON:
        day, end = moment.weekday(), (moment + SLOT).time()
        inside = any(
            each.weekday == day and each.starts <= moment.time() and dt.time(0) < end <= each.ends
            for each in merged_hours(week)
        )
        expected += inside and not any(
            begin < moment + SLOT and moment < finish for begin, finish in busy if begin < finish
        )
        moment += SLOT
    assert free_half_hours(week, busy, zone=UTC, now=MONDAY) == expected


@given(busy=st.lists(PERIODS, max_size=12))
def test_merged_periods_are_in_order_and_apart(busy: list[tuple[dt.datetime, dt.datetime]]) -> None:
    found = merged(busy)
    assert all(begin < end for begin, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert merged(found) == found
