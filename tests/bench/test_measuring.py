import os
import time

import pytest

from bench.measuring import peak_memory, processor_clock, seconds_of, times_in_turn


def test_candidates_take_turns_and_warm_rounds_are_not_counted() -> None:
    calls: list[str] = []
    first, second = times_in_turn(lambda: calls.append("a"), lambda: calls.append("b"), runs=2, warm=1)
    assert (len(first), len(second), "".join(calls)) == (2, 2, "ababab")


@pytest.mark.django_db(transaction=False)
def test_peak_memory_sees_what_was_used_and_freed() -> None:
    assert 50 < peak_memory(lambda: len(os.urandom(64 * 2**20))) < 100


def test_peak_memory_of_failing_work_raises() -> None:
    with pytest.raises(RuntimeError, match="failed"):
        peak_memory(lambda: 1 / 0)


def test_the_processor_clock_counts_work_and_not_waiting() -> None:
    clock = processor_clock(os.getpid())
    waiting = seconds_of(lambda: time.sleep(0.2), clock)
    working = seconds_of(lambda: sum(range(3_000_000)), clock)
    assert waiting < working
