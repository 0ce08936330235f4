"""Bringing a file in: upload, match columns, check, apply, undo.

`by` is the member who acts; None is the operator at the command line, whom the server itself has let in.
A file is read to its end once, when it is uploaded; what is kept, checked and applied is the table in it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, Protocol

from django.db import connection, transaction
from django.utils import timezone

from people.access import demand
from people.appointed import appointments_written
from people.enums import DateOrder, ImportKind, ImportState
from people.import_notices import tell_uploader
from people.import_queries import ROWS_READ, is_stuck
from people.imports import importing
from people.imports.columns import column_faults, guess_columns
from people.imports.fields import KINDS
from people.imports.importing import Examination, Order
from people.imports.undo import CannotUndoError, Trail, last_audit_id, trail_since, undo_trail
from people.member import Member
from people.models import (
    Appointment,
    Import,
    ImportChange,
    ImportChunk,
    ImportFault,
    ImportMapping,
    Person,
    Position,
    ReportingLine,
    Unit,
)
from people.permissions import IMPORTS_ARE_FOR, can_import
from people.services.admins import LastAdminError, keeping_an_admin, lock_admins
from tenancy.copy import copy_rows
from tenancy.jobs import counted, request_run, tell_stage
from tenancy.pieces import keep_lines, open_pieces
from tenancy.scope import current_scope
from tenancy.turns import one_at_a_time
from web.tables_in import Fault, Row, Table, TableRefusedError, open_table, pack, unpack

CHECK, APPLY, UNDO = "people.check_import", "people.apply_import", "people.undo_import"
KEPT_FOR = dt.timedelta(days=7)  # an upload nobody applies holds people's data for nothing
MANY = 1_000  # rows of a file
IMPORT = "people import"  # one at a time: two would plan against rows that the other is about to write
FILLED = tuple(model._meta.db_table for model in (Unit, Person, ReportingLine, Position, Appointment))
_NO_ADMIN_LEFT = "Without what this import changed nobody could administer the organisation, so it stays."
_MOVED = "The organisation has changed since the check. These are the new figures: look, and apply again."


class Act(Protocol):
    """What a member does to an import with one click."""

    def __call__(self, imported: Import, *, by: Member) -> None: ...


class ImportRefusedError(Exception):
    """Why the import does not go on."""


def start_import(kind: ImportKind, file: IO[bytes], *, file_name: str, by: Member | None) -> Import:
    """Read an uploaded file and keep its table until it is applied or discarded, or note why it is none."""
    _ensure_may(by)
    imported = Import.objects.create(
        kind=kind,
        file_name=PurePath(file_name.replace("\\", "/")).name[:255] or "file",
        file_size=file.seek(0, io.SEEK_END),
        effective_on=timezone.localdate(),
        uploaded_by_id=by.person_id if by else None,
    )
    try:
        with transaction.atomic():  # pieces of a table that is refused half-way are not kept
            lines = keep_lines(imported.chunks, pack(open_table(file)))
    except TableRefusedError as refused:
        imported.state = ImportState.FAULTY
        _keep_findings(imported, Examination(counts={"faults": 1}, faults=[refused.fault]))
    else:
        imported.counts = {"rows": lines - 1}  # the first line is the header's
        imported.save(update_fields=["counts"])
    return imported


@contextmanager
def kept_table(imported: Import) -> Iterator[Table]:
    """The table of an uploaded file. Raises TableRefusedError when it is not kept."""
    with open_pieces(imported.chunks) as file:
        yield unpack(file)


def read_header(imported: Import, *, rows: int = 3) -> tuple[list[str], list[list[str]]]:
    """The header of an uploaded file and its first rows. Raises TableRefusedError when it is not kept."""
    with kept_table(imported) as table:
        return table.header, [cells for _, (_, cells) in zip(range(rows), table.rows, strict=False)]


def suggested_columns(kind: ImportKind, header: list[str]) -> dict[str, str]:
    """Field name -> heading: what this organisation chose last time, else what the headings say."""
    remembered = ImportMapping.objects.filter(kind=kind).first()
    return guess_columns(KINDS[kind], header, remembered.columns if remembered else {})


def request_check(
    imported: Import,
    *,
    columns: Mapping[str, str],
    date_order: DateOrder,
    effective_on: dt.date,
    header: list[str],
    by: Member,
) -> list[Fault]:
    """Remember the columns and ask for a check; returns what is wrong with the columns, if anything is."""
    _ensure_may(by)
    locked = _locked(imported, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAULTY)
    faults = column_faults(KINDS[ImportKind(locked.kind)], header, columns)
    if faults:
        return faults
    locked.columns, locked.date_order, locked.effective_on = dict(columns), date_order, effective_on
    _remember_columns(locked)
    _hand_over(locked, CHECK, ImportState.CHECKING, by)
    return []


def request_apply(imported: Import, *, by: Member) -> None:
    """Ask for a checked file to be applied."""
    _ensure_may(by)
    _hand_over(_locked(imported, ImportState.CHECKED), APPLY, ImportState.APPLYING, by)


def request_undo(imported: Import, *, by: Member) -> None:
    """Ask for the last applied import to be undone."""
    _ensure_may(by)
    locked = _locked(imported, ImportState.APPLIED)
    _ensure_last(locked)
    _hand_over(locked, UNDO, ImportState.UNDOING, by)


def check_import(imported: Import, *, by: Member | None) -> Examination:
    """Find out what the file would do; writes nothing but the findings."""
    _ensure_may(by)
    locked = _locked(imported, ImportState.UPLOADED, ImportState.CHECKING)
    found = _examine(locked)
    locked.state = ImportState.CHECKED if found.clean else ImportState.FAULTY
    _keep_findings(locked, found)
    tell_uploader(locked)
    return found


def apply_import(imported: Import, *, by: Member | None) -> Examination:
    """Write the file's content, all of it or nothing.

    When that is not what the check showed, nothing is written and the import is back at "ready to apply".
    """
    _ensure_may(by)
    one_at_a_time(IMPORT)
    lock_admins()  # so that those who stay, by the examination, still do when the file is written
    locked = _locked(imported, ImportState.CHECKED, ImportState.APPLYING)
    order = order_of(locked)
    found = _examine(locked, with_samples=False)
    if not found.clean or found.counts != locked.counts:
        found.changes = importing.sample(order) if found.clean else []
        found.notices = [*found.notices, _MOVED]
        locked.state = ImportState.CHECKED if found.clean else ImportState.FAULTY
        _keep_findings(locked, found)
        tell_uploader(locked)
        return found
    before = last_audit_id()
    tell_stage("All rows are read and compared. They are being written, all at once")
    importing.write(order)
    if found.counts["rows"] >= MANY:
        know_tables()
    _note_applied(locked, trail_since(before, current_scope().request_id))
    ImportChunk.objects.filter(source=locked).delete()
    tell_uploader(locked)
    if locked.kind == ImportKind.APPOINTMENTS:
        appointments_written.send(sender=Import)
    return found


def know_tables() -> None:
    """Have the planner look at the tables that imports fill. By itself it would a minute later, and till then
    take thousands of new people for the few of before."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(FILLED)}")


def undo_import(imported: Import, *, by: Member | None) -> None:
    """Take the last applied import back. Refused, with nothing changed, when rows changed since."""
    _ensure_may(by)
    one_at_a_time(IMPORT)
    locked = _locked(imported, ImportState.APPLIED, ImportState.UNDOING)
    _ensure_last(locked)
    trail = Trail(locked.request_id, locked.audit_after or 0, locked.audit_upto or 0, locked.audit_rows)
    try:
        with keeping_an_admin():
            undo_trail(trail)
    except CannotUndoError as reason:
        raise ImportRefusedError(str(reason)) from reason
    except LastAdminError as error:
        raise ImportRefusedError(_NO_ADMIN_LEFT) from error
    locked.state, locked.undone_at = ImportState.UNDONE, timezone.now()
    locked.save(update_fields=["state", "undone_at"])
    tell_uploader(locked)


def keep_applied(imported: Import, reason: str) -> None:
    """After a refused undo: the import stays applied, and says why."""
    imported.state, imported.notices = ImportState.APPLIED, [reason]
    imported.save(update_fields=["state", "notices"])


def discard_import(imported: Import, *, by: Member | None) -> None:
    """Give a file up that was not applied, and delete it; also when the job over it has given up."""
    _ensure_may(by)
    stuck = [ImportState(imported.state)] if is_stuck(imported) and not imported.applied_at else []
    _discard(_locked(imported, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAULTY, *stuck))


def discard_stale_imports() -> int:
    """Delete uploads that nobody applied for a week; returns how many."""
    stale = Import.objects.filter(
        state__in=[ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAULTY],
        created_at__lt=timezone.now() - KEPT_FOR,
    ).select_for_update()
    for imported in stale:
        _discard(imported)
    return len(stale)


def order_of(imported: Import) -> Order:
    """What the import asks for, as the importer takes it."""
    return Order(ImportKind(imported.kind), imported.columns, imported.date_order, imported.effective_on)


def last_applied() -> Import | None:
    """The import that an undo would take back."""
    return (
        Import.objects.filter(state__in=[ImportState.APPLIED, ImportState.UNDOING])
        .order_by("-applied_at")
        .first()
    )


def _examine(locked: Import, *, with_samples: bool = True) -> Examination:
    with kept_table(locked) as table:
        table.rows = _watched(table.rows, locked.counts.get("rows", 0))
        return importing.examine(table, order_of(locked), with_samples=with_samples)


def _watched(rows: Iterator[Row], total: int) -> Iterator[Row]:
    yield from counted(rows, total, ROWS_READ)
    tell_stage("All rows are read. They are being compared with what is there")


def _ensure_may(by: Member | None) -> None:
    demand(by is None or can_import(by), IMPORTS_ARE_FOR)


def _locked(imported: Import, *states: ImportState) -> Import:
    locked = Import.objects.select_for_update().get(pk=imported.pk)
    if locked.state not in states:
        raise ImportRefusedError(f"This import is {locked.get_state_display()}.")
    return locked


def _ensure_last(imported: Import) -> None:
    last = last_applied()
    if last is None or last.pk != imported.pk:
        raise ImportRefusedError("Only the last applied import can be undone.")


def _hand_over(locked: Import, job: str, state: ImportState, by: Member) -> None:
    locked.tries += 1
    locked.state, locked.notices = state, []
    locked.run = request_run(job, f"{locked.pk}/{locked.tries}", by=by.person_id)
    locked.save(update_fields=["tries", "state", "notices", "run", "columns", "date_order", "effective_on"])


def _remember_columns(imported: Import) -> None:
    ImportMapping.objects.update_or_create(kind=imported.kind, defaults={"columns": imported.columns})


def _note_applied(locked: Import, trail: Trail) -> None:
    locked.state, locked.applied_at = ImportState.APPLIED, timezone.now()
    locked.request_id, locked.audit_after = trail.request_id, trail.after
    locked.audit_upto, locked.audit_rows = trail.upto, trail.rows
    locked.save()


def _keep_findings(imported: Import, found: Examination) -> None:
    imported.counts, imported.notices = found.counts or imported.counts, found.notices
    imported.save(update_fields=["state", "counts", "notices"])
    ImportFault.objects.filter(source=imported).delete()
    ImportChange.objects.filter(source=imported).delete()
    copy_rows(
        ImportFault,
        ["source_id", "number", "row", "column", "value", "message"],
        (
            (imported.pk, number, fault.row, fault.column[:200], fault.value, fault.message)
            for number, fault in enumerate(found.faults)
        ),
    )
    ImportChange.objects.bulk_create(
        ImportChange(
            source=imported,
            number=number,
            row=change.row,
            verdict=change.verdict,
            subject=change.subject[:300],
            values=change.values,
        )
        for number, change in enumerate(found.changes)
    )


def _discard(imported: Import) -> None:
    imported.state = ImportState.DISCARDED
    imported.save(update_fields=["state"])
    ImportChunk.objects.filter(source=imported).delete()
    ImportFault.objects.filter(source=imported).delete()
    ImportChange.objects.filter(source=imported).delete()
