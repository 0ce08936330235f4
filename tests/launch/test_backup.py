"""A backup as docs/operations.md says: taken by the owner, restored into a database that roles.sql made."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from launch.places import ROOT, Places
from launch.postgres import Postgres

LEFT_OUT = [
    "--exclude-table-data=surveys_wavekey",
    "--exclude-table-data=surveys_participation",
    "--exclude-table-data=surveys_gaptally",
    "--exclude-table-data=surveys_pending*",
    "--exclude-table-data=succession_approvalkey",
    "--exclude-table-data=succession_approvalparticipation",
    "--exclude-table-data=succession_approvaltally",
    "--exclude-table-data=succession_pendingapproval",
    "--exclude-table-data=insights_rolepulsekey",
    "--exclude-table-data=insights_rolepulseparticipation",
    "--exclude-table-data=insights_pendingroleanswer",
    "--exclude-table-data=insights_rolepulsetally",
]


@pytest.fixture
def postgres() -> Postgres:
    """The cluster of this test run, with another database in it."""
    places = Places(Path(os.environ["VAR_DIR"]))
    return Postgres(places, Path(sys.prefix), database="clinicleader_restored")


def shape(url: str) -> list[tuple[object, ...]]:
    """Tables with their owners, rights, policies and triggers: all that the walls are made of."""
    query = """
        SELECT c.relname, c.relkind, c.relowner::regrole::text, c.relacl::text, c.relrowsecurity,
               (SELECT array_agg(attname || attacl::text ORDER BY attnum) FROM pg_attribute
                 WHERE attrelid = c.oid AND attacl IS NOT NULL),
               c.relforcerowsecurity,
               (SELECT array_agg(polname::text ORDER BY polname) FROM pg_policy WHERE polrelid = c.oid),
               (SELECT array_agg(tgname::text ORDER BY tgname) FROM pg_trigger
                 WHERE tgrelid = c.oid AND NOT tgisinternal)
        FROM pg_class c WHERE relnamespace = 'public'::regnamespace ORDER BY relname"""
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()
    finally:
        connection.close()


def test_a_backup_by_the_owner_restores_every_table_policy_and_right(
    postgres: Postgres, tmp_path: Path
) -> None:
    source = os.environ["OWNER_DATABASE_URL"]
    dump = str(tmp_path / "clinicleader.dump")
    superuser = postgres.url("postgres")

    run(postgres, "pg_dump", "--format=custom", *LEFT_OUT, f"--file={dump}", source)
    postgres.forget_database()
    postgres.make_database()
    try:
        run(postgres, "pg_restore", "--exit-on-error", f"--dbname={superuser}", dump)
        assert shape(postgres.owner_url) == shape(source)
    finally:
        postgres.forget_database()


def test_a_backup_holds_nothing_that_tells_who_answered(postgres: Postgres, tmp_path: Path) -> None:
    dump = str(tmp_path / "clinicleader.dump")
    run(postgres, "pg_dump", "--format=custom", *LEFT_OUT, f"--file={dump}", os.environ["OWNER_DATABASE_URL"])
    listed = run(postgres, "pg_restore", "--list", dump)
    data = set(re.findall(r"TABLE DATA public ((?:surveys|succession|insights)_\w+)", listed))
    assert {"surveys_response", "succession_selection", "insights_rolepulse"} <= data
    telling = "wavekey|participation|pending|gaptally|approvalkey|approvaltally|rolepulse(key|tally)"
    assert not {name for name in data if re.search(telling, name)}


def test_the_command_in_the_manual_leaves_the_same_out() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text()
    assert all(option in manual.replace("'", "") for option in LEFT_OUT)


def run(postgres: Postgres, program: str, *arguments: str) -> str:
    done = subprocess.run(
        [str(postgres.programs / program), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
