"""manage.py import_survey: a past survey into a closed and published wave, wholly or not at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from people.member import Member
from people.models import Unit
from people.queries import colleague_with_address, member_for
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.enums import ImportState, ItemPart
from surveys.import_plan import ImportPlan, ItemColumn, PlanError, plan_known_instrument, plan_new_instrument
from surveys.permissions import can_run_surveys
from surveys.queries import instruments_answered, questionnaire_of
from surveys.services.imports import (
    Check,
    Terms,
    apply_import,
    check_import,
    kept_table,
    name_columns,
    receive_file,
)
from tenancy.clock import clock_of
from tenancy.models import Organization
from tenancy.scope import tenant_transaction
from web.tables_in import TableRefusedError

SCALE = re.compile(r"(?:(?P<group>[^=]+)=)?(?P<pattern>[^:]+):(?P<low>[0-9]+)-(?P<high>[0-9]+)")


class _UndoneError(Exception):
    """Ends the transaction of a dry run."""


class Command(BaseCommand):
    help = "Import a past survey (CSV or XLSX, one row a respondent) and publish its results by unit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="a survey steward or HR admin")
        parser.add_argument("--title", required=True, help="name of the survey")
        parser.add_argument("--opens", required=True, type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--closes", required=True, type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--threshold",
            type=int,
            default=THRESHOLD_FLOOR,
            help=f"fewest respondents shown, at least {THRESHOLD_FLOOR}",
        )
        parser.add_argument("--unit", default="unit", metavar="COLUMN", help="column with the unit's code")
        parser.add_argument(
            "--instrument", metavar="KEY", help="questionnaire whose item ids name the columns"
        )
        parser.add_argument(
            "--index", metavar="COLUMNS:LOW-HIGH", help="make a questionnaire: 'lead*:1-5' are its items"
        )
        parser.add_argument(
            "--outcome",
            action="append",
            default=[],
            metavar="NAME=COLUMNS:LOW-HIGH",
            help="an outcome beside the index: 'hostility=hostil*:0-4'; may be repeated",
        )
        parser.add_argument("--create-units-under", metavar="CODE", help="make missing units under this one")
        parser.add_argument("--dry-run", action="store_true", help="check the file and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        organization = Organization.objects.filter(slug=options["organization"]).first()
        if organization is None:
            raise CommandError(f"There is no organisation {options['organization']}.")
        try:
            with clock_of(organization.pk):
                self._act(organization, options)
        except (TableRefusedError, PlanError) as refusal:
            raise CommandError(str(refusal)) from None
        except _UndoneError:
            self.stdout.write("Nothing was written.")

    def _act(self, organization: Organization, options: dict[str, Any]) -> None:
        with tenant_transaction(organization.pk, reason="import_survey"):
            member = self._member(options["by"])
        with tenant_transaction(organization.pk, actor_id=member.person_id, reason="import_survey"):
            self._import(member, options)

    def _member(self, email: str) -> Member:
        today = timezone.localdate()
        person = colleague_with_address(email, on=today)
        member = person and member_for(person.pk, on=today)
        if not member or not can_run_surveys(member):
            raise CommandError(f"{email} is no survey steward or HR admin here.")
        return member

    def _import(self, member: Member, options: dict[str, Any]) -> None:
        terms = self._terms(options)
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        with options["file"].open("rb") as file:
            survey_import = receive_file(file, options["file"].name, terms, by=member)
        with kept_table(survey_import) as table:
            plan = self._plan(table.header, terms, options)
        name_columns(survey_import, plan, by=member)
        survey_import.refresh_from_db()
        check = check_import(survey_import)
        self._report(check)
        if options["dry_run"]:
            raise _UndoneError
        applied = apply_import(survey_import, by=member)
        if applied.state != ImportState.DONE:
            raise CommandError("The import was refused.")
        self.stdout.write(f"{terms.title} is published.")

    def _terms(self, options: dict[str, Any]) -> Terms:
        if options["closes"] < options["opens"]:
            raise CommandError("The survey closes before it opens.")
        if options["threshold"] < THRESHOLD_FLOOR:
            raise CommandError(f"At least {THRESHOLD_FLOOR} respondents are needed for a result.")
        instrument = under = None
        if options["instrument"]:
            instrument = instruments_answered().filter(key=options["instrument"]).first()
            if instrument is None:
                raise CommandError(f"There is no questionnaire {options['instrument']}.")
        if options["create_units_under"]:
            under = Unit.objects.filter(external_id=options["create_units_under"]).first()
            if under is None:
                raise CommandError(f"There is no unit {options['create_units_under']}.")
        return Terms(
            options["title"], options["opens"], options["closes"], options["threshold"], instrument, under
        )

    def _plan(self, columns: list[str], terms: Terms, options: dict[str, Any]) -> ImportPlan:
        if terms.instrument is not None:
            questionnaire = questionnaire_of(terms.instrument)
            by_name = {column.casefold(): column for column in columns}
            wanted = [question.key for question in questionnaire.questions]
            named = [by_name.get(key.casefold(), key) for key in wanted]
            return plan_known_instrument(questionnaire, options["unit"], named)
        if not options["index"]:
            raise CommandError("Say which columns make the index: --index 'lead*:1-5', or --instrument KEY.")
        items = list(_matching(columns, options["index"], ItemPart.INDEX))
        for outcome in options["outcome"]:
            items += _matching(columns, outcome, ItemPart.OUTCOME)
        return plan_new_instrument(terms.title, options["unit"], items)

    def _report(self, check: Check) -> None:
        for notice in check.notices:
            self.stderr.write(notice)
        if check.fault_count:
            for fault in check.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{check.fault_count} faults: nothing was imported.")
        self.stdout.write(
            f"{check.responses} responses, {check.left_out} of them with too few answers, "
            f"{check.units} units, {len(check.new_units)} of them new."
        )


def _matching(columns: list[str], said: str, part: ItemPart) -> Iterator[ItemColumn]:
    """The columns that 'name=pattern:low-high' speaks of."""
    parts = SCALE.fullmatch(said)
    if parts is None:
        raise CommandError(f"{said!r} is not like 'lead*:1-5' or 'hostility=hostil*:0-4'.")
    found = [column for column in columns if fnmatchcase(column, parts["pattern"])]
    if not found:
        raise CommandError(f"No column matches {parts['pattern']}.")
    group = parts["group"] or ("leadership" if part == ItemPart.INDEX else parts["pattern"].strip("*_"))
    for column in found:
        yield ItemColumn(column, part, group, int(parts["low"]), int(parts["high"]))
