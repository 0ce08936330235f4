"""The file of each quarter: scores by dimension and key figures, with n, interval and definition."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.enums import Role
from people.member import Member
from readiness.cohorts import CohortFilter, Summary, scores_of, summary_of
from readiness.dashboard import for_executives, summary_rows
from readiness.key_figure_rows import HEAD, row_of
from readiness.models import QuarterlyFile
from readiness.told import KeyFigures, told_of
from tenancy.jobs.periods import quarter_label
from tenancy.scope import current_organization_id
from web.csv import csv_text
from web.xlsx import workbook

KINDS: Final = ("csv", "xlsx")


def keep_quarterly_files(quarter: str, *, on: dt.date) -> int:
    """What an executive would be told, kept once; a quarter that is scored again later keeps its first file.
    How many."""
    if QuarterlyFile.objects.filter(quarter=quarter).exists():
        return 0
    chosen, member = CohortFilter(quarter), everybody()
    summary = for_executives(summary_of(scores_of(chosen, member, persons=False, on=on)))
    told = told_of(chosen, member, persons=False, on=on)
    head, rows = [str(label) for label in HEAD], rows_of_file(summary, told)
    about = [(_("Quarter"), quarter_label(quarter)), (_("Made on"), on.isoformat())]
    contents = {
        "csv": csv_text(head, rows).encode(),
        "xlsx": workbook(f"figures-{quarter}", head, rows, about),
    }
    made = [QuarterlyFile(quarter=quarter, kind=kind, content=contents[kind]) for kind in KINDS]
    return len(QuarterlyFile.objects.bulk_create(made))


def everybody() -> Member:
    """A reader who sees the whole organisation and nobody in it."""
    nobody = UUID(int=0)
    return Member(
        person_id=nobody,
        organization_id=current_organization_id(),
        name="",
        given_name="",
        unit_id=nobody,
        roles=frozenset({Role.EXECUTIVE}),
    )


def rows_of_file(summary: Summary, told: KeyFigures) -> list[list[object]]:
    """Scores first, then the key figures; the columns are those of the key figures' own file."""
    definition = _("Mean of those with a total, or known in the dimension by attested evidence; 0 to 100.")
    scores: list[list[object]] = [
        [label, _("Everybody"), n, mean, low, high, "", definition]
        for label, mean, n, low, high in summary_rows(summary)
    ]
    return [*scores, *(row_of(line) for line in told.lines)]


def quarterly_files() -> QuerySet[QuarterlyFile]:
    """Without their contents, the newest first."""
    return QuarterlyFile.objects.defer("content").order_by("-quarter", "kind")
