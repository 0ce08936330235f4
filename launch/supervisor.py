"""Start services in order, restart the one that falls, stop them in reverse, leave nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from launch.failure import LaunchError
from launch.identity import Identity, as_child
from launch.places import ROOT

POLL_SECONDS = 0.1
LONGEST_BACKOFF = 30.0
STEADY_SECONDS = 60.0  # a service that lasted this long starts again with the shortest backoff
REAPER = str(Path(__file__).with_name("reaper.py"))
START_ATTEMPTS = 3
ATTEMPT_PAUSE_SECONDS = 1.0


def is_ready_at_once() -> bool:
    return True


@dataclass(frozen=True)
class Service:
    """A program that should always run."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    ready: Callable[[], bool] = is_ready_at_once
    ready_seconds: float = 60.0
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    identity: Identity = "same"
    descriptors: tuple[int, ...] = ()


@dataclass
class Running:
    """A service that was started, with its latest process."""

    service: Service
    process: subprocess.Popen[bytes]
    started: float
    falls: int = 0
    restart_at: float | None = field(default=None)


class Supervisor:
    """Use as a context: leaving it stops everything that was started, latest first."""

    def __init__(self, *, lock: int | None = None, tell: Callable[[str], None] = print) -> None:
        self._running: list[Running] = []
        self._kept_open = () if lock is None else (lock,)  # the reaper shares the lock until all is gone
        self._tell = tell
        self.reaper = self._start_reaper()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, service: Service) -> None:
        """Start `service` and wait until it is ready; raise with the end of its log where it is not."""
        for attempt in range(START_ATTEMPTS):
            running = Running(service, self._spawn(service), time.monotonic())
            self._running.append(running)
            if self._becomes_ready(running):
                return
            self._end(running)
            self._running.remove(running)
            if attempt + 1 < START_ATTEMPTS:
                time.sleep(ATTEMPT_PAUSE_SECONDS)
        raise LaunchError(f"{service.name} did not start. The end of {service.log}:\n{tail(service.log)}")

    def watch(self) -> None:
        """Restart whatever falls, for ever; a signal that raises is the way out."""
        while True:
            self.look_once()
            time.sleep(POLL_SECONDS)

    def look_once(self) -> None:
        if self.reaper.poll() is not None:
            self.reaper = self._start_reaper()
        for running in self._running:
            self._look_at(running)

    def stop(self) -> None:
        """End all services in reverse order; further Ctrl-C would only leave something behind."""
        ignored = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        handlers = {number: signal.signal(number, signal.SIG_IGN) for number in ignored}
        while self._running:
            self._end(self._running[-1])
            self._running.pop()
        if self.reaper.stdin:
            self.reaper.stdin.close()
        self.reaper.wait()
        for number, handler in handlers.items():
            signal.signal(number, handler)

    def _look_at(self, running: Running) -> None:
        now = time.monotonic()
        if running.restart_at is not None:
            if now >= running.restart_at:
                running.process, running.started = self._spawn(running.service), now
                running.restart_at = None
            return
        code = running.process.poll()
        if code is None:
            return
        self._clear_group(running)
        running.falls = 0 if now - running.started > STEADY_SECONDS else running.falls + 1
        pause = min(LONGEST_BACKOFF, 0.25 * 2**running.falls)
        running.restart_at = now + pause
        self._tell(f"{running.service.name} ended ({describe(code)}); starting it again in {pause:g} s.")

    def _spawn(self, service: Service) -> subprocess.Popen[bytes]:
        command = as_child(service.command, identity=service.identity, death_signal=service.stop_signal)
        with service.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                env=service.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=service.descriptors,
                process_group=0,
            )
        self._tell_reaper(f"+ {process.pid} {service.stop_signal.value}\n")
        return process

    def _becomes_ready(self, running: Running) -> bool:
        deadline = running.started + running.service.ready_seconds
        while running.process.poll() is None and time.monotonic() < deadline:
            if running.service.ready():
                return True
            time.sleep(0.02)
        return False

    def _end(self, running: Running) -> None:
        if running.process.poll() is None:
            running.process.send_signal(running.service.stop_signal)
            try:
                running.process.wait(running.service.stop_seconds)
            except subprocess.TimeoutExpired:
                self._tell(f"{running.service.name} did not end in time; killing it.")
        self._clear_group(running)
        running.process.wait()

    def _clear_group(self, running: Running) -> None:
        """Kill what a fallen leader left in its process group, such as the pool of a worker."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left; macOS refuses then
            os.killpg(running.process.pid, signal.SIGKILL)
        self._tell_reaper(f"- {running.process.pid}\n")

    def _start_reaper(self) -> subprocess.Popen[bytes]:
        reaper = subprocess.Popen(
            [sys.executable, "-I", "-S", REAPER],
            stdin=subprocess.PIPE,
            pass_fds=self._kept_open,
            start_new_session=True,
        )
        self.reaper = reaper
        for running in self._running:
            if running.process.poll() is None:
                self._tell_reaper(f"+ {running.process.pid} {running.service.stop_signal.value}\n")
        return reaper

    def _tell_reaper(self, line: str) -> None:
        try:
            if self.reaper.stdin:
                self.reaper.stdin.write(line.encode())
                self.reaper.stdin.flush()
        except BrokenPipeError:
            pass  # it was killed; look_once starts another and lists everything again


def describe(code: int) -> str:
    """An exit code in words."""
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def tail(log: Path, lines: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
