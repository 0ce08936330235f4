"""A workbook of a sheet or two, written by hand: a few small XML parts in a ZIP. Every cell is text or a
number as it is; nothing in it can run, for no cell is a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from django.http import HttpResponse

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OPENED: Final = "application/vnd.openxmlformats-package"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML 1.0 has no place for, not even escaped.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\']")
_WIDEST: Final = 60
# The moment in a ZIP's directory, always the same: equal content makes equal files.
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)

_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
# Style 1 is bold, for the head; style 2 wraps long words; the others are numbers by their decimals.
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.0"/>'
    '<numFmt numFmtId="165" formatCode="#,##0.000"/></numFmts><fonts count="2"><font><sz val="11"/>'
    '<name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    + "".join(
        f'<xf xfId="0" numFmtId="{number}" applyNumberFormat="1" applyAlignment="1">'
        '<alignment vertical="top"/></xf>'
        for number in (3, 164, 4, 165)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_HEAD_STYLE, _TEXT_STYLE, _WHOLE_STYLE = 1, 2, 3
_MOST_DECIMALS: Final = 3


def xlsx_response(
    filename: str,
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    about: Sequence[tuple[str, object]] = (),
) -> HttpResponse:
    """A download of `rows` under `head`."""
    response = HttpResponse(workbook(title, head, rows, about), content_type=CONTENT_TYPE)
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", filename).strip("-.") or "export.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    return response


def workbook(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    about: Sequence[tuple[str, object]] = (),
) -> bytes:
    """The file: the head bold and kept in sight, one row below it for each of `rows`. `about`: terms and
    values for a second sheet that says what the first one is of."""
    sheets = [(title, _sheet(head, [list(row) for row in rows]))]
    if about:
        sheets.append(("About", _sheet(["About this file", ""], [list(row) for row in about])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in _parts(sheets).items():
            archive.writestr(zipfile.ZipInfo(path, _MOMENT), content.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(sheets: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The files inside, by path, of sheets with their titles."""
    numbered = list(enumerate(sheets, 1))
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for number, _ in numbered
    )
    names = "".join(
        f'<sheet name="{_name(title)}" sheetId="{number}" r:id="r{number}"/>'
        for number, (title, _) in numbered
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{_OPENED}.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": _RELATIONS,
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}'
            f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, (_, sheet) in numbered},
    }


def _name(title: str) -> str:
    return escape(_clean(_NOT_IN_TITLES.sub(" ", title)).strip()[:31] or "Sheet", {'"': "&quot;"})


def _sheet(head: Sequence[str], body: Sequence[Sequence[object]]) -> str:
    widths = [
        min(max(len(str(row[place])) for row in [head, *body] if place < len(row)) + 2, _WIDEST)
        for place in range(len(head))
    ]
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    lines = [
        _row(1, head, style=_HEAD_STYLE),
        *(_row(number, row, style=_TEXT_STYLE) for number, row in enumerate(body, 2)),
    ]
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def _row(number: int, values: Sequence[object], *, style: int) -> str:
    cells = (_cell(f"{_letters(place)}{number}", value, style) for place, value in enumerate(values))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: object, style: int) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f'<c r="{place}" s="{_number_style(value)}"><v>{value}</v></c>'
    text = escape(_clean(str(value)))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _number_style(value: float | Decimal) -> int:
    """As many decimals as were written: 43.0 below 43.4."""
    exponent = Decimal(str(value)).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return _WHOLE_STYLE + min(max(decimals, 0), _MOST_DECIMALS)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _letters(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(65 + letter) + name
    return name
