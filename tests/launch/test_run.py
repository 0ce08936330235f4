"""`make run` as a whole: real services, real processes, in a data folder of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2

from launch.places import ROOT, Places
from launch.postgres import Postgres
from launch.site import answers
from tests.launch.running import START_SECONDS, environment, linux_only, running
from tests.launch.waiting import eventually, is_alive


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
