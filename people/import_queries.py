"""Where an import stands, in words for its page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import date_format

from people.enums import ImportKind, ImportState
from people.imports.fields import KINDS, Field
from people.imports.lines import FROM, UNTIL
from people.models import Import, ImportChange, ImportFault
from tenancy.jobs import Progress, told_progress
from tenancy.models import JobStep
from web.stations import Station

WORKING = frozenset({ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING})
OPEN = frozenset({ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAULTY})
ROWS_READ = "rows read"
_LABELS = ("Upload", "Match columns", "Check", "Apply")
_REACHED = {
    ImportState.UPLOADED: 1,
    ImportState.CHECKING: 2,
    ImportState.FAULTY: 2,
    ImportState.CHECKED: 3,
    ImportState.APPLYING: 3,
    ImportState.APPLIED: 4,
    ImportState.UNDOING: 4,
    ImportState.UNDONE: 4,
    ImportState.DISCARDED: 0,
}
_WORDS = {
    "rows": "Rows in the file",
    "added": "Added",
    "changed": "Changed",
    "ended": "Ended",
    "unchanged": "Unchanged",
    "lines_added": "New reporting lines",
    "lines_changed": "Changed managers",
    "lines_ended": "Ended reporting lines",
    "lines_unchanged": "Reporting lines as they are",
}


@dataclass(frozen=True, slots=True)
class Count:
    label: str
    number: int


def imports_newest_first() -> QuerySet[Import]:
    """Every import of the organisation, with who uploaded it."""
    return Import.objects.select_related("uploaded_by").order_by("-created_at", "-pk")


def steps_of(imported: Import) -> list[Station]:
    """The four stations, done, now and next."""
    reached = _REACHED[ImportState(imported.state)]
    return [
        Station(label, "", "done" if place < reached else "now" if place == reached else "next")
        for place, label in enumerate(_LABELS)
    ]


def counts_of(imported: Import) -> list[Count]:
    """The figures of the check, in words."""
    return [Count(words, imported.counts[name]) for name, words in _WORDS.items() if name in imported.counts]


def changes_of(imported: Import, verdict: str) -> QuerySet[ImportChange]:
    """What the file would do, as far as samples were kept; of one verdict, or of all."""
    changes = ImportChange.objects.filter(source=imported).order_by("number", "pk")
    return changes.filter(verdict=verdict) if verdict in ImportChange.Verdict.values else changes


def shown_values(imported: Import, change: ImportChange) -> list[tuple[str, str, str]]:
    """A change's fields with old and new values as a member reads them: choices by label, days as chosen."""
    fields = {field.label: field for field in KINDS[ImportKind(imported.kind)].fields}
    return [
        (label, _shown(fields.get(label), label, old), _shown(fields.get(label), label, new))
        for label, old, new in change.values
    ]


def _shown(field: Field | None, label: str, value: str) -> str:
    if value and (label in (FROM, UNTIL) if field is None else field.is_date):
        return date_format(dt.date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return str(field.shown(value)) if field and value else value


def faults_of(imported: Import) -> QuerySet[ImportFault]:
    """What is wrong with the file, in the file's order."""
    return ImportFault.objects.filter(source=imported).order_by("number", "pk")


def progress_of(imported: Import) -> Progress | None:
    """How much of the table the job at work has read; an undo reads none."""
    if imported.state not in {ImportState.CHECKING, ImportState.APPLYING}:
        return None
    return told_progress(imported.run_id) or Progress(0, imported.counts.get("rows", 0), ROWS_READ)


def is_stuck(imported: Import) -> bool:
    """Whether the job gave up: its step is parked and waits for an organisation admin."""
    return (
        imported.state in WORKING
        and JobStep.objects.filter(run_id=imported.run_id, state=JobStep.State.PARKED).exists()
    )
