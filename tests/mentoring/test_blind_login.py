"""The matcher's database login sees the frozen profiles of its organisation, and nothing else at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import psycopg2.errors
import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg2.extensions import connection

from launch.places import ROOT
from mentoring.blind import login
from mentoring.blind.login import COLUMNS, TABLE, SeeingMatcherError, ensure_blind, login_faults

DEMOGRAPHIC = ["people_demographics", "people_person", "tenancy_user", "account_emailaddress"]


@pytest.fixture
def matcher() -> Iterator[connection]:
    with closing(psycopg2.connect(os.environ["MATCHER_DATABASE_URL"])) as opened:
        yield opened


@pytest.fixture
def owner(owner_url: str) -> Iterator[connection]:
    with closing(psycopg2.connect(owner_url)) as opened:
        yield opened


def relations(opened: connection) -> list[str]:
    """Everything that holds rows, as the catalogue lists it."""
    with opened.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def is_denied(opened: connection, statement: str) -> bool:
    try:
        with opened.cursor() as cursor:
            # A scope is no secret: what is denied must be denied to whoever sets one.
            cursor.execute("SELECT set_config('clinicleader.organization', '1', true)")
            cursor.execute(statement)
    except psycopg2.errors.InsufficientPrivilege as error:
        return "permission denied" in str(error)
    finally:
        opened.rollback()
    return False


def test_no_other_table_can_even_be_counted(matcher: connection) -> None:
    others = [name for name in relations(matcher) if name != TABLE]
    assert set(others) >= set(DEMOGRAPHIC)
    assert len(others) > 80
    seen = [name for name in others if not is_denied(matcher, f'SELECT count(*) FROM "{name}"')]
    assert seen == []


@pytest.mark.parametrize("table", DEMOGRAPHIC)
def test_who_people_are_is_denied(table: str, matcher: connection) -> None:
    with matcher.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege, match="denied"):
        cursor.execute(f"SELECT count(*) FROM {table}")


def columns_of_profiles(opened: connection) -> list[str]:
    with opened.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute "
            f"WHERE attrelid = '{TABLE}'::regclass AND attnum > 0 AND NOT attisdropped"
        )
        return [name for (name,) in cursor.fetchall()]


def test_of_the_frozen_profiles_it_reads_all_but_whose_they_are(matcher: connection) -> None:
    columns = columns_of_profiles(matcher)
    denied = {name for name in columns if is_denied(matcher, f"SELECT {name} FROM {TABLE}")}
    assert denied == {"id", "person_id"}
    assert set(columns) - denied == COLUMNS
    assert is_denied(matcher, f"SELECT * FROM {TABLE}")


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET places = 9",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"INSERT INTO {TABLE} (key) VALUES (gen_random_uuid())",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "SET ROLE clinicleader_app",
        "SET ROLE clinicleader_owner",
        "SELECT people_own_demographics()",
        "SELECT tenancy_seal_audit()",
    ],
)
def test_it_writes_and_borrows_nothing(statement: str, matcher: connection) -> None:
    matcher.set_session(readonly=False)  # its default is a belt, not the wall
    with matcher.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege, match="permission"):
        cursor.execute(statement)


@pytest.mark.django_db(databases=[DEFAULT_DB_ALIAS, login.ALIAS])
def test_the_check_is_content_with_the_login() -> None:
    assert login_faults() == []
    ensure_blind()


@pytest.mark.django_db(databases=[DEFAULT_DB_ALIAS, login.ALIAS])
def test_the_check_refuses_the_applications_own_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "ALIAS", DEFAULT_DB_ALIAS)
    with pytest.raises(SeeingMatcherError, match=r"may write or read all of .*people_person.* refusing"):
        ensure_blind()


@pytest.mark.django_db(databases=[DEFAULT_DB_ALIAS, login.ALIAS])
def test_the_check_finds_one_column_too_many(owner: connection) -> None:
    blind = connections[login.ALIAS]
    as_matcher, blind.connection = blind.connection, owner
    try:
        with owner.cursor() as cursor:  # never committed
            cursor.execute("GRANT SELECT (training_grade) ON people_person TO clinicleader_matcher")
            cursor.execute("SET SESSION AUTHORIZATION DEFAULT")
        assert "bypasses row security" in login_faults()
    finally:
        owner.rollback()
        blind.connection = as_matcher


def test_the_blind_part_loads_nothing_that_knows_people() -> None:
    code = (
        "import sys, mentoring.blind.login; "
        "print([name for name in sys.modules if name.startswith(('people', 'surveys', 'mentoring.models'))])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
