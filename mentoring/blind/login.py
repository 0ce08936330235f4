"""What the matcher's database login may see, checked against what it should."""

from __future__ import annotations

from typing import Final

from django.db import connections

ALIAS: Final = "matcher"
TABLE: Final = "mentoring_matchprofile"
COLUMNS: Final = frozenset(
    {
        "organization_id",
        "run_id",
        "side",
        "tier",
        "key",
        "level",
        "tags",
        "tag_weights",
        "free_slots",
        "rating_sum",
        "rating_count",
        "places",
        "excluded",
        "excluded_why",
        "locked",
        "running",
    }
)

_ROLE = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole OR r.rolcreatedb OR r.rolreplication,
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),
       EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid),
       has_schema_privilege('public', 'CREATE')
FROM pg_roles r WHERE r.rolname = current_user
"""
# Functions that act with their owner's rights.
_CALLED = "SELECT proname FROM pg_proc WHERE prosecdef AND has_function_privilege(oid, 'EXECUTE') ORDER BY 1"
# Relations it may write, or read whole; and single columns it may read.
_WRITTEN = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND (has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
       OR has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES'))
ORDER BY 1
"""
_READ = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND NOT a.attisdropped AND has_any_column_privilege(c.oid, 'SELECT')
  AND has_column_privilege(c.oid, a.attnum, 'SELECT')
"""


class SeeingMatcherError(RuntimeError):
    """The matcher's login could see more than the frozen profiles."""


def login_faults() -> list[str]:
    """Why the matcher must not run with the login it has; empty when it may."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_ROLE)
        superuser, bypass, administers, member, owner, creates = cursor.fetchone()
        cursor.execute(_CALLED)
        functions = [name for (name,) in cursor.fetchall()]
        cursor.execute(_WRITTEN)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(_READ)
        columns = set(cursor.fetchall())
    faults = {
        "is a superuser": superuser,
        "bypasses row security": bypass,
        "may administer": administers,
        "is a member of another role": member,
        "owns something": owner,
        "may create tables": creates,
        f"may call {', '.join(functions)} with the rights of others": functions,
        f"may write or read all of {', '.join(tables)}": tables,
    }
    found = [fault for fault, present in faults.items() if present]
    if surplus := sorted(columns - {(TABLE, column) for column in COLUMNS}):
        found.append(f"may read {', '.join('.'.join(names) for names in surplus)}")
    return found


def ensure_blind() -> None:
    """Raise SeeingMatcherError unless the login sees the frozen profiles alone."""
    if faults := login_faults():
        raise SeeingMatcherError(
            f"The database role of MATCHER_DATABASE_URL {' and '.join(faults)}: refusing to match."
        )
