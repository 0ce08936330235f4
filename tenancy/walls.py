"""The walls round an organisation, as constraints that migrations write and guard.

`walls(...)` goes into `Meta.constraints` of every tenant model. It yields the row policy, the key that
composite foreign keys point to, one composite foreign key for each link, and the audit triggers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class _SqlConstraint(models.BaseConstraint):
    """A constraint that exists in the database alone; Python has nothing to validate."""

    def _add(self, model: type[models.Model], quote: Any) -> str:
        raise NotImplementedError

    def _drop(self, model: type[models.Model], quote: Any) -> str:
        raise NotImplementedError

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        # Inside CREATE TABLE there is no room for it: it runs when the migration's other SQL has run.
        assert model is not None  # noqa: S101 - Django always passes both
        assert schema_editor is not None  # noqa: S101
        schema_editor.deferred_sql.append(self._add(model, schema_editor.quote_name))
        return ""

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        # Deferred as well: a link may point to a table whose key is added later in the same migration.
        return self.constraint_sql(model, schema_editor)

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        assert model is not None  # noqa: S101
        assert schema_editor is not None  # noqa: S101
        return self._drop(model, schema_editor.quote_name)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        return None

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class RowPolicy(_SqlConstraint):
    """Rows of other organisations do not exist, also for the table's owner; without a scope it raises."""

    def _add(self, model: type[models.Model], quote: Any) -> str:
        table, name = quote(model._meta.db_table), quote(self.name)
        # The sub-select is evaluated once for each statement, not once for each row.
        rule = "organization_id = (SELECT tenancy_organization())"
        return (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
            f"CREATE POLICY {name} ON {table} TO PUBLIC USING ({rule}) WITH CHECK ({rule})"
        )

    def _drop(self, model: type[models.Model], quote: Any) -> str:
        table, name = quote(model._meta.db_table), quote(self.name)
        return f"DROP POLICY {name} ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"


class TenantLink(_SqlConstraint):
    """A foreign key that includes the organisation: row policies alone let a link cross the wall."""

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def _add(self, model: type[models.Model], quote: Any) -> str:
        column, target = linked(model, self.field)
        return (
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY (organization_id, {quote(column)}) "
            f"REFERENCES {quote(target._meta.db_table)} (organization_id, id)"
        )

    def _drop(self, model: type[models.Model], quote: Any) -> str:
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"


class SettledLink(_SqlConstraint):
    """A link from rows that are never changed to rows that are never removed: looked up when it is written,
    once for all rows of a statement (sql/settled_links.sql). A foreign key would look up every row.

    The row's own table is AppendOnly; the other one is AppendOnly, Permanent, or the application may not
    delete from it. tests/test_walls.py checks both.
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def _add(self, model: type[models.Model], quote: Any) -> str:
        column, target = linked(model, self.field)
        return (
            f"CREATE TRIGGER {quote(self.name)} AFTER INSERT ON {quote(model._meta.db_table)} "
            f"REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT "
            f"EXECUTE FUNCTION tenancy_check_link('{column}', '{target._meta.db_table}')"
        )

    def _drop(self, model: type[models.Model], quote: Any) -> str:
        return f"DROP TRIGGER {quote(self.name)} ON {quote(model._meta.db_table)}"


class AuditTrail(_SqlConstraint):
    """Every insert, update and delete leaves a row in the audit trail; redacted columns leave no value."""

    def __init__(self, *, name: str, redact: Sequence[str] = ()) -> None:
        super().__init__(name=name)
        self.redact = tuple(redact)

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "redact": self.redact}

    def _add(self, model: type[models.Model], quote: Any) -> str:
        table = quote(model._meta.db_table)
        columns = ", ".join(f"'{column}'" for column in self.redact)
        # Statement triggers with transition tables: one set-based insert, however many rows changed.
        return "; ".join(
            f"CREATE TRIGGER {quote(f'{self.name}_{operation.lower()}')} AFTER {operation} ON {table} "
            f"REFERENCING {rows} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION tenancy_record_{operation.lower()}({columns})"
            for operation, rows in (
                ("INSERT", "NEW TABLE AS new_rows"),
                ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
                ("DELETE", "OLD TABLE AS old_rows"),
            )
        )

    def _drop(self, model: type[models.Model], quote: Any) -> str:
        return "; ".join(
            f"DROP TRIGGER {quote(f'{self.name}_{operation}')} ON {quote(model._meta.db_table)}"
            for operation in ("insert", "update", "delete")
        )


class AppendOnly(_SqlConstraint):
    """Rows are added and read, never changed, removed or truncated (sql/append_only.sql)."""

    def _add(self, model: type[models.Model], quote: Any) -> str:
        return (
            f"CREATE TRIGGER {quote(self.name)} BEFORE UPDATE OR DELETE OR TRUNCATE "
            f"ON {quote(model._meta.db_table)} FOR EACH STATEMENT EXECUTE FUNCTION tenancy_refuse_change()"
        )

    def _drop(self, model: type[models.Model], quote: Any) -> str:
        return f"DROP TRIGGER {quote(self.name)} ON {quote(model._meta.db_table)}"


class Permanent(_SqlConstraint):
    """Rows are never removed and keep their id; what else they say may change."""

    def _add(self, model: type[models.Model], quote: Any) -> str:
        # The row policy already keeps a row in its organisation.
        return (
            f"CREATE TRIGGER {quote(self.name)} BEFORE DELETE OR TRUNCATE OR UPDATE OF id "
            f"ON {quote(model._meta.db_table)} FOR EACH STATEMENT EXECUTE FUNCTION tenancy_refuse_change()"
        )

    def _drop(self, model: type[models.Model], quote: Any) -> str:
        return f"DROP TRIGGER {quote(self.name)} ON {quote(model._meta.db_table)}"


def linked(model: type[models.Model], name: str) -> tuple[str, type[models.Model]]:
    """The column of a link and the table it leads to. Raises TypeError for a field that is no link."""
    field = model._meta.get_field(name)
    target = field.related_model
    if not (isinstance(field, models.ForeignKey) and isinstance(target, type)):
        raise TypeError(f"{model.__name__}.{name} is not a link to another table.")
    return field.column, target


def walls(
    *links: str, settled: Sequence[str] = (), audited: bool = True, redact: Sequence[str] = ()
) -> list[models.BaseConstraint]:
    """The constraints every tenant table carries; `links` and `settled` name its TenantForeignKey fields.

    Tables that are not audited are listed with a reason in tests/test_walls.py.
    """
    prefix = "%(app_label)s_%(class)s"
    trail = [AuditTrail(name=f"{prefix}_audit", redact=redact)] if audited else []
    return [
        RowPolicy(name=f"{prefix}_tenant"),
        models.UniqueConstraint(fields=["organization", "id"], name=f"{prefix}_key"),
        *(TenantLink(field=link, name=f"{prefix}_{link}_link") for link in links),
        *(SettledLink(field=link, name=f"{prefix}_{link}_settled") for link in settled),
        *trail,
    ]
