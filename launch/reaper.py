"""End what a killed supervisor left behind. Run as a script; its standard input is the supervisor's life.

    + GROUP SIGNAL   a process group was started and ends politely on SIGNAL
    - GROUP          it has ended

When the input closes, whatever is still listed gets its signal, latest first, and after a grace SIGKILL.
"""

import os
import signal
import sys
import time

GRACE_SECONDS = 4.0
KILL_SECONDS = 1.0


def is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # exists, and is no longer ours to look at
    return False


def send(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return


def wait_until_gone(groups: list[int], seconds: float) -> list[int]:
    """Those of `groups` that still exist after at most `seconds`."""
    deadline = time.monotonic() + seconds
    while (groups := [group for group in groups if not is_gone(group)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return groups


def end_all(started: dict[int, int]) -> None:
    for group, number in reversed(started.items()):
        try:
            os.kill(group, number)  # the leader alone: it knows how to end its own children
        except (ProcessLookupError, PermissionError):
            continue
    remaining = wait_until_gone(list(started), GRACE_SECONDS)
    for group in remaining:
        send(group, signal.SIGKILL)
    wait_until_gone(remaining, KILL_SECONDS)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    started: dict[int, int] = {}
    for line in sys.stdin:
        act, group, *rest = line.split()
        if act == "+":
            started[int(group)] = int(rest[0])
        else:
            started.pop(int(group), None)
    end_all(started)


if __name__ == "__main__":
    main()
