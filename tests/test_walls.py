"""The walls between organisations, read from PostgreSQL's own catalogue and then tried with the hands."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from people.models import Person, Unit
from tenancy.models import GLOBAL_TABLES, TenantModel
from tenancy.scope import NoTenantScopeError, tenant_scope
from tenancy.startup import UnsafeRoleError, ensure_safe_role
from tests.factories.people import make_unit
from tests.world import World

# Tables of an organisation whose changes leave no audit row, and why.
UNAUDITED = {
    "people_notification": "is a hint; what it points to is audited",
    "tenancy_audit": "is the trail",
    "tenancy_audit_seal": "is the trail's seal",
    "tenancy_jobrun": "is itself a ledger; what jobs change is audited where they change it",
    "tenancy_jobstep": "is itself a ledger",
    "tenancy_outboxmessage": "is transport",
    "passport_packentry": "the pack itself is audited, and everybody in it sees who made it",
    "passport_packpiece": "pieces of a file that is drawn and dropped; the pack itself is audited",
    "people_importchunk": "is the uploaded file, deleted when it has been applied",
    "people_importfault": "says what is wrong with a file; nothing of it is applied",
    "people_importchange": "says what a file would do; doing it is audited where it happens",
    "surveys_surveyimportchunk": "is the uploaded file, which must not survive the import",
    "sponsors_intakeremark": "an audit row would say when somebody wrote it, and who",
    "surveys_response": "an audit row would carry the answers with a time and an order",
    "surveys_pendingballot": "as surveys_response",
    "surveys_pendingcomment": "as surveys_response",
    "surveys_comment": "as surveys_response",
    "surveys_participation": "an audit row would say when somebody answered",
    "surveys_wavekey": "an audit row would keep the key beyond the close",
    "surveys_rollentry": "written once, 73,000 at a time, by a launch that is audited",
    "surveys_gapblock": "likewise",
    "succession_representationfigure": "written once with its telling, which is audited, and never changed",
    "succession_countedperson": "an audit row would carry what somebody declared",
    "succession_exposuremonth": "is written once by a job and never changed",
    "insights_leadershipquarter": "is written once by a job and never changed",
    "insights_rolepulseleader": "written once by the opening of a pulse, which is audited",
    "insights_rolepulsefigure": "written once by the close of a pulse, which is audited, and never changed",
    "insights_rolepulsekey": "an audit row would keep the key beyond the close",
    "insights_rolepulseparticipation": "an audit row would say when somebody answered",
    "insights_pendingroleanswer": "an audit row would carry the answers with a time and an order",
    "insights_rolepulsetally": "an audit row would say what the next ten answered",
    "succession_rollmember": "written once by a selection, whose opening is audited",
    "succession_approvalkey": "an audit row would keep the key beyond the close",
    "succession_approvalparticipation": "an audit row would say when somebody voted",
    "succession_pendingapproval": "an audit row would carry the vote with a time and an order",
    "succession_approvaltally": "an audit row would say what the next ten voted",
    "succession_ballotreceipt": "an audit row would say when its vote came",
    "surveys_gaptally": "an audit row would say what the next ten answered",
    "surveys_draftcount": "says how many a draft would ask, counted again at any time; opening it is audited",
    "surveys_publishedindex": "is written once and never changed; the wave's own change is audited",
    "surveys_publishedscale": "likewise",
    "surveys_publisheditem": "likewise",
    "surveys_publishedwave": "likewise",
    "surveys_releasecertificate": "likewise",
    "surveys_publishedpool": "likewise",
    "surveys_publishedcomment": "likewise",
    "surveys_publishedgap": "likewise",
    "mentoring_alumniword": "follows from the recording, whose change is audited",
    "mentoring_exposurereminder": "is itself a log of what was sent",
    "people_webhookdelivery": "is itself a log of what was sent, without a word of what it says",
    "passport_stampchange": "says in which order others hear of stamps, which are audited",
    "readiness_scoring": "says in which order others hear of snapshots",
    "passport_passportread": "is itself a log that only grows",
    "mentoring_matchprofile": "is what a run was told, frozen by one statement; the run itself is audited",
    "mentoring_leftout": "is what a run found, written once; the run itself is audited",
    "sponsors_nightfigures": "are counted again each night, and say nothing that their sources do not",
    "readiness_quarterlyfile": "is written once by a job and never changed",
    "readiness_snapshot": "is never changed; the job run says who asked for it",
}
# Tables (and commands) with a second, restrictive policy inside the organisation, and why.
NARROWED = {
    ("sponsors_intakeremark", "SELECT"): "while a round is open nobody reads what was said in it",
    ("sponsors_coachingnote", "SELECT"): "coach and leader each read their own notes alone",
    ("partnerships_checkanswer", "SELECT"): "partners see each other's answers when all have answered",
    (
        "succession_panelscore",
        "SELECT",
    ): "the panel scores apart, and sees all scores when all have handed in",
    ("partnerships_profile", "SELECT"): "whom it is about, and the partners they show it to",
    **{
        ("partnerships_profile", command): "nobody keeps, changes or takes away somebody else's"
        for command in ("INSERT", "UPDATE", "DELETE")
    },
    (
        "partnerships_reading",
        "SELECT",
    ): "two who code are independent: neither sees the other's until both have finished",
    ("partnerships_reading", "INSERT"): "nobody codes in somebody else's name",
    ("partnerships_reading", "UPDATE"): "likewise, and what is handed in stays",
    ("partnerships_coder", "UPDATE"): "only a coder says that they have finished",
}


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def tables() -> set[str]:
    return {
        str(name)
        for (name,) in rows(
            "SELECT relname FROM pg_class "
            "WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
    }


def tenant_tables() -> set[str]:
    return tables() - GLOBAL_TABLES


@pytest.mark.django_db
def test_every_table_is_global_by_name_or_behind_walls() -> None:
    assert tables() >= GLOBAL_TABLES
    with_organization = {
        name
        for (name,) in rows(
            "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE a.attname = 'organization_id'"
        )
    }
    assert tenant_tables() - with_organization == set()


@pytest.mark.django_db
def test_every_tenant_table_forces_row_security() -> None:
    forced = {
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'"
        )
    }
    assert tenant_tables() - forced == set()


@pytest.mark.django_db
def test_every_tenant_table_has_one_policy_to_everybody_that_raises() -> None:
    rule = "(organization_id = ( SELECT tenancy_organization() AS tenancy_organization))"
    policies = {
        name: (roles, command, using, check)
        for name, roles, command, using, check in rows(
            "SELECT tablename, roles::text, cmd, qual, with_check FROM pg_policies "
            "WHERE permissive = 'PERMISSIVE'"
        )
    }
    expected = ("{public}", "ALL", rule, rule)
    assert {table: policies.get(table) for table in tenant_tables()} == dict.fromkeys(
        tenant_tables(), expected
    )
    # Two that both permit would let through what either does; one that restricts only takes away.
    permitting = rows("SELECT 1 FROM pg_policies WHERE permissive = 'PERMISSIVE'")
    assert len(permitting) == len(tenant_tables())


@pytest.mark.django_db
def test_a_second_policy_only_narrows_and_is_known() -> None:
    found = rows("SELECT tablename, cmd FROM pg_policies WHERE permissive = 'RESTRICTIVE'")
    assert {(str(table), str(command)) for table, command in found} == NARROWED.keys()


@pytest.mark.django_db
def test_every_index_of_a_tenant_table_begins_with_the_organization() -> None:
    # The primary key `id` is Django's handle on a row; every other index, and so every unique one, obeys.
    strays = rows(
        """
        SELECT c.relname, i.relname FROM pg_index x
        JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        JOIN pg_am m ON m.oid = i.relam
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
        WHERE a.attname IS DISTINCT FROM 'organization_id' AND m.amname <> 'brin'
          AND NOT (x.indisprimary AND a.attname = 'id')
        """
    )
    assert [stray for stray in strays if stray[0] in tenant_tables()] == []


@pytest.mark.django_db
def test_every_link_between_tenant_tables_includes_the_organization() -> None:
    links = rows(
        """
        SELECT c.relname, t.relname, array_length(k.conkey, 1),
               (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum = k.conkey[1])
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
        WHERE k.contype = 'f'
        """
    )
    inner = [link for link in links if link[0] in tenant_tables() and link[1] in tenant_tables()]
    assert len(inner) >= 15
    assert [link for link in inner if link[2:] != (2, "organization_id")] == []


def settled_links() -> dict[tuple[str, str], str]:
    """(table, column) of the links that are looked up once a statement -> the table they lead to."""
    found = rows(
        "SELECT c.relname, encode(t.tgargs, 'escape') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'tenancy_check_link' AND t.tgenabled = 'O'"
    )
    links = {}
    for table, arguments in found:
        column, target, _end = str(arguments).split("\\000")
        links[str(table), column] = target
    return links


def refusing(operation: str) -> set[str]:
    """Tables from which the application cannot take rows away, or whose rows it cannot change."""
    bit = {"DELETE": 8, "UPDATE": 16}[operation]
    return {
        str(name)
        for (name,) in rows(
            f"""
            SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND (
                NOT has_table_privilege(c.oid, '{operation}')
                OR EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                           WHERE t.tgrelid = c.oid AND p.proname = 'tenancy_refuse_change'
                             AND t.tgenabled = 'O' AND t.tgtype & {bit} > 0 AND t.tgattr = ''))
            """
        )
    }


@pytest.mark.django_db
def test_every_link_field_has_its_composite_key_or_is_settled() -> None:
    from django.apps import apps  # noqa: PLC0415 - the registry is ready inside a test only

    keyed = {
        (table, column)
        for table, column in rows(
            """
            SELECT c.relname, a.attname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[2]
            WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 2
            """
        )
    }
    wanted = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.local_fields
        if field.is_relation and field.name != "organization"
    }
    assert wanted
    assert wanted - keyed == settled_links().keys()


@pytest.mark.django_db
def test_settled_links_lead_from_rows_that_stay_as_they_are_to_rows_that_stay() -> None:
    links = settled_links()
    assert links
    assert {table for table, _column in links} - refusing("UPDATE") == set()
    permanent = {
        name
        for (name,) in rows(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE p.proname = 'tenancy_refuse_change' AND a.attname = 'id' AND a.attnum = ANY (t.tgattr) "
            "AND t.tgtype & 24 = 24 AND t.tgenabled = 'O'"
        )
    }
    assert set(links.values()) - (refusing("DELETE") & refusing("UPDATE")) - permanent == set()


@pytest.mark.django_db
def test_every_tenant_table_is_audited_unless_there_is_a_reason() -> None:
    triggered = rows(
        "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname LIKE 'tenancy_record_%' GROUP BY 1"
    )
    audited = {name for name, count in triggered if count == 3}
    assert tenant_tables() - audited == UNAUDITED.keys()


@pytest.mark.django_db
def test_tests_run_as_a_role_that_row_security_binds() -> None:
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]
    assert rows("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relkind = 'r'") == [
        (0,)
    ]
    ensure_safe_role()


@pytest.mark.django_db
def test_a_role_that_bypasses_row_security_may_not_serve(owner_connection: None) -> None:
    with pytest.raises(UnsafeRoleError, match="bypasses row security and owns tables"):
        ensure_safe_role()


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM people_person", "UPDATE people_person SET job_title = ''"]
)
def test_raw_sql_without_an_organization_raises(mercy: World, statement: str) -> None:
    with pytest.raises(DatabaseError, match="no organisation in scope"), transaction.atomic():
        rows(statement)


def test_raw_sql_sees_its_own_organization_only(mercy: World, fenwick: World) -> None:
    with tenant_scope(fenwick.organization.pk):
        found = rows("SELECT DISTINCT organization_id FROM people_person")
    assert found == [(fenwick.organization.pk,)]


def test_raw_sql_cannot_write_into_another_organization(mercy: World, fenwick: World) -> None:
    with (
        tenant_scope(fenwick.organization.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        rows(f"UPDATE people_person SET organization_id = {mercy.organization.pk} RETURNING id")


def test_a_link_to_another_organizations_row_is_refused(mercy: World, fenwick: World) -> None:
    with tenant_scope(fenwick.organization.pk), pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=fenwick.unit.pk).update(parent_id=mercy.unit.pk)


def test_the_orm_raises_without_an_organization(mercy: World) -> None:
    with pytest.raises(NoTenantScopeError):
        Person.objects.exists()
    with pytest.raises(NoTenantScopeError):
        Person._base_manager.all()
    with pytest.raises(NoTenantScopeError):
        Person(given_name="No", family_name="Body")


def test_a_scope_ends_with_its_block_inside_an_open_transaction(mercy: World, fenwick: World) -> None:
    with tenant_scope(mercy.organization.pk):
        with tenant_scope(fenwick.organization.pk):
            assert rows("SELECT tenancy_organization()") == [(fenwick.organization.pk,)]
        assert rows("SELECT tenancy_organization()") == [(mercy.organization.pk,)]


def test_a_failed_statement_leaves_the_outer_scope_in_force(mercy: World, fenwick: World) -> None:
    with tenant_scope(mercy.organization.pk):
        with pytest.raises(IntegrityError), transaction.atomic(), tenant_scope(fenwick.organization.pk):
            make_unit(fenwick.organization, external_id=fenwick.unit.external_id)
        assert rows("SELECT tenancy_organization()") == [(mercy.organization.pk,)]
