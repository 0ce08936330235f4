"""The key figures of the programmes: retention, promotion velocity, satisfaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.access import MemberRequest, demand, member_view
from readiness.key_figure_rows import HEAD, row_of
from readiness.key_figures import (
    DEFINITIONS,
    OTHERS_ARE,
    RETENTION,
    KeyFigure,
    Measure,
)
from readiness.models import QuarterlyFile
from readiness.permissions import COHORTS_ARE_FOR, can_see_cohorts
from readiness.quarterly_files import quarterly_files
from readiness.told import KeyFigures, told_to
from readiness.views.cohorts import asked, frame_of
from web.downloads import download
from web.files import file_links, table_response
from web.htmx import render_page

MOST = 16  # files on the page: eight quarters
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together, with what they mean."""

    title: str | Promise
    definitions: list[str | Promise]
    now: list[KeyFigure]
    over_time: list[KeyFigure]


SECTIONS: tuple[tuple[str | Promise, tuple[Measure, ...]], ...] = (
    (_("Retention"), RETENTION),
    (_("Promotion velocity"), (Measure.VELOCITY, Measure.VELOCITY_OF_TRAINED)),
    (_("Satisfaction index"), (Measure.SATISFACTION, Measure.FAVOURABLE)),
)


@member_view
def key_figures(request: MemberRequest) -> HttpResponse:
    """Each with n, interval and definition; beside others like them, and over time."""
    question = asked(request)
    told = told_to(question)
    context = {
        **frame_of(request, question, current="readiness:key_figures"),
        "sections": list(_sections(told)),
        "quarterly": quarterly_files()[:MOST],
        "others_are": OTHERS_ARE if told.compared else "",
        "files": file_links(request, "readiness:key_figures", ("csv", "xlsx"), request.organization.slug),
    }
    return render_page(request, "readiness/key_figures.html", context, partial="results")


def _sections(told: KeyFigures) -> Iterator[Section]:
    for title, measures in SECTIONS:
        now, over_time = (
            [line for line in part if line.measure in measures] for part in (told.now, told.over_time)
        )
        if now or over_time:
            said: list[str | Promise] = list(dict.fromkeys(DEFINITIONS[measure] for measure in measures))
            yield Section(title, said, now, over_time)


@member_view
def key_figures_csv(request: MemberRequest) -> HttpResponse:
    return key_figures_file(request, "csv")


@member_view
def key_figures_xlsx(request: MemberRequest) -> HttpResponse:
    return key_figures_file(request, "xlsx")


def key_figures_file(request: MemberRequest, kind: str) -> HttpResponse:
    """The lines of the page, with the definition of each."""
    question = asked(request)
    rows = [row_of(line) for line in told_to(question).lines]
    return table_response(kind, f"key-figures-{question.on}", [str(label) for label in HEAD], rows)


@member_view
def quarterly_file(request: MemberRequest, quarter: str, kind: str) -> HttpResponse:
    """The file of a quarter, as it was kept."""
    demand(can_see_cohorts(request.member), COHORTS_ARE_FOR)
    found = get_object_or_404(QuarterlyFile, quarter=quarter, kind=kind)
    return download(f"figures-{quarter}.{kind}", bytes(found.content), TYPES[kind])
