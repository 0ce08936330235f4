"""A started `launch run`, for tests of it and of the site that it serves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launch.identity import as_child
from launch.places import ROOT
from launch.site import answers
from tests.launch.waiting import children_of, eventually

START_SECONDS = 240  # on a machine that does much else; what a start takes is measured, not tested
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds child processes in /proc")


class Run:
    """A started `launch run` and what it has said so far."""

    def __init__(self, var: Path) -> None:
        self.output = var / "output"
        with self.output.open("wb") as output:
            background = 'trap "" INT; exec "$0" -m launch run'  # as `&` does in a script
            self.process = subprocess.Popen(
                as_child(
                    ["/bin/sh", "-c", background, sys.executable],
                    identity="same",
                    death_signal=signal.SIGTERM,
                ),
                cwd=ROOT,
                env=environment(var),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def address(self) -> str | None:
        words = self.output.read_text().split()
        return next((word.rstrip("/") for word in words if word.startswith("http://")), None)

    def children(self) -> set[int]:
        return {pid for pid, command in children_of(self.process.pid).items() if "reaper.py" not in command}

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def is_complete(self) -> bool:
        """Whether PostgreSQL, Valkey, web, worker and beat are there and the site answers."""
        # The address, which comes last, is asked for first: a look at all processes takes its time.
        return self.address is not None and len(self.children()) == 5 and answers(self.address)


def environment(var: Path) -> dict[str, str]:
    return {**os.environ, "CLINICLEADER_VAR": str(var), "VENV": sys.prefix}


@contextmanager
def running(var: Path, *, seconds: float = START_SECONDS) -> Iterator[Run]:
    run = Run(var)
    try:
        assert eventually(lambda: run.has_ended() or run.is_complete(), seconds=seconds)
        assert not run.has_ended(), run.output.read_text()
        yield run
    finally:
        run.process.terminate()
        run.process.wait(timeout=60)
