"""The supervisor, with real processes: started in order, restarted, stopped in reverse, nothing left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.failure import LaunchError
from launch.lock import Lock
from launch.places import ROOT
from launch.supervisor import Service, Supervisor
from tests.launch.house import service
from tests.launch.waiting import eventually, is_alive


def diary(folder: Path) -> list[str]:
    path = folder / "diary"
    return path.read_text().splitlines() if path.exists() else []


def pids(folder: Path, name: str) -> list[int]:
    """The latest process of the service `name`, and the child it started."""
    starts = [
        line.split()[1:] for line in diary(folder) if line.startswith(f"{name} ") and "stopped" not in line
    ]
    return [int(pid) for pid in starts[-1]]


def all_pids(folder: Path) -> list[int]:
    return [*pids(folder, "first"), *pids(folder, "second")]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor in a process of its own, with both services ready."""
    process = subprocess.Popen([sys.executable, "-m", "tests.launch.house", str(tmp_path)], cwd=ROOT)
    try:
        assert eventually(lambda: "all started" in diary(tmp_path))
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_start_waits_until_each_service_is_ready(house: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert [line.split()[0] for line in diary(tmp_path)] == ["first", "second", "all"]


def test_a_killed_service_starts_again_without_its_old_children(
    house: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    old, old_child = pids(tmp_path, "first")
    untouched = pids(tmp_path, "second")

    os.kill(old, signal.SIGKILL)

    assert eventually(lambda: pids(tmp_path, "first")[0] != old)
    assert eventually(lambda: not is_alive(old_child))
    assert pids(tmp_path, "second") == untouched


def test_stop_ends_services_in_reverse_order(house: subprocess.Popen[bytes], tmp_path: Path) -> None:
    started = all_pids(tmp_path)

    house.send_signal(signal.SIGTERM)

    assert house.wait(timeout=20) == 0
    assert diary(tmp_path)[-2:] == ["second stopped", "first stopped"]
    assert eventually(lambda: not any(map(is_alive, started)))


def test_a_killed_supervisor_leaves_nothing_behind(house: subprocess.Popen[bytes], tmp_path: Path) -> None:
    started = all_pids(tmp_path)
    assert all(map(is_alive, started))

    house.kill()

    assert eventually(lambda: not any(map(is_alive, started)))
    assert {"first stopped", "second stopped"} <= set(diary(tmp_path)), (
        "both were asked before they were killed"
    )


def test_the_lock_outlives_a_killed_supervisor_until_its_services_are_gone(
    house: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    started = all_pids(tmp_path)
    late = Lock(tmp_path / "lock")
    assert not late.take()

    house.kill()
    house.wait()

    assert late.take_within(20)
    assert not any(map(is_alive, started))


def test_a_killed_reaper_is_replaced_and_knows_what_runs(tmp_path: Path) -> None:
    with Supervisor() as supervisor:
        supervisor.start(service("first", tmp_path))
        started, old = pids(tmp_path, "first"), supervisor.reaper
        old.kill()
        old.wait()

        supervisor.look_once()
        assert supervisor.reaper is not old
        assert supervisor.reaper.stdin is not None
        supervisor.reaper.stdin.close()  # all that a reaper sees of its supervisor's death

        assert eventually(lambda: not any(map(is_alive, started)))
        supervisor.reaper.wait()
        supervisor.look_once()


def test_a_service_that_will_not_stop_is_killed(tmp_path: Path) -> None:
    told: list[str] = []
    with Supervisor(tell=told.append) as supervisor:
        supervisor.start(service("stubborn", tmp_path, stop_seconds=0.3))
        started = pids(tmp_path, "stubborn")

    assert told == ["stubborn did not end in time; killing it."]
    assert eventually(lambda: not any(map(is_alive, started)))


def test_a_service_that_cannot_start_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launch.supervisor.ATTEMPT_PAUSE_SECONDS", 0.0)
    broken = Service(
        name="broken",
        command=[sys.executable, "-c", "raise SystemExit('no room on the disk')"],
        environment=os.environ,
        log=tmp_path / "broken.log",
        ready=lambda: False,
    )
    with Supervisor() as supervisor:
        supervisor.start(service("first", tmp_path))
        with pytest.raises(LaunchError, match=r"broken did not start.*\n.*no room on the disk"):
            supervisor.start(broken)

    assert diary(tmp_path)[-1] == "first stopped"


def test_a_service_that_keeps_falling_waits_longer_each_time(tmp_path: Path) -> None:
    told: list[str] = []
    falling = Service("falling", [sys.executable, "-c", ""], os.environ, tmp_path / "log", ready=lambda: True)
    with Supervisor(tell=told.append) as supervisor:
        supervisor.start(falling)

        def fell_three_times() -> bool:
            supervisor.look_once()
            return len(told) == 3

        assert eventually(fell_three_times)

    assert told == [
        f"falling ended (exit code 0); starting it again in {pause} s." for pause in ("0.5", "1", "2")
    ]
