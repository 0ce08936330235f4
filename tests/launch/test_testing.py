"""Test runs take turns, and each lives in one day."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from launch.failure import LaunchError
from launch.lock import Lock
from launch.testing import wait_for_turn, zone_without_midnight
from tests.factories.people import make_organization


def test_a_run_that_waits_in_vain_does_not_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = Lock(tmp_path / "lock")
    assert first.take()
    with pytest.raises(LaunchError, match="Another run"):
        wait_for_turn(Lock(tmp_path / "lock"), "Another run is here", seconds=0)
    assert "waiting" in capsys.readouterr().out


def test_the_first_run_does_not_wait(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = Lock(tmp_path / "lock")
    wait_for_turn(lock, "Another run is here", seconds=0)
    assert not Lock(tmp_path / "lock").take()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("time", ["20:59", "21:00", "23:30", "23:59", "00:00", "12:00"])
def test_no_day_ends_in_the_three_hours_after_a_run_began(time: str) -> None:
    begins = dt.datetime.fromisoformat(f"2026-11-22T{time}:59+00:00")
    ends = begins + dt.timedelta(hours=3)
    zone = ZoneInfo(zone_without_midnight(begins))
    assert begins.astimezone(zone).date() == ends.astimezone(zone).date()


@pytest.mark.django_db
def test_the_tests_live_in_the_zone_of_their_run() -> None:
    assert os.environ["TEST_TIME_ZONE"] == settings.TIME_ZONE
    assert make_organization("newton").time_zone == settings.TIME_ZONE
