"""What is sent of a kept statement, and what Django would have written."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from tenancy.kept import kept


def as_sent(asks: Callable[..., QuerySet[Any, Any]], *given: Any) -> str:
    kept(asks, *given)  # the second time nothing of it is written
    with CaptureQueriesContext(connection) as sent:
        kept(asks, *given)
    return one_of([query["sql"] for query in sent])


def as_written(asks: Callable[..., QuerySet[Any, Any]], *given: Any) -> str:
    with CaptureQueriesContext(connection) as sent:
        list(asks(*given))
    return one_of([query["sql"] for query in sent])


def one_of(statements: list[str]) -> str:
    """The only one, with sets of ids in one order: sets have none."""
    (only,) = statements
    return re.sub(r"IN \(('[^()]*)\)", lambda ids: f"IN ({sorted(ids[1].split(', '))})", only)
