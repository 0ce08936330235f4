"""`manage.py recompute_match FILE`: does an exported matching follow from its inputs?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring.blind.recomputing import differences


class Command(BaseCommand):
    help = "Compute an exported matching again and compare hash and pairs. Needs the file and no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what the studio exported")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            export = json.loads(file.read_text())
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} could not be read: {error}") from error
        try:
            found = differences(export)
        except (KeyError, TypeError, ValueError) as error:
            raise CommandError(f"{file} is no exported matching: {error}") from error
        if found:
            raise CommandError("\n".join(found))
        pairs = len(export["pairs"])
        self.stdout.write(f"The same input gives the same {pairs} pairs, and nothing better is possible.")
