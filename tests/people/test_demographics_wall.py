"""No page, export, API or job can read a declaration: the application's role may not, and what acts with
more rights than it has is listed here, by asking PostgreSQL for everything that reaches the table."""

from __future__ import annotations

import re
from pathlib import Path

from django.db import connection

from tenancy.scope import tenant_transaction
from tests.people.test_demographics import declare
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]

# One's own answers, and figures of groups (mentoring/sql/fairness.sql, succession/sql/representation.sql).
CALLED = {
    "people_own_demographics",
    "people_declare_demographics",
    "people_withdraw_demographics",
    "mentoring_fairness",
}
CALLED_BY_A_DEFINER_ALONE = {"succession_tell_trait"}

# The code that asks for them: nothing else may, or the lists above say nothing of pages.
ASKED_FROM = {
    r"\bpeople_own_demographics\b": {"people/services/demographics.py"},
    r"\bFROM mentoring_fairness\b": {"mentoring/queries/fairness.py"},
    r"\bsuccession_tell_representation\b": {"succession/services/representation.py"},
    r"\bown_declaration\b": {
        "people/archived.py",  # in one's own archive
        "people/services/demographics.py",
        "people/views/about_me.py",
    },
}


def asked(world: World, statement: str) -> list[tuple[object, ...]]:
    with tenant_transaction(world.organization.pk, actor_id=world.ada.pk), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_application_may_insert_and_nothing_else(mercy: World) -> None:
    found = asked(
        mercy,
        """
        SELECT p.may, has_table_privilege('people_demographics', p.may)
            OR (p.may IN ('SELECT', 'UPDATE', 'REFERENCES')
                AND has_any_column_privilege('people_demographics', p.may))
        FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS p (may)
        """,
    )
    assert {may for may, is_granted in found if is_granted} == {"INSERT"}


def test_the_application_cannot_become_the_owner(mercy: World) -> None:
    (found,) = asked(
        mercy,
        """
        SELECT current_user <> owner.rolname, pg_has_role(owner.oid, 'MEMBER'),
               role.rolsuper, role.rolbypassrls
        FROM pg_class c JOIN pg_roles owner ON owner.oid = c.relowner
        JOIN pg_roles role ON role.rolname = current_user
        WHERE c.oid = 'people_demographics'::regclass
        """,
    )
    assert found == (True, False, False, False)


def test_only_these_functions_reach_the_table(mercy: World) -> None:
    """With a search path of their own: a definer function acts, as the owner, on whatever tables it finds."""
    found = asked(
        mercy,
        r"""
        SELECT p.proname, p.prosecdef, has_function_privilege(p.oid, 'EXECUTE'), p.proconfig FROM pg_proc p
        WHERE p.prokind IN ('f', 'p') AND p.pronamespace = 'public'::regnamespace
          AND pg_get_functiondef(p.oid) ~ '\mpeople_demographics\M'
        """,
    )
    path = ["search_path=pg_catalog, public, pg_temp"]
    assert {name: settings for name, _, _, settings in found} == dict.fromkeys(
        CALLED | CALLED_BY_A_DEFINER_ALONE, path
    )
    assert {name for name, is_definer, _, _ in found if is_definer} == CALLED
    assert {name for name, _, may_call, _ in found if may_call} == CALLED


def test_no_view_rule_or_child_table_shows_declarations(mercy: World) -> None:
    assert not asked(
        mercy,
        """
        SELECT r.ev_class::regclass::text FROM pg_depend d
        JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = 'people_demographics'::regclass
        UNION ALL
        SELECT i.inhrelid::regclass::text FROM pg_inherits i
        WHERE 'people_demographics'::regclass IN (i.inhrelid, i.inhparent)
        """,
    )


def test_triggers_on_the_table_keep_no_answer(mercy: World) -> None:
    """A trigger has the row in its hands without naming the table. The audit trail gets the answers redacted;
    who withdraws is forgotten where they were counted."""
    found = asked(
        mercy,
        """
        SELECT DISTINCT p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgrelid = 'people_demographics'::regclass AND NOT t.tgisinternal
        """,
    )
    assert {name for (name,) in found} == {
        "tenancy_record_insert",
        "tenancy_record_update",
        "tenancy_record_delete",
        "succession_forget_answer",
    }


def test_the_planners_statistics_tell_no_answers(mercy: World) -> None:
    """ANALYZE keeps the most common values, which are people's words."""
    declare(mercy, mercy.ada)
    assert asked(mercy, "SELECT count(*) FROM pg_stats WHERE tablename = 'people_demographics'") == [(0,)]


def test_what_reads_declarations_is_called_where_it_should_be_and_nowhere_else() -> None:
    parts = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text()
        for part in parts
        for path in part.rglob("*.py")
        if "migrations" not in path.parts
    }
    for name, files in ASKED_FROM.items():
        assert {path for path, text in sources.items() if re.search(name, text)} == files, name


def test_nobody_can_be_named_to_what_reads_ones_own_answers(mercy: World) -> None:
    assert asked(mercy, "SELECT pronargs FROM pg_proc WHERE proname = 'people_own_demographics'") == [(0,)]
