"""Bringing a file in: upload, match columns, check, apply, undo.

`by` is the member who acts; None is the operator at the command line, whom the server itself has let in.
Checking and applying read the file given; in the browser a job gives them the one that was uploaded.
"""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import IO, BinaryIO, Protocol

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from people.enums import DateOrder, ImportKind, ImportState
from people.import_queries import is_stuck
from people.imports import importing
from people.imports.columns import column_faults, guess_columns
from people.imports.faults import Fault, FileRejected
from people.imports.fields import KINDS
from people.imports.importing import Examination, Order
from people.imports.tables import Table, open_table
from people.imports.undo import CannotUndo, Trail, last_audit_id, trail_since, undo_trail
from people.member import Member
from people.models import Import, ImportChange, ImportChunk, ImportFault, ImportMapping
from people.permissions import can_import
from tenancy.copy import copy_rows
from tenancy.jobs import request_run
from tenancy.scope import current_organization_id, current_scope

CHECK, APPLY, UNDO = "people.check_import", "people.apply_import", "people.undo_import"
KEPT_FOR = dt.timedelta(days=7)  # an upload nobody applies holds people's data for nothing
_PIECE = 1 << 20
_IN_MEMORY = 8 * _PIECE
_MOVED = "The organisation has changed since the check. These are the new figures: look, and apply again."


class Act(Protocol):
    """What a member does to an import with one click."""

    def __call__(self, imported: Import, *, by: Member) -> None: ...


class ImportRefused(Exception):  # noqa: N818 - a refusal with a reason, not an error of ours
    """Why the import does not go on."""


def start_import(kind: ImportKind, *, file_name: str, pieces: Iterable[bytes], by: Member | None) -> Import:
    """Keep an uploaded file, in pieces, until it is applied or discarded."""
    _ensure_may(by)
    imported = Import.objects.create(
        kind=kind,
        file_name=PurePath(file_name.replace("\\", "/")).name[:255] or "file",
        file_size=0,
        effective_on=timezone.localdate(),
        uploaded_by_id=by.person_id if by else None,
    )
    size = 0
    for number, piece in enumerate(pieces):
        ImportChunk.objects.create(source=imported, number=number, content=piece)
        size += len(piece)
    imported.file_size = size
    imported.save(update_fields=["file_size"])
    return imported


def open_upload(imported: Import) -> IO[bytes]:
    """The uploaded file again; on disk when it is large, deleted when it is closed."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    for number in itertools.count():
        # One piece at a time: the driver would hold the whole result in memory.
        chunk = ImportChunk.objects.filter(source=imported, number=number).first()
        if chunk is None:
            break
        file.write(chunk.content)
    file.seek(0)
    return file


def read_header(imported: Import, *, rows: int = 3) -> tuple[list[str], list[list[str]]]:
    """The header of an uploaded file and its first rows. Raises FileRejected."""
    with open_upload(imported) as file:
        table: Table = open_table(file)  # type: ignore[arg-type]  # a spooled file is a binary file
        first = [cells for _, (_, cells) in zip(range(rows), table.rows, strict=False)]
        return table.header, first


def suggested_columns(kind: ImportKind, header: list[str]) -> dict[str, str]:
    """Field name -> heading: what this organisation chose last time, else what the headings say."""
    remembered = ImportMapping.objects.filter(kind=kind).first()
    return guess_columns(KINDS[kind], header, remembered.columns if remembered else {})


def look_at_upload(imported: Import) -> None:
    """Find out whether the file can be read as a table at all, and note why not."""
    try:
        read_header(imported)
    except FileRejected as rejected:
        imported.state, imported.counts = ImportState.FAULTY, {"faults": 1}
        _keep_findings(imported, Examination(faults=[rejected.fault]))


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


def check_import(imported: Import, file: BinaryIO, *, by: Member | None) -> Examination:
    """Find out what the file would do; writes nothing but the findings."""
    _ensure_may(by)
    locked = _locked(imported, ImportState.UPLOADED, ImportState.CHECKING)
    found = importing.examine(file, order_of(locked))
    locked.state = ImportState.CHECKED if found.clean else ImportState.FAULTY
    _keep_findings(locked, found)
    return found


def apply_import(imported: Import, file: BinaryIO, *, by: Member | None) -> Examination:
    """Write the file's content, all of it or nothing.

    When that is not what the check showed, nothing is written and the import is back at "ready to apply".
    """
    _ensure_may(by)
    _one_import_at_a_time()
    locked = _locked(imported, ImportState.CHECKED, ImportState.APPLYING)
    order = order_of(locked)
    found = importing.examine(file, order, with_samples=False)
    if not found.clean or found.counts != locked.counts:
        found.changes = importing.sample(order) if found.clean else []
        found.notices = [*found.notices, _MOVED]
        locked.state = ImportState.CHECKED if found.clean else ImportState.FAULTY
        _keep_findings(locked, found)
        return found
    before = last_audit_id()
    importing.write(order)
    _note_applied(locked, trail_since(before, current_scope().request_id))
    ImportChunk.objects.filter(source=locked).delete()
    return found


def undo_import(imported: Import, *, by: Member | None) -> None:
    """Take the last applied import back. Raises ImportRefused, changing nothing, when rows changed since."""
    _ensure_may(by)
    _one_import_at_a_time()
    locked = _locked(imported, ImportState.APPLIED, ImportState.UNDOING)
    _ensure_last(locked)
    try:
        undo_trail(
            Trail(locked.request_id, locked.audit_after or 0, locked.audit_upto or 0, locked.audit_rows)
        )
    except CannotUndo as reason:
        raise ImportRefused(str(reason)) from reason
    locked.state, locked.undone_at = ImportState.UNDONE, timezone.now()
    locked.save(update_fields=["state", "undone_at"])


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


def _ensure_may(by: Member | None) -> None:
    if by is not None and not can_import(by):
        raise PermissionDenied


def _locked(imported: Import, *states: ImportState) -> Import:
    locked = Import.objects.select_for_update().get(pk=imported.pk)
    if locked.state not in states:
        raise ImportRefused(f"This import is {locked.get_state_display()}.")
    return locked


def _one_import_at_a_time() -> None:
    """Two imports of one organisation would plan against rows that the other is about to write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('people_import'), %s)", [current_organization_id()]
        )


def _ensure_last(imported: Import) -> None:
    last = last_applied()
    if last is None or last.pk != imported.pk:
        raise ImportRefused("Only the last applied import can be undone.")


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
