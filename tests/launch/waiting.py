"""Wait for what another process does: until it is so, and never longer than a deadline."""

import os
import time
from collections.abc import Callable
from pathlib import Path

DEADLINE_SECONDS = 60.0  # far more than is needed: only a failure takes that long


def eventually(is_so: Callable[[], bool], *, seconds: float = DEADLINE_SECONDS) -> bool:
    """Whether it becomes so before the deadline."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def children_of(parent: int) -> dict[int, str]:
    """The living children of a process on Linux: process id and command line."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:  # it ended while we looked
            continue
        if int(stat[1]) == parent and stat[0] != "Z":
            found[int(entry.name)] = command
    return found
