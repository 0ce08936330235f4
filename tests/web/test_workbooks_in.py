"""Workbooks that people hand in, from any program: read once, within bounds, or refused."""

from __future__ import annotations

import datetime as dt
import io
import resource
import sys
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.tables import changed_workbook, xlsx_file
from web.tables_in import Row, TableRefusedError, open_table, sheets, workbooks
from web.tables_in.sheets import format_of

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
CELL = b'<row r="1"><c r="A1" t="str"><v>h</v></c></row>'


def read(file: io.BytesIO) -> list[list[str]]:
    table = open_table(file)
    return [table.header, *(cells for _, cells in table.rows)]


def of_sheet(rows: bytes, head: bytes = HEAD, tail: bytes = TAIL) -> io.BytesIO:
    """A workbook whose first sheet says exactly this."""
    return changed_workbook(xlsx_file(["h"]), SHEET, head + rows + tail)


def refusal(file: io.BytesIO) -> str:
    with pytest.raises(TableRefusedError) as refused:
        read(file)
    return str(refused.value)


def plain_workbook(rows: bytes, texts: bytes) -> io.BytesIO:
    """As Excel writes one: cells share their texts, and the second style is a date."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{place}" Type="{kind}/{name}" Target="{target}"/>'
        for place, (name, target) in enumerate(
            [("worksheet", "/" + SHEET), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        )
    )
    parts = {
        "_rels/.rels": f'<a><Relationship Id="1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></a>',
        "xl/workbook.xml": '<workbook><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/styles.xml": '<s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></s>',
        "xl/sharedStrings.xml": b"<sst>" + texts + b"</sst>",
        SHEET: HEAD + rows + TAIL,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def test_a_workbook_reads_as_people_would_type_it() -> None:
    day = dt.datetime(2026, 3, 31)  # noqa: DTZ001 - as openpyxl takes them
    cells = [3.0, 2.5, day, day.replace(hour=8, minute=30), dt.time(8, 30), True, " Zoë ", 10**12]
    assert read(xlsx_file([*"abcdefgh"], cells))[1] == [
        "3", "2.5", "2026-03-31", "2026-03-31 08:30:00", "08:30:00", "yes", "Zoë", "1000000000000",
    ]  # fmt: skip


def test_formulas_are_told_from_values() -> None:
    assert read(xlsx_file(["a", "b"], ["=A2*2", "x"]))[1] == ["=A2*2", "x"]
    assert read(of_sheet(CELL + b'<row><c><f t="shared" si="0"/><v>7</v></c></row>'))[1] == ["="]


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    table = open_table(xlsx_file(["a"], ["1"], [None], ["2"]))
    assert list(table.rows) == [(2, ["1"]), (4, ["2"])]


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("dd/mm/yyyy", "2024-01-02"),
        ("mmm-yy", "2024-01-02"),
        ('"day" d', "2024-01-02"),
        ("[$-409]d-mmm;@", "2024-01-02"),
        ("General", "45293"),
        ('0.0 "days"', "45293"),
        ("[Red]0", "45293"),
        ("[h]:mm", "1087032:00:00"),
    ],
)
def test_the_format_says_what_a_number_is(code: str, shows: str) -> None:
    book = openpyxl.Workbook()
    for row, value in enumerate(["since", 45293], 1):
        book.active.cell(row, 1, value).number_format = code
    file = io.BytesIO()
    book.save(file)
    assert read(file)[1] == [shows]


def test_days_count_from_1900_with_a_day_that_never_was_or_from_1904() -> None:
    assert [format_of(number, "") for number in (0, 14, 46, 164)] == ["", "date", "elapsed", ""]
    for day in (dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2026, 11, 22)):
        book = openpyxl.Workbook()
        for epoch in (openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.CALENDAR_MAC_1904):
            if day < epoch.date():
                continue
            book.epoch = epoch
            book.active["A1"], book.active["A2"] = "day", day
            file = io.BytesIO()
            book.save(file)
            assert read(file)[1] == [day.isoformat()]


def test_texts_come_in_runs_with_hints_and_escapes() -> None:
    text = CellRichText("Mar", TextBlock(InlineFont(b=True), "tha"))
    assert read(xlsx_file(["a"], [text]))[1] == ["Martha"]
    inline = (
        b'<row><c t="inlineStr"><is><t>h</t></is></c></row>'
        b'<row><c t="inlineStr"><is><r><t>\xe6\x9d\xb1</t></r><r><t>\xe4\xba\xac</t></r>'
        b"<rPh><t>\xe3\x83\x88</t></rPh></is></c></row>"
    )
    assert read(of_sheet(inline))[1] == ["東京"]
    assert read(of_sheet(inline.replace(b"\xe4\xba\xac", b"_x000D__xD800_")))[1] == ["東\r_xD800_"]


def test_names_may_have_prefixes_and_cells_no_place() -> None:
    rows = (
        b'<x:row><x:c t="str"><x:v>a</x:v></x:c><x:c/><x:c t="str"><x:v>b</x:v></x:c></x:row>'
        b"<x:row><x:c><x:v>1</x:v></x:c></x:row>"
    )
    file = of_sheet(
        rows, HEAD.replace(b"<", b"<x:").replace(b"xmlns=", b"xmlns:x="), TAIL.replace(b"</", b"</x:")
    )
    assert read(file) == [["a", "", "b"], ["1", "", ""]]


def test_only_the_first_visible_sheet_is_read_and_told() -> None:
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    for title in ("People", "Notes"):
        book.create_sheet(title).append(["a"])
        book[title].append([title])
    file = io.BytesIO()
    book.save(file)
    table = open_table(file)
    assert list(table.rows) == [(2, ["People"])]
    assert table.notices == ["Only the first sheet, “People”, was read."]


def bomb(size: int) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.xml", "w") as part:
        for _ in range(size):
            part.write(b" " * 2**20)
    return file


def test_a_zip_bomb_is_weighed_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "UNPACKED", 2**20)
    file = bomb(20)
    assert file.tell() < 100_000
    assert "unpacks to more than 1 MB" in refusal(file)


def test_a_part_that_is_larger_than_it_says_is_not_unpacked_further() -> None:
    content = bytearray(of_sheet(b" " * 2**20 + b"<row/>").getvalue())
    size = (len(HEAD) + 2**20 + len(b"<row/>") + len(TAIL)).to_bytes(4, "little")
    assert content.count(size) == 2
    assert "damaged" in refusal(io.BytesIO(bytes(content.replace(size, (200).to_bytes(4, "little")))))


def test_a_directory_of_very_many_parts_is_refused_before_it_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"{number:050}", b"")
    assert "packed as no spreadsheet program" in refusal(file)


@pytest.mark.parametrize("comment", [b"", b"a comment"])
def test_a_comment_at_the_end_of_the_archive_does_no_harm(comment: bytes) -> None:
    file = xlsx_file(["h"], ["1"])
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = comment
    assert read(file) == [["h"], ["1"]]
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"PK\5\6"
    assert "damaged" in refusal(file)


def test_styles_that_no_program_writes_are_refused() -> None:
    for styles in (b"<a>" + b"<xf/>" * 300_000 + b"</a>", b"<a>" + b" " * 2**26 + b"</a>"):
        assert "damaged" in refusal(changed_workbook(xlsx_file(["h"], ["1"]), "xl/styles.xml", styles))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_unpacks_without_bounds_is_refused(packing: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "packed as no spreadsheet program" in refusal(file)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (b"<a>" * 100, "damaged"),
        (b"<a b='" + b"x" * 2**21 + b"'/>", "damaged"),
        (b"<!--" + b"x" * 2**21 + b"-->", "damaged"),
        (b"".join(b"<a%d/>" % n for n in range(9_000)), "damaged"),
        (b"".join(b"<a b%d='1'/>" % n for n in range(9_000)), "damaged"),
        (
            CELL + b'<row r="2"><c t="str"><v>' + b"x" * 2**20 + b"</v></c></row>",
            "row 2, .* more than 10,000",
        ),
        (CELL + b'<row r="2"><c r="XFD2"><v>1</v></c></row>', "row 2, .* more than 400 columns"),
        (CELL + b'<row r="1048577"><c><v>1</v></c></row>', "row 1048577: .*damaged"),
        (CELL + b'<row r="1"><c><v>1</v></c></row>', "row 1: .*damaged"),
        (CELL + b'<row><c r="?1"><v>1</v></c></row>', "row 2: .*damaged"),
        (CELL + b'<row><c t="s"><v>-1</v></c></row>', "row 2: .*damaged"),
        (CELL + b'<row><c t="s"><v>99</v></c></row>', "row 2: .*damaged"),
        (CELL + b"<row><c><v>many</v></c></row>", "row 2: .*damaged"),
    ],
)
def test_what_no_program_writes_is_refused(rows: bytes, message: str) -> None:
    with pytest.raises(TableRefusedError, match=message):
        read(of_sheet(rows))


def test_a_sheet_with_one_far_cell_is_small() -> None:
    assert read(of_sheet(CELL + b'<row r="1000000"><c r="A1000000"><v>1</v></c></row>'))[1] == ["1"]


def test_xml_entities_are_refused() -> None:
    sheet = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + HEAD + CELL + TAIL
    assert "declares XML entities" in refusal(changed_workbook(xlsx_file(["h"]), SHEET, sheet))


def test_shared_texts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_SHARED", 1_000)
    assert "too much text" in refusal(plain_workbook(CELL, b"<si><t>" + b"x" * 2_000 + b"</t></si>"))
    assert "too much text" in refusal(plain_workbook(CELL, b"<si/>" * 20))


def test_shared_texts_come_by_number() -> None:
    rows = b'<row><c t="s"><v>1</v></c></row><row><c t="s"><v>0</v></c></row><row><c t="s"><v>2</v></c></row>'
    texts = (
        b"<si><t> Mara </t></si><si><r><t>Na</t></r><r><t>me</t></r></si>"
        b"<si><t>\xe6\x9d\xb1</t><rPh><t>\xe3\x83\x88</t></rPh></si>"
    )
    assert read(plain_workbook(rows, texts)) == [["Name"], ["Mara"], ["東"]]


def test_another_programs_zip_file_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("_rels/.rels", "<Relationships/>")
    assert "no Excel workbook" in refusal(file)


CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**14), 10**14)
    | st.integers(-(10**9), 10**9).map(lambda number: number / 100)
    | st.dates(dt.date(1900, 3, 1), dt.date(2199, 1, 1))
    | st.text(
        st.characters(
            min_codepoint=32, blacklist_categories=["Cs", "Cc"], blacklist_characters="=_\ufffe\uffff"
        )
    )
)


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_workbook_reads_as_it_was_written(rows: list[list[object]]) -> None:
    file = xlsx_file(["a", "b", "c"], *rows)
    wanted = [(number, [typed(cell) for cell in row]) for number, row in enumerate(rows, 2)]
    assert rows_or_none(file) == [(number, row) for number, row in wanted if any(row)]


def typed(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return "" if cell is None else str(cell).strip()


def rows_or_none(file: io.BytesIO) -> Sequence[Row]:
    """The rows; none where there is nothing below the header."""
    try:
        return list(open_table(file).rows)
    except TableRefusedError:
        return []


SHARED_ROWS = (
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    b'<row r="2"><c r="A2" t="inlineStr"><is><t>Zoe</t></is></c><c r="B2" s="1"><v>45293</v></c></row>'
)
WORKBOOK = plain_workbook(SHARED_ROWS, b"<si><t>Name</t></si><si><t>Since</t></si>").getvalue()


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(4, 2_500), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_workbook_with_broken_bytes_is_read_or_refused(breaks: list[tuple[int, int]]) -> None:
    content = bytearray(WORKBOOK)  # its size differs by a byte or two from run to run
    for place, value in breaks:
        content[place % len(content)] = value
    read_or_refused(io.BytesIO(bytes(content)))


PARTS = st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"])
XML = st.sampled_from(
    ["<row", "<c", "<v>", "</v>", "</c>", "</row>", "<is>", "<t>", "</t>", "<si>", "</si>", ' r="', ' t="s"',
     ' s="', '"', ">", "/>", "A", "1", "-1", "9" * 400, "x", "<sheet ", "<xf ", 'numFmtId="', "<cellXfs>"]
)  # fmt: skip


@settings(max_examples=150)
@given(PARTS, st.lists(XML, max_size=30).map("".join), st.integers(0, 400))
def test_a_workbook_with_strange_xml_is_read_or_refused(part: str, xml: str, place: int) -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        old = archive.read(part)
    new = old[:place] + xml.encode() + old[place:]
    read_or_refused(changed_workbook(io.BytesIO(WORKBOOK), part, new))


def read_or_refused(file: io.BytesIO) -> None:
    """Any other exception is a crash."""
    try:
        rows = read(file)
    except TableRefusedError:
        return
    assert len({len(row) for row in rows}) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss has other units elsewhere")
def test_a_long_workbook_takes_little_memory() -> None:
    row = b"<row>" + b'<c t="str"><v>some text of a cell</v></c>' * 10 + b"</row>"
    file = of_sheet(row * 20_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in open_table(file).rows) == 19_999
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024
