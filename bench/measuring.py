"""Time in turn, memory apart."""

from __future__ import annotations

import gc
import os
import resource
import struct
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.db import connections


def times_in_turn(
    *candidates: Callable[[], object],
    runs: int = 7,
    warm: int = 1,
    clock: Callable[[], float] = time.perf_counter,
    between: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> list[list[float]]:
    """Seconds of each candidate, in order, each list `runs` long.

    They take turns, so that whatever else the machine does falls on all of them; the first `warm` rounds
    are not counted. `between` is entered around each call, outside the clock.
    """
    times: list[list[float]] = [[] for _ in candidates]
    gc.collect()
    gc.freeze()  # what is there already is looked through once, not before each call
    try:
        for round_number in range(-warm, runs):
            for place, candidate in enumerate(candidates):
                with between():
                    seconds = seconds_of(candidate, clock)
                if round_number >= 0:
                    times[place].append(seconds)
    finally:
        gc.unfreeze()
    return times


def seconds_of(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    gc.collect()
    began = clock()
    work()
    return clock() - began


def processor_clock(*servers: int) -> Callable[[], float]:
    """Processor time of this process and of PostgreSQL's processes `servers`, in seconds.

    Work and database take turns, so this is the time a page takes on an idle machine, and it does not grow
    when the machine is busy with something else. Where the system does not tell it: the time of day.
    """
    counters = [Path(f"/proc/{server}/schedstat") for server in servers]
    if not all(counter.exists() for counter in counters):
        return time.perf_counter

    def used() -> float:
        waited_for = sum(int(counter.read_text().split()[0]) for counter in counters)
        return time.process_time() + waited_for / 1e9

    return used


def peak_memory(work: Callable[[], object]) -> float:
    """MiB by which a process grows above what it had when the work began; the work has one to itself."""
    connections.close_all()  # a connection must not be shared by two processes
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            before = peak_of_this_process()
            work()
            os.write(writing, struct.pack("d", peak_of_this_process() - before))
            status = 0
        except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    try:
        answer = os.read(reading, 8)
    finally:
        os.close(reading)
        _, status = os.waitpid(child, 0)
    if status or len(answer) != struct.calcsize("d"):
        raise RuntimeError("The measured process failed; its traceback is above.")
    return float(struct.unpack("d", answer)[0])


def peak_of_this_process() -> float:
    """Highest resident size so far, MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
