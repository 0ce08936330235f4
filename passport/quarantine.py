"""The door for files that people hand in, for this room and those above: held until they are found clean.

Whoever stores a file holds it in the same transaction; a job looks at it (passport/scanning.py); whoever
hands it out asks here for its content, and gets none before it is clean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.enums import FileState
from passport.models import HeldFile
from tenancy.jobs import request_run

Row = TypeVar("Row", bound=Any)

SCAN = "passport.scan"

# A file was refused: `path` says which, in the transaction of the job that looked at it.
file_refused = Signal()


def hold(file: FieldFile) -> HeldFile:
    """Hold a file that was stored just now, and have it looked at."""
    with file.storage.open(_path(file)) as stored:
        content = stored.read()
    held = HeldFile.objects.create(
        path=_path(file), size=len(content), sha256=digest(content), held_at=timezone.now()
    )
    ask_for_scan(held.pk)
    return held


def ask_for_scan(held_id: UUID) -> None:
    """Asked again, nothing more happens. Nobody is named: the ledger is read by others."""
    request_run(SCAN, str(held_id), by=None)


def let_go(file: FieldFile) -> None:
    """Forget a file that nobody needs any longer. After the commit: a rolled back change must not lose it."""
    if not file:
        return
    storage, path = file.storage, _path(file)
    HeldFile.objects.filter(path=path).delete()
    transaction.on_commit(lambda: storage.delete(path))


def clean_content(file: FieldFile) -> bytes | None:
    """What a clean file holds, and is exactly what was looked at; None for all others."""
    held = HeldFile.objects.filter(path=_path(file), state=FileState.CLEAN).first()
    if held is None:
        return None
    try:
        with default_storage.open(held.readable) as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        return None
    return content if digest(content) == held.sha256 else None


def held_file(file: FieldFile) -> HeldFile | None:
    """What is held of a file; None without one."""
    return HeldFile.objects.filter(path=_path(file)).first() if file else None


def with_held(rows: Iterable[Row]) -> list[Row]:
    """Rows with the field `file`, for a page: each with what is held of it as `held`. One query at most."""
    found = list(rows)
    paths = [row.file.name for row in found if row.file]
    held = {each.path: each for each in HeldFile.objects.filter(path__in=paths)} if paths else {}
    for row in found:
        row.held = held.get(row.file.name or "")
    return found


def require_clean(file: FieldFile) -> None:
    """Nobody says that a file shows something before they could read it."""
    held = held_file(file)
    if file and (held is None or held.state == FileState.WAITING):
        raise ValidationError(_("The file is still being checked. Decide when you have read it."))
    if held is not None and held.state == FileState.REFUSED:
        raise ValidationError(_("The file was refused. Ask for another one, and say so in your note."))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _path(file: FieldFile) -> str:
    assert file.name  # noqa: S101 - callers hold a stored file
    return file.name
