"""End what a killed supervisor left behind. Run as a script; its standard input is the supervisor's life.

    + LEADER SIGNAL   a process group was started; its leader ends politely on SIGNAL
    - LEADER          it has ended

When the input closes, leaders still listed get their signals, latest first, and their groups then SIGKILL.
"""

import os
import signal
import sys
import time
from collections.abc import Callable

GRACE_SECONDS = 4.0


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    started: dict[int, int] = {}
    for line in sys.stdin:
        act, leader, *rest = line.split()
        if act == "+":
            started[int(leader)] = int(rest[0])
        else:
            started.pop(int(leader), None)
    end_all(started)


def end_all(started: dict[int, int]) -> None:
    """Ask the leaders, who know how to end their own children; then kill whoever is left in their groups."""
    for leader, number in reversed(started.items()):
        send(os.kill, leader, number)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(send(os.kill, leader, 0) for leader in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    for group in started:
        send(os.killpg, group, signal.SIGKILL)
    while any(send(os.killpg, group, 0) for group in started) and time.monotonic() < deadline + 1:
        time.sleep(0.05)  # the lock is ours until they are gone


def send(how: Callable[[int, int], None], target: int, number: int) -> bool:
    """Send a signal; False where nobody was there to get it, which macOS calls a lack of permission."""
    try:
        how(target, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
