"""Looking at files that are held: our own look inside, and the scanner that the installation names."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import PurePath
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from passport.enums import FileFinding, FileState
from passport.evidence_look import look_inside
from passport.models import HeldFile
from passport.quarantine import ask_for_scan, digest, file_refused

CLEAN, FOUND = 0, 1  # exit codes; every other one says that the scanner could not look


class ScannerError(Exception):
    """The scanner could not look at a file, which stays held; the job tries again."""


@transaction.atomic
def scan(held_id: UUID) -> FileState | None:
    """Look at a file that waits, and say what was found; None if none of this id waits.

    A refused file's content is deleted, its row stays to say why.
    """
    waiting = HeldFile.objects.select_for_update().filter(state=FileState.WAITING)
    held = waiting.filter(pk=held_id).first()
    if held is None:
        return None
    finding = _finding(held)
    held.state = FileState.REFUSED if finding else FileState.CLEAN
    held.finding, held.scanned_at = finding or "", timezone.now()
    held.scanner = PurePath(settings.EVIDENCE_SCANNER[0]).name[:60] if settings.EVIDENCE_SCANNER else ""
    held.save(update_fields=["state", "finding", "scanned_at", "scanner", "size", "sha256"])
    if finding:
        path = held.path
        file_refused.send(sender=HeldFile, path=path)
        transaction.on_commit(lambda: default_storage.delete(path))
    return FileState(held.state)


def ask_for_those_left() -> int:
    """Have all looked at that nobody asked for, such as files from before they were held."""
    waiting = HeldFile.objects.filter(state=FileState.WAITING).values_list("pk", flat=True)
    for held_id in waiting:
        ask_for_scan(held_id)
    return len(waiting)


def _finding(held: HeldFile) -> FileFinding | None:
    try:
        with default_storage.open(held.path) as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        return FileFinding.CHANGED
    if not held.sha256:  # from before files were held: this is the first that is known of it
        held.sha256, held.size = digest(content), len(content)
    if digest(content) != held.sha256:
        return FileFinding.CHANGED
    return look_inside(content) or _ask_scanner(content)


def _ask_scanner(content: bytes) -> FileFinding | None:
    """The scanner reads the very bytes that were handed in, so it needs no right to our files."""
    command = settings.EVIDENCE_SCANNER
    if not command:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the operator's program; the file goes in as input
            command,
            input=content,
            capture_output=True,
            timeout=settings.EVIDENCE_SCANNER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerError(shlex.join(command[:1])) from error
    if done.returncode not in (CLEAN, FOUND):
        raise ScannerError(f"{command[0]} ended with {done.returncode}")
    return FileFinding.MALWARE if done.returncode == FOUND else None
