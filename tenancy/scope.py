"""Which organisation, and who in it, the running code acts for.

The scope lives in a context variable. The database backend copies it into every transaction, where the
row policies and the audit trigger read it; the managers of tenant models read it from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction


class NoTenantScopeError(RuntimeError):
    """A tenant table was touched outside every organisation."""


@dataclass(frozen=True, slots=True)
class Scope:
    organization_id: int
    actor_id: UUID | None = None
    request_id: str = ""
    reason: str = ""


_scope: ContextVar[Scope | None] = ContextVar("tenant_scope", default=None)


def scope_or_none() -> Scope | None:
    return _scope.get()


def current_scope() -> Scope:
    """The scope in force. Raises NoTenantScopeError when there is none."""
    scope = _scope.get()
    if scope is None:
        raise NoTenantScopeError("No organisation in scope: enter tenant_scope(...) first.")
    return scope


def current_organization_id() -> int:
    return current_scope().organization_id


@contextmanager
def tenant_scope(
    organization_id: int, *, actor_id: UUID | None = None, request_id: str = "", reason: str = ""
) -> Iterator[Scope]:
    """Act for one organisation until the block ends, in this thread of control only."""
    scope = Scope(organization_id, actor_id, request_id, reason)
    token = _scope.set(scope)
    try:
        _tell_open_transactions()
        yield scope
    finally:
        _scope.reset(token)
        _tell_open_transactions()


@contextmanager
def because(reason: str) -> Iterator[Scope]:
    """The scope in force with a reason, which every change inside the block leaves in the audit trail."""
    scope = current_scope()
    with tenant_scope(
        scope.organization_id, actor_id=scope.actor_id, request_id=scope.request_id, reason=reason
    ) as reasoned:
        yield reasoned


@contextmanager
def tenant_transaction(
    organization_id: int, *, actor_id: UUID | None = None, request_id: str = "", reason: str = ""
) -> Iterator[Scope]:
    """A scope and a transaction in it: what commands, jobs and tests need to reach tenant tables."""
    with (
        tenant_scope(organization_id, actor_id=actor_id, request_id=request_id, reason=reason) as scope,
        transaction.atomic(),
    ):
        yield scope


def _tell_open_transactions() -> None:
    """A transaction that is already open learns of the change; later ones learn when they begin."""
    for connection in connections.all(initialized_only=True):
        if connection.in_atomic_block:
            connection.apply_scope()  # type: ignore[attr-defined]  # every connection is of tenancy.backend
