"""`make run` as a whole: real services, real processes, in a data folder of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from launch.identity import as_child
from launch.places import ROOT, Places
from launch.postgres import Postgres
from launch.site import answers
from tests.launch.waiting import children_of, eventually, is_alive

START_SECONDS = 240  # on a machine that does much else; what a start takes is measured, not tested
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds child processes in /proc")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for all tests of this file, so that only the first start is a cold one."""
    folder = tmp_path_factory.mktemp("var")
    stamps = folder / "run" / "stamps"
    stamps.mkdir(parents=True)
    (stamps / "demo").write_text("loaded")  # the demo organisations have their own tests
    return folder


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
        return len(self.children()) == 5 and self.address is not None and answers(self.address)


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


@linux_only
def test_a_second_run_says_where_the_first_is_and_ctrl_c_ends_the_first(var: Path) -> None:
    with running(var) as run:
        second = subprocess.run(
            [sys.executable, "-m", "launch", "run"],
            cwd=ROOT,
            env=environment(var),
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )
        assert run.address is not None
        assert (second.returncode, second.stdout) == (1, "")
        assert run.address in second.stderr
        assert answers(run.address)

        children = run.children()
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(timeout=START_SECONDS) == 0
        assert not any(map(is_alive, children))
        assert "Traceback" not in run.output.read_text()


@linux_only
def test_killed_services_come_back_and_of_a_killed_supervisor_only_the_data_stays(var: Path) -> None:
    postgres = Postgres(Places(var / "run"), Path(sys.prefix), database="clinicleader")
    with running(var) as run:
        before = run.children()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: run.is_complete() and not run.children() & before, seconds=START_SECONDS)

        execute(postgres, "CREATE TABLE survivor AS SELECT 42 AS answer")
        children = run.children()
        run.process.kill()
        run.process.wait()
        assert eventually(lambda: not any(map(is_alive, children)))

    with running(var):
        assert execute(postgres, "SELECT answer FROM survivor") == [(42,)]


def execute(postgres: Postgres, statement: str) -> list[tuple[object, ...]]:
    """Run a statement as the owner of the tables and commit."""
    connection = psycopg2.connect(postgres.owner_url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
