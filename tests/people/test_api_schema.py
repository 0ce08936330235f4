"""The OpenAPI description is valid, complete and true: schemathesis asks what it promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans

from tests.rest import make_token
from tests.world import World


@pytest.fixture
def api_schema(db: None) -> Iterator[Any]:
    """The description, asked of the application in this process, inside the test's transaction."""
    # A real request ends by closing a connection that is in a transaction; the test client knows that, too.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    found = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    # What fits the description may still be refused by a rule that no description can state.
    accepted = found.config.checks.positive_data_acceptance
    accepted.expected_statuses = [*accepted.expected_statuses, "422"]
    yield found
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_endpoint_is_described(db: None, client: Client) -> None:
    described = client.get("/api/v1/schema/").json()
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/o/{slug}/me", "/api/v1/o/{slug}/people", "/api/v1/o/{slug}/people/{person_id}"} <= set(
        described["paths"]
    )
    for operations in described["paths"].values():
        for operation in operations.values():
            assert operation["security"] == [{"token": []}, {"session": []}]
            assert {"401", "403", "404", "429"} <= operation["responses"].keys()


def test_every_shape_has_a_name_of_its_own(db: None) -> None:
    """Two of one name would be described as one; the generator only warns."""
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS


def test_the_docs_page_keeps_the_content_policy(db: None, client: Client) -> None:
    page = client.get("/api/v1/docs/")
    body = page.content.decode()
    assert page.status_code == 200
    assert "<style" not in body
    assert "cdn" not in body
    assert client.get("/api/v1/docs/?script=").status_code == 200


def test_no_server_error_and_no_violation(api_schema: Any, mercy: World) -> None:
    headers = {"Authorization": f"Bearer {make_token(mercy, mercy.ada)}"}
    tried = 0
    for found in api_schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=20,
            deadline=None,
            database=None,
            derandomize=True,  # the same questions every time
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), own=booleans())
        def ask(case: Any, own: bool) -> None:
            case.path_parameters["slug"] = mercy.slug
            if own and "person_id" in case.path_parameters:
                case.path_parameters["person_id"] = str(mercy.colin.pk)
            case.call_and_validate(headers=headers)

        ask()
        tried += 1
    assert tried >= 3
