"""Connections that stay open between requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.extensions import TRANSACTION_STATUS_INTRANS


@pytest.fixture
def kept(db: None) -> Iterator[BaseDatabaseWrapper]:
    """A connection as a web worker has it, beside the test's own."""
    worker = connections["default"].copy()
    worker.ensure_connection()
    yield worker
    worker.close()


def was_asked(worker: BaseDatabaseWrapper) -> bool:
    """Whether a statement was sent: without autocommit it has begun a transaction."""
    return bool(worker.connection.info.transaction_status == TRANSACTION_STATUS_INTRANS)


def test_a_connection_on_which_the_server_is_silent_serves_without_being_asked(
    kept: BaseDatabaseWrapper,
) -> None:
    kept.connection.autocommit = False
    assert kept.is_usable()
    assert not was_asked(kept)


def test_a_connection_on_which_something_failed_is_asked(kept: BaseDatabaseWrapper) -> None:
    kept.connection.autocommit = False
    kept.errors_occurred = True
    assert kept.is_usable()
    assert was_asked(kept)


def test_a_connection_that_the_server_ended_is_found_before_the_next_request(
    kept: BaseDatabaseWrapper,
) -> None:
    pid = kept.connection.get_backend_pid()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)
    assert not kept.is_usable()
    # As at the beginning of a request: closed, and opened anew with the first statement.
    kept.settings_dict = kept.settings_dict | {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 600}
    kept.health_check_enabled, kept.health_check_done = True, False
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert kept.connection.get_backend_pid() != pid


def test_a_connection_that_is_closed_here_is_not_usable(kept: BaseDatabaseWrapper) -> None:
    kept.connection.close()
    assert not kept.is_usable()
