"""The key figures of the programmes: retention, promotion velocity, satisfaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.access import MemberRequest, member_view
from readiness.key_figures import (
    DEFINITIONS,
    OTHERS_ARE,
    RETENTION,
    KeyFigure,
    Measure,
)
from readiness.told import KeyFigures, told_to
from readiness.views.cohorts import asked, frame_of
from web.files import file_links, table_response
from web.htmx import render_page
from web.numbers import as_number

HEAD = (_("Figure"), _("Whom"), _("n"), _("Value"), _("95 % from"), _("95 % to"), _("Note"), _("Definition"))


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


def row_of(line: KeyFigure) -> list[object]:
    numbers = (as_number(each) if each else "" for each in (line.n, line.value, line.low, line.high))
    return [line.measure.label, line.about, *numbers, line.note, line.definition]
