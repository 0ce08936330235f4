"""How far a running step is, for people who watch.

A step is one transaction: nothing it writes to PostgreSQL is seen before it ends. So its progress goes into
Valkey beside it, where the next figure replaces it. Without Valkey, pages say less and the work goes on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from django.core.cache import caches

from tenancy.scope import current_organization_id, current_scope

_EVERY = 0.5  # seconds
_KEPT = 600

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of all, in words such as "rows read"; or, without numbers, what the step is at."""

    done: int
    total: int
    what: str

    def __str__(self) -> str:
        if not self.total:
            return self.what
        return f"{self.done:,} of {self.total:,} {self.what}, {100 * self.done // self.total} %"


def tell_progress(progress: Progress) -> None:
    """Say how far the step at hand is; the ledger's scope names its run."""
    caches["fast"].set(
        _key(current_scope().request_id), (progress.done, progress.total, progress.what), _KEPT
    )


def tell_stage(what: str) -> None:
    """Say what the step at hand is at while nothing can be counted, such as one long statement."""
    tell_progress(Progress(0, 0, what))


def told_progress(run_id: UUID | None) -> Progress | None:
    """What a run's step told last; None when it has told nothing yet or Valkey is down."""
    told = caches["fast"].get(_key(str(run_id))) if run_id else None
    return Progress(*told) if told else None


def counted(rows: Iterator[T], total: int, what: str) -> Iterator[T]:
    """The same rows, told twice a second as they pass, and at their end."""
    told, done = time.monotonic(), 0
    tell_progress(Progress(0, total, what))
    for done, row in enumerate(rows, 1):
        if time.monotonic() - told >= _EVERY:
            tell_progress(Progress(done, total, what))
            told = time.monotonic()
        yield row
    tell_progress(Progress(done, total, what))


def _key(run: str) -> str:
    return f"progress:{current_organization_id()}:{quote(run)}"  # the command line's may hold anything
