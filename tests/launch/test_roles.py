"""What launch/roles.sql gives to each database role, seen on the database of this test run."""

import os
import re
from collections.abc import Iterator

import psycopg2
import psycopg2.errors
import pytest
from psycopg2.extensions import connection

from launch.places import ROOT


def connected(name: str) -> Iterator[connection]:
    opened = psycopg2.connect(os.environ[name])
    yield opened
    opened.rollback()
    opened.close()


@pytest.fixture
def app() -> Iterator[connection]:
    yield from connected("DATABASE_URL")


@pytest.fixture
def owner() -> Iterator[connection]:
    yield from connected("OWNER_DATABASE_URL")


def rows(opened: connection, query: str) -> list[tuple[object, ...]]:
    with opened.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_attributes_of_the_roles(app: connection) -> None:
    query = """SELECT rolname, rolcanlogin, rolbypassrls,
                      rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication
               FROM pg_roles WHERE rolname LIKE 'clinicleader%' ORDER BY rolname"""
    assert rows(app, query) == [
        ("clinicleader_app", True, False, False),
        ("clinicleader_audit", False, True, False),
        ("clinicleader_matcher", True, False, False),
        ("clinicleader_owner", True, True, False),
    ]


def test_app_owns_nothing(app: connection) -> None:
    query = (
        "SELECT relname FROM pg_class WHERE relowner = 'clinicleader_app'::regrole AND relpersistence <> 't'"
    )
    assert rows(app, query) == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA mine",
        "SET ROLE clinicleader_owner",
        "SET ROLE clinicleader_audit",
        "ALTER TABLE django_session DISABLE TRIGGER ALL",
        "TRUNCATE django_session",
        "SET session_replication_role = replica",
        "ALTER ROLE clinicleader_app BYPASSRLS",
    ],
)
def test_app_may_not(statement: str, app: connection) -> None:
    with app.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(statement)


def test_owner_may_hand_a_table_to_the_audit_role_and_has_no_rights_on_it_then(owner: connection) -> None:
    with owner.cursor() as cursor:
        cursor.execute("CREATE TABLE handed (id int)")
        cursor.execute("ALTER TABLE handed OWNER TO clinicleader_audit")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("INSERT INTO handed VALUES (1)")


def test_new_tables_of_the_owner_give_the_app_rows_and_no_more(owner: connection) -> None:
    with owner.cursor() as cursor:
        cursor.execute("CREATE TABLE fresh (id int)")
    query = """SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM pg_class,
               aclexplode(relacl) WHERE relname = 'fresh' AND grantee = 'clinicleader_app'::regrole"""
    assert rows(owner, query) == [("DELETE INSERT SELECT UPDATE",)]


def test_nobody_else_may_connect(app: connection) -> None:
    query = """SELECT count(*) FROM pg_database, aclexplode(datacl)
               WHERE datname = current_database() AND grantee = 0"""
    assert rows(app, query) == [(0,)]


def test_roles_file_holds_no_password() -> None:
    text = (ROOT / "launch" / "roles.sql").read_text()
    assert set(re.findall(r"PASSWORD (\S+);", text)) == {
        ":'owner_password'",
        ":'app_password'",
        ":'matcher_password'",
    }


def test_what_the_application_says_comes_into_no_log(app: connection, owner: connection) -> None:
    asked = ["log_statement", "log_min_duration_statement", "log_min_error_statement", "log_error_verbosity"]
    told = [rows(app, f"SHOW {name}")[0][0] for name in [*asked, "track_activities"]]
    assert told == ["none", "-1", "panic", "terse", "off"]
    rows(app, "SELECT 'what somebody answered'")
    seen = rows(owner, "SELECT query FROM pg_stat_activity WHERE usename = 'clinicleader_app'")
    assert seen
    assert not any("what somebody answered" in str(query) for (query,) in seen)


def test_the_application_cannot_have_its_statements_logged_again(app: connection) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        rows(app, "SET log_statement = 'all'")
