"""A tagged PDF: a band with what it is of, a chart and a table, set by Typst inside this process. What is
written on it goes in as data, never as markup; no font or file of the machine is used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

import typst
from django.http import HttpResponse

from web.downloads import download
from web.static_build import inside

TEMPLATE: Final = Path(__file__).resolve().parent / "typst" / "sheet.typ"
_ONE_AT_A_TIME: Final = Lock()  # threads share the compiler and what it keeps between pages
FACES: Final = [inside("font_manrope", f"files/Manrope-{weight}.ttf") for weight in ("Regular", "Bold")]


@dataclass(frozen=True)
class Words:
    """The text of a cell, further in for a deeper unit, in the colour of a tone."""

    text: str
    depth: int = 0
    tone: str = ""


@dataclass(frozen=True)
class Mark:
    """A mean with its interval on the sheet's axis. It is drawn, and not read aloud: words say the same."""

    value: float | None
    low: float | None
    high: float | None
    shrunken: float | None = None


@dataclass(frozen=True)
class Axis:
    """Where marks lie. `words`: what is drawn, in the legend: mean, interval, adjusted, reference."""

    low: float
    high: float
    ticks: Sequence[float]
    labels: Sequence[str]
    words: Sequence[str]
    reference: float | None = None


@dataclass(frozen=True)
class Seal:
    """How the page is checked: words, the address, a code to type and the same address as a picture (SVG)."""

    title: str
    words: str
    address: str
    code: str
    drawing: str


NO_AXIS: Final = Axis(0, 1, (), (), ("", "", "", ""))
Row = Sequence[str | Words | Mark]


@dataclass(frozen=True)
class Sheet:
    """What is on it. `facts`: terms and values in the band; `figures`: term, value, note and tone of each;
    `mark`: one chart above the table. `groups`: rows under a heading each; one without a heading for a plain
    table. `widths`: of the columns, as shares; `numeric`, `plotted`: columns with numbers, with marks. Rows
    that say one thing have a single cell after the first. `pages`: as many as it takes; else one."""

    title: str
    above: str
    lead: str
    head: Sequence[str]
    groups: Sequence[tuple[str, Sequence[Row]]]
    widths: Sequence[float]
    notes: Sequence[str]
    organization: str = ""
    made: str = ""
    facts: Sequence[tuple[str, str]] = ()
    figures: Sequence[tuple[str, str, str, str]] = ()
    mark: Mark | None = None
    axis: Axis = field(default=NO_AXIS)
    numeric: Sequence[int] = ()
    plotted: int | None = None
    seal: Seal | None = None
    page: str = "Page"
    language: str = "en"
    landscape: bool = False
    pages: bool = False


def pdf_response(filename: str, sheet: Sheet) -> HttpResponse:
    """A download of the page."""
    return download(filename, pdf_page(sheet), "application/pdf")


def pdf_page(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1 on A4: one page in the largest type with which all fits, or pages."""
    return pdf_pack(sheet.title, [sheet])


def pdf_pack(title: str, sheets: Sequence[Sheet]) -> bytes:
    """Sheets one after the other in one PDF/UA-1, each from a new page and in the outline by its title."""
    content = json.dumps({"title": title, "sheets": [asdict(each) for each in sheets]}, ensure_ascii=False)
    with _ONE_AT_A_TIME:
        made = _compiler().compile(format="pdf", pdf_standards=["ua-1"], sys_inputs={"pack": content})
    assert isinstance(made, bytes)  # noqa: S101 - one format is one file
    return made


@cache
def _fonts() -> TemporaryDirectory[str]:
    """A folder with the static faces alone: beside the variable font Typst would take that one and draw
    every weight alike, and it takes folders only. Gone when the process ends."""
    folder = TemporaryDirectory(prefix="clinicleader-fonts-")
    for face in FACES:
        copyfile(face, Path(folder.name) / face.name)
    return folder


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[_fonts().name], ignore_system_fonts=True
    )
