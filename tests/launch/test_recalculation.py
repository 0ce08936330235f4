"""Kill what computes the scores, in the middle of a step: every snapshot is there exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from celery import Celery

from launch.places import ROOT, Places
from launch.postgres import Postgres
from launch.site import answers
from launch.valkey import Valkey
from tests.launch.recalculation import MEMBERS, QUARTERS
from tests.launch.running import Run, linux_only, running
from tests.launch.waiting import children_of, eventually

VICTIMS = ("celery -A clinicleader worker", "celery -A clinicleader beat", "valkey", "backend")


class Site:
    """A started site with an organisation whose last quarters wait to be scored."""

    def __init__(self, run: Run, var: Path) -> None:
        self.run = run
        places = Places(var / "run")
        self.postgres = Postgres(places, Path(sys.prefix), database="clinicleader")
        self.surroundings = {
            **os.environ,
            "DATABASE_URL": self.postgres.app_url,
            "MATCHER_DATABASE_URL": self.postgres.matcher_url,
            "REDIS_URL": Valkey(places, Path(sys.prefix)).url,
        }
        self.bell = Celery(broker=self.surroundings["REDIS_URL"].replace("unix://", "redis+socket://"))
        self.organization = int(self.command("fill"))

    def command(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "tests.launch.recalculation", *arguments],
            cwd=ROOT,
            env=self.surroundings,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        owner = psycopg2.connect(self.postgres.owner_url)
        try:
            with owner, owner.cursor() as cursor:
                cursor.execute(statement, {"organization": self.organization})
                return cursor.fetchall()
        finally:
            owner.close()

    @contextmanager
    def snapshots_locked(self) -> Iterator[Callable[[], list[int]]]:
        """While this holds, a step of the scores stops at its first row, inside its transaction. Gives the
        backends that were stopped so."""
        owner = psycopg2.connect(self.postgres.owner_url)
        try:
            with owner.cursor() as cursor:
                cursor.execute("LOCK TABLE readiness_snapshot IN SHARE MODE")

                def blocked_backends() -> list[int]:
                    cursor.execute(
                        "SELECT pid FROM pg_locks "
                        "WHERE NOT granted AND relation = 'readiness_snapshot'::regclass"
                    )
                    return [pid for (pid,) in cursor.fetchall()]

                yield blocked_backends
        finally:
            owner.close()

    def process(self, word: str) -> list[int]:
        """The service whose command line holds a word, and its children."""
        top = [pid for pid, command in children_of(self.run.process.pid).items() if word in command]
        return top + [child for pid in top for child in children_of(pid)]

    def rings_and_is_done(self, *, seconds: float) -> bool:
        """Ring as the beat does; whether all is done before the seconds are over."""
        self.bell.send_task("tenancy.tasks.tick")
        return eventually(self.all_done, seconds=seconds)

    def all_done(self) -> bool:
        try:
            rows = self.rows(
                "SELECT count(*) FILTER (WHERE s.state = 'done'), count(*) FROM tenancy_jobstep s "
                "JOIN tenancy_jobrun r ON r.id = s.run_id "
                "WHERE r.job = 'readiness.recalculation' AND s.organization_id = %(organization)s"
            )
        except psycopg2.OperationalError:  # it still recovers from the killed backend
            return False
        return rows == [(len(QUARTERS), len(QUARTERS))]


def kill(pids: list[int]) -> None:
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


@linux_only
def test_kill_9_in_the_middle_of_a_recalculation_leaves_each_snapshot_exactly_once(var: Path) -> None:
    with running(var) as run:
        site = Site(run, var)
        assert run.address is not None
        for victim, quarter in zip(VICTIMS, QUARTERS, strict=True):
            with site.snapshots_locked() as blocked_backends:
                site.command("ask", str(site.organization), quarter)
                assert eventually(lambda: bool(blocked_backends()), seconds=90), victim
                kill(blocked_backends() if victim == "backend" else site.process(victim))
                if victim != "backend":  # PostgreSQL itself restarts after a killed backend
                    assert answers(run.address), victim
            assert eventually(run.is_complete, seconds=60), victim

        assert any(site.rings_and_is_done(seconds=5) for _ in range(24))
        snapshots = site.rows(
            "SELECT quarter, count(*), count(DISTINCT person_id) FROM readiness_snapshot "
            "WHERE organization_id = %(organization)s GROUP BY 1 ORDER BY 1"
        )
        people = MEMBERS + 1  # and Ada, who is in the cohort as well
        assert snapshots == [(quarter, people, people) for quarter in QUARTERS]
        assert answers(run.address)
