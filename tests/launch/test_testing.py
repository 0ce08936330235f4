"""Test runs take turns."""

from pathlib import Path

import pytest

from launch.failure import LaunchError
from launch.lock import Lock
from launch.testing import wait_for_turn


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
