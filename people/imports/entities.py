"""Staged rows against the table they belong to: what is wrong, what is new, what differs. All in sets.

`plan` makes the temporary table `import_planned`: for each row of the file the whole row as it shall be.
Checking counts it and shows samples; applying inserts and updates from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from people.imports.fields import BY_TABLE, Field, Kind
from people.imports.staging import STAGED
from tenancy.copy import SQL, Composed, Identifier, names
from tenancy.scope import current_organization_id
from web.tables_in import Fault

PLANNED = "import_planned"


@dataclass(frozen=True, slots=True)
class Change:
    """What one row of the file does, for people to look at."""

    verdict: str  # added, changed, ended
    row: int | None
    subject: str
    values: list[list[str]]  # [label, old, new]


def rows_of(statement: Composed, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def execute(statement: Composed, parameters: list[Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def plan(kind: Kind, columns: Mapping[str, str]) -> None:
    """Make `import_planned`: row_number, id, is_new, every target column, `<link>_ref` as the ID given."""
    mapped = [field for field in kind.fields if field.target and columns.get(field.name)]
    unmapped = [field for field in kind.fields if field.target and not columns.get(field.name)]
    values = [
        *(SQL("{} AS {}").format(_mapped(kind, f), Identifier(f.target)) for f in mapped),
        *(SQL("{} AS {}").format(_unmapped(f), Identifier(f.target)) for f in unmapped),
        *(
            SQL("s.{} AS {}").format(Identifier(f.name), Identifier(f"{f.name}_ref"))
            for f in mapped
            if f.link
        ),
    ]
    joins = [
        SQL("LEFT JOIN {} {} ON {}.external_id = s.{}").format(
            Identifier(f.link), Identifier(f"l_{f.name}"), Identifier(f"l_{f.name}"), Identifier(f.name)
        )
        for f in mapped
        if f.link
    ]
    key = SQL(" AND ").join(
        SQL("t.{} = {}").format(Identifier(column), _key_value(kind, column)) for column in kind.key
    )
    execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(Identifier(PLANNED)))
    execute(
        SQL(
            "CREATE TEMPORARY TABLE {planned} ON COMMIT DROP AS "
            "SELECT s.row_number, coalesce(t.id, gen_random_uuid()) AS id, t.id IS NULL AS is_new, {values} "
            "FROM {staged} s {joins} LEFT JOIN {table} t ON {key}"
        ).format(
            planned=Identifier(PLANNED),
            values=SQL(", ").join(values),
            staged=Identifier(STAGED),
            joins=SQL(" ").join(joins),
            table=Identifier(kind.table),
            key=key,
        ),
        [f.default for f in (*mapped, *unmapped) if not f.link and f.default is not None],
    )
    _link_to_each_other(kind, mapped)
    execute(SQL("ANALYZE {}").format(Identifier(PLANNED)))


def _mapped(kind: Kind, field: Field) -> Composed:
    if field.link:
        return SQL("{}.id").format(Identifier(f"l_{field.name}"))
    value = SQL("s.{}").format(Identifier(field.name))
    return value if field.default is None else SQL("coalesce({}, %s)").format(value)


def _unmapped(field: Field) -> Composed:
    """A column the file does not have keeps what is there; a new row gets the default."""
    if field.link or field.default is None:
        return SQL("t.{}").format(Identifier(field.target))
    return SQL("coalesce(t.{}, %s)").format(Identifier(field.target))


def _key_value(kind: Kind, column: str) -> Composed:
    field = next(f for f in kind.fields if f.target == column)
    return _mapped(kind, field)


def _link_to_each_other(kind: Kind, mapped: list[Field]) -> None:
    """Links within the file's own table may name rows that the file adds."""
    for field in mapped:
        if field.link == kind.table:
            execute(
                SQL(
                    "UPDATE {planned} p SET {column} = o.id FROM {planned} o WHERE o.external_id = p.{ref}"
                ).format(
                    planned=Identifier(PLANNED),
                    column=Identifier(field.target),
                    ref=Identifier(f"{field.name}_ref"),
                )
            )


# What is wrong, beyond the single cell. Each yields faults under the file's own headings.


def key_faults(kind: Kind, columns: Mapping[str, str]) -> Iterator[Fault]:
    """The same key in two rows."""
    fields = [field for field in kind.fields if field.target in kind.key and columns.get(field.name)]
    keys = names(field.name for field in fields)
    found = rows_of(
        SQL(
            "SELECT row_number, first, concat_ws(' ', {keys}) FROM ("
            "SELECT row_number, {keys}, min(row_number) OVER (PARTITION BY {keys}) AS first FROM {staged} "
            "WHERE {given}) s WHERE row_number <> first ORDER BY row_number"
        ).format(
            keys=keys,
            staged=Identifier(STAGED),
            given=SQL(" AND ").join(SQL("{} IS NOT NULL").format(Identifier(f.name)) for f in fields),
        )
    )
    heading = columns[fields[0].name]
    for row, first, value in found:
        yield Fault(f"Row {first} is about the same one. Expected one row each.", row, heading, str(value))


def link_faults(kind: Kind, columns: Mapping[str, str]) -> Iterator[Fault]:
    """External ids that neither the organisation nor the file knows."""
    for field in kind.fields:
        if not (field.link and field.target and columns.get(field.name)):
            continue
        ref = Identifier(f"{field.name}_ref")
        found = rows_of(
            SQL(
                "SELECT row_number, {ref} FROM {planned} WHERE {ref} IS NOT NULL AND {target} IS NULL"
            ).format(ref=ref, planned=Identifier(PLANNED), target=Identifier(field.target))
        )
        linked = BY_TABLE[field.link]
        message = (
            f"There is no {linked.noun} with this {field.help or 'ID'}. "
            f"Import {linked.plural} first, or correct the cell."
        )
        for row, value in found:
            yield Fault(message, row, columns[field.name], str(value))


def date_faults(kind: Kind, columns: Mapping[str, str]) -> Iterator[Fault]:
    """Ends before beginnings."""
    targets = {field.target for field in kind.fields}
    if not {"start_date", "end_date"} <= targets:
        return
    found = rows_of(
        SQL(
            "SELECT row_number, start_date, end_date FROM {} "
            "WHERE end_date < start_date OR (%s AND end_date = start_date)"
        ).format(Identifier(PLANNED)),
        [kind.interval],
    )
    heading = columns.get("end_date") or columns.get("start_date") or ""
    after = "after" if kind.interval else "on or after"
    for row, start, end in found:
        yield Fault(f"Expected a date {after} the start, {start}.", row, heading, str(end))


# Counting, showing, doing.

# How a row that a link names is said, as SQL over its alias; always with the ID.
_SAID = {
    "people_unit": "concat({0}.name, ' (', {0}.external_id, ')')",
    "people_person": "concat({0}.given_name, ' ', {0}.family_name, ' (', {0}.external_id, ')')",
    "people_position": "concat({0}.title, ' (', {0}.external_id, ')')",
}


def said(table: str, alias: str) -> Composed:
    """What a row is called, with its ID: "Ada Mercy (P12)"; NULL where there is none."""
    words = SQL(_SAID[table]).format(Identifier(alias))
    return SQL("CASE WHEN {}.id IS NOT NULL THEN {} END").format(Identifier(alias), words)


def count_plan(kind: Kind) -> dict[str, int]:
    """How many rows are added, changed, ended (changed by getting an end) and unchanged."""
    ended = _ended(kind)
    (counted,) = rows_of(
        SQL(
            "SELECT count(*) FILTER (WHERE p.is_new), "
            "count(*) FILTER (WHERE NOT p.is_new AND {differs} AND NOT {ended}), "
            "count(*) FILTER (WHERE NOT p.is_new AND {differs} AND {ended}), "
            "count(*) FILTER (WHERE NOT p.is_new AND NOT {differs}) "
            "FROM {planned} p LEFT JOIN {table} t ON t.id = p.id"
        ).format(
            differs=_differs(kind), ended=ended, planned=Identifier(PLANNED), table=Identifier(kind.table)
        )
    )
    added, changed, ends, same = counted
    return {"added": added, "changed": changed, "ended": ends, "unchanged": same}


def sample_changes(kind: Kind, verdict: str, limit: int) -> list[Change]:
    """The first rows of a verdict, with old and new values by label."""
    shown = [field for field in kind.fields if field.target]
    which = {
        "added": SQL("p.is_new"),
        "changed": SQL("NOT p.is_new AND {} AND NOT {}").format(_differs(kind), _ended(kind)),
        "ended": SQL("NOT p.is_new AND {} AND {}").format(_differs(kind), _ended(kind)),
    }[verdict]
    joins, old, new = [], [], []
    for field in shown:
        if field.link:
            for side in ("t", "p"):
                alias = Identifier(f"{side}_{field.name}")
                joins.append(
                    SQL("LEFT JOIN {} {} ON {}.id = {}.{}").format(
                        Identifier(field.link), alias, alias, Identifier(side), Identifier(field.target)
                    )
                )
            old.append(said(field.link, f"t_{field.name}"))
            # What the file itself adds is not in its table yet.
            new.append(_reference(kind, field))
        else:
            old.append(SQL("t.{}::text").format(Identifier(field.target)))
            new.append(SQL("p.{}::text").format(Identifier(field.target)))
    found = rows_of(
        SQL(
            "SELECT p.row_number, ARRAY[{old}]::text[], ARRAY[{new}]::text[] FROM {planned} p "
            "LEFT JOIN {table} t ON t.id = p.id {joins} WHERE {which} ORDER BY p.row_number LIMIT %s"
        ).format(
            old=SQL(", ").join(old),
            new=SQL(", ").join(new),
            planned=Identifier(PLANNED),
            table=Identifier(kind.table),
            joins=SQL(" ").join(joins),
            which=which,
        ),
        [limit],
    )
    return [_change(kind, shown, verdict, row) for row in found]


def _reference(kind: Kind, field: Field) -> Composed:
    joined = said(field.link, f"p_{field.name}")
    if field.link != kind.table:
        return joined
    return SQL("coalesce({}, (SELECT {} FROM {} o WHERE o.id = p.{}))").format(
        joined, said(field.link, "o"), Identifier(PLANNED), Identifier(field.target)
    )


def _change(kind: Kind, shown: list[Field], verdict: str, found: tuple[Any, ...]) -> Change:
    row, old, new = found
    before = dict(zip((f.name for f in shown), old, strict=True))
    after = dict(zip((f.name for f in shown), new, strict=True))
    values = [
        [field.label, before[field.name] or "", after[field.name] or ""]
        for field in shown
        if (before[field.name] or "") != (after[field.name] or "")
    ]
    return Change(verdict, row, _subject(kind, after), values)


def _subject(kind: Kind, values: Mapping[str, str | None]) -> str:
    """What the row is about, for a person to recognise: "Ada Mercy (P12)"."""
    if "given_name" in values:
        return f"{values['given_name']} {values['family_name']} ({values['external_id']})"
    if "external_id" in values:
        return f"{values.get('name') or values.get('title')} ({values['external_id']})"
    return f"{values['person']} as {values['position']}"


def _differs(kind: Kind) -> Composed:
    columns = kind.changeable
    return SQL("({}) IS DISTINCT FROM ({})").format(names(columns, of="t"), names(columns, of="p"))


def _ended(kind: Kind) -> Composed:
    if "end_date" not in kind.targets:
        return SQL("false").format()
    return SQL("(t.end_date IS NULL AND p.end_date IS NOT NULL)").format()


def write_plan(kind: Kind) -> None:
    """Insert what is new and update what differs, each in one statement. What has days is ended before
    another begins; what may hang on a new row of the same file comes after it."""
    steps = (_update_planned, _insert_planned) if kind.interval else (_insert_planned, _update_planned)
    for step in steps:
        step(kind)


def _insert_planned(kind: Kind) -> None:
    columns = kind.targets
    # In the order of the ids neighbours in the file are neighbours in the indexes, too: a third of the time.
    # A new unit's place in the tree is found when all of them are there: place_units().
    others = SQL(", path, depth"), SQL(", '', 0")
    columns_of, values_of = others if kind.table == "people_unit" else (SQL(""), SQL(""))
    execute(
        SQL(
            "INSERT INTO {table} (organization_id, id, {columns} {columns_of}) "
            "SELECT %s, id, {columns} {values_of} FROM {planned} WHERE is_new ORDER BY id"
        ).format(
            table=Identifier(kind.table),
            columns=names(columns),
            columns_of=columns_of,
            values_of=values_of,
            planned=Identifier(PLANNED),
        ),
        [current_organization_id()],
    )


def _update_planned(kind: Kind) -> None:
    execute(
        SQL(
            "UPDATE {table} t SET {assignments} FROM {planned} p "
            "WHERE t.id = p.id AND NOT p.is_new AND {differs}"
        ).format(
            table=Identifier(kind.table),
            assignments=SQL(", ").join(
                SQL("{0} = p.{0}").format(Identifier(column)) for column in kind.changeable
            ),
            planned=Identifier(PLANNED),
            differs=_differs(kind),
        )
    )
