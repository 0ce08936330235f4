"""Refuse to serve with a database role that the row policies do not bind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

_ROLE = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole,
       EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')),
       pg_has_role(r.oid, (SELECT oid FROM pg_roles WHERE rolname = 'clinicleader_audit'), 'member')
FROM pg_roles r WHERE r.rolname = current_user
"""


class UnsafeRoleError(RuntimeError):
    """The application is connected as a role that could step over the walls."""


def role_faults() -> list[str]:
    """Why the connected role must not serve; empty when it may."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_ROLE)
        superuser, bypass, create_role, owner, audit = cursor.fetchone()
    faults = {
        "is a superuser": superuser,
        "bypasses row security": bypass,
        "may create roles": create_role,
        "owns tables": owner,
        "is a member of the audit role": audit,
    }
    return [fault for fault, present in faults.items() if present]


def ensure_safe_role() -> None:
    """Raise UnsafeRoleError unless the row policies bind the connected role. Called before serving."""
    faults = role_faults()
    if faults:
        raise UnsafeRoleError(f"The database role of DATABASE_URL {' and '.join(faults)}: refusing to serve.")


@register(Tags.database)
def check_role(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """`manage.py check --database default` says the same."""
    if not databases:
        return []
    return [Error(f"The database role {fault}.", id="tenancy.E001") for fault in role_faults()]
