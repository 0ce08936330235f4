"""manage.py import_people --organization SLUG --kind people FILE [--dry-run] [--map field=heading ...]"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from people.enums import DateOrder, ImportKind, ImportState
from people.import_queries import faults_of
from people.imports.fields import KINDS
from people.models import Import, ImportFault
from people.services import imports
from tenancy.clock import clock_of
from tenancy.models import Organization
from tenancy.scope import tenant_transaction
from web.csv import csv_text
from web.tables_in import Fault


class Command(BaseCommand):
    help = "Import people, units, reporting lines, positions or appointments from a CSV or XLSX file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", required=True, metavar="SLUG")
        parser.add_argument("--kind", choices=ImportKind.values, default=ImportKind.PEOPLE)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=HEADING",
            help="which column holds a field; guessed from the headings where not given",
        )
        parser.add_argument("--dates", choices=DateOrder.values, default=DateOrder.YMD)
        parser.add_argument(
            "--effective",
            type=dt.date.fromisoformat,
            help="from when changed managers hold; today if not given",
        )
        parser.add_argument("--errors", type=Path, help="write what is wrong with the file here, as CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        organization = Organization.objects.filter(slug=options["organization"]).first()
        if organization is None:
            raise CommandError(f"There is no organisation {options['organization']}.")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        request_id = str(uuid.uuid4())
        with (
            clock_of(organization.pk),
            tenant_transaction(organization.pk, request_id=request_id, reason="import_people"),
        ):
            imported = self.started(path, options)
            found = imports.check_import(imported, by=None)
            if found.clean and not options["dry_run"]:
                found = imports.apply_import(imported, by=None)
            if options["dry_run"] or not found.clean:
                transaction.set_rollback(True)  # leaves no trace, not even of having tried
        for notice in found.notices:
            self.stderr.write(notice)
        if not found.clean:
            self.fail(found.faults, found.counts["faults"], options["errors"])
        done = "Would do" if options["dry_run"] else "Done"
        self.stdout.write(
            f"{done}: " + ", ".join(f"{name} {count:,}" for name, count in found.counts.items())
        )

    def started(self, path: Path, options: dict[str, Any]) -> Import:
        """An import with the columns as given and guessed."""
        kind = ImportKind(options["kind"])
        given = dict(pair.split("=", 1) for pair in options["map"] if "=" in pair)
        unknown = [name for name in given if name not in {field.name for field in KINDS[kind].fields}]
        if unknown or len(given) != len(options["map"]):
            names = ", ".join(field.name for field in KINDS[kind].fields)
            raise CommandError(f"--map takes FIELD=HEADING, with a field of: {names}.")
        with path.open("rb") as file:
            imported = imports.start_import(kind, file, file_name=path.name, by=None)
        if imported.state == ImportState.FAULTY:
            self.fail(faults_of(imported), 1, options["errors"])
        header, _ = imports.read_header(imported)
        imported.columns = imports.suggested_columns(kind, header) | given
        imported.date_order = options["dates"]
        imported.effective_on = options["effective"] or timezone.localdate()
        imported.save()
        return imported

    def fail(self, faults: Iterable[Fault | ImportFault], count: int, errors: Path | None) -> None:
        rows = [(fault.row, fault.column, fault.value, fault.message) for fault in faults]
        if errors:
            errors.write_text(
                csv_text(("Row", "Column", "Value", "What was expected"), rows), encoding="utf-8"
            )
        else:
            for row, column, value, message in rows[:20]:
                where = f"row {row}, " if row else ""
                self.stderr.write(f"{where}{column} {value!r}: {message}" if column else f"{where}{message}")
        raise CommandError(f"{count:,} faults; nothing was imported.")
