"""XLSX workbooks: ZIP files of XML, weighed before they are read and then read once.

zipfile never unpacks more of a stored or deflated part than its declared size, so the declared sizes are
bounds; bzip2 and lzma it unpacks without one, and they are refused.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from web.tables_in.faults import DAMAGED, TableRefusedError
from web.tables_in.sheets import Formats, format_of, shared_texts, sheet_rows
from web.tables_in.table import Row, Table
from web.tables_in.xml_parts import elements

UNPACKED: Final = 250 * 2**20  # bytes of all parts together
_PARTS: Final = 2_000
_DIRECTORY: Final = 2**20  # bytes: zipfile makes an object of each of its entries before anybody can count
_STYLES: Final = 65_536
_ODD: Final = "The workbook is packed as no spreadsheet program does. Save it anew."
_PLAIN_PACKING: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def open_workbook(file: IO[bytes]) -> Table:
    """The rows of the first visible sheet as they stand, the header among them."""
    try:
        _weigh_directory(file)
        with zipfile.ZipFile(file) as archive:
            _weigh(archive)
            book = _Book.of(archive)
    except TableRefusedError:
        raise
    except Exception as error:  # zipfile, zlib and expat each have their own kinds
        raise TableRefusedError(DAMAGED) from error
    if not book.sheets:
        raise TableRefusedError("The workbook has no visible sheet with cells.")
    title, _ = book.sheets[0]
    notices = [f"Only the first sheet, “{title[:60]}”, was read."] if len(book.sheets) > 1 else []
    return Table([], _rows(file, book), notices)


def _weigh_directory(file: IO[bytes]) -> None:
    """Refuse a directory that is too long, by what the record at the file's end says, where zipfile looks."""
    start = max(file.seek(0, io.SEEK_END) - 2**16 - 22, 0)
    file.seek(start)
    tail = file.read()
    plain = tail[-22:-18] == b"PK\5\6" and tail[-2:] == b"\0\0"  # no comment after the record
    place = len(tail) - 22 if plain else tail.rfind(b"PK\5\6")
    if place < 0:
        raise TableRefusedError(DAMAGED)
    beyond_4_gb = tail[max(place - 20, 0) : place].startswith(b"PK\6\7")
    if beyond_4_gb or int.from_bytes(tail[place + 12 : place + 16], "little") > _DIRECTORY:
        raise TableRefusedError(_ODD)
    file.seek(0)


def _weigh(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to more than the limit, is encrypted or packed in an unbounded way."""
    parts = archive.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise TableRefusedError(
            f"The workbook unpacks to more than {UNPACKED // 2**20} MB. Save it as CSV instead."
        )
    if any(part.compress_type not in _PLAIN_PACKING for part in parts):
        raise TableRefusedError(_ODD)
    if any(part.flag_bits & 0x1 for part in parts):
        raise TableRefusedError("The workbook is protected by a password. Save it without one.")


@dataclass(frozen=True, slots=True)
class _Book:
    """Where in the archive things are, and how numbers are shown."""

    sheets: list[tuple[str, str]]  # title and part of each visible worksheet
    texts: str  # the part with shared texts, if there is one
    formats: Formats

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> _Book:
        parts = {part.filename for part in archive.infolist()}
        main = next(iter(_links(archive, "").get("officeDocument", {}).values()), "")
        if main not in parts:
            raise TableRefusedError("This is no Excel workbook. Expected the table as CSV or XLSX.")
        links = _links(archive, main)
        worksheets = links.get("worksheet", {})
        with archive.open(main) as content:
            found = elements(content, {"name", "state", "id", "date1904"})
        sheets = [
            (said.get("name", ""), worksheets[said["id"]])
            for name, _, said in found
            if name == "sheet" and said.get("state", "visible") == "visible" and said.get("id") in worksheets
        ]
        from_1904 = any(
            name == "workbookPr" and said.get("date1904") in {"1", "true"} for name, _, said in found
        )
        styles = next(iter(links.get("styles", {}).values()), "")
        texts = next(iter(links.get("sharedStrings", {}).values()), "")
        return cls(
            sheets,
            texts if texts in parts else "",
            Formats(_styles(archive, styles) if styles in parts else (), from_1904),
        )


def _links(archive: zipfile.ZipFile, part: str) -> dict[str, dict[str, str]]:
    """What a part refers to: kind of thing -> id -> part."""
    folder, name = posixpath.split(part)
    links: dict[str, dict[str, str]] = {}
    with archive.open(posixpath.join(folder, "_rels", f"{name}.rels")) as content:
        for tag, _, said in elements(content, {"Id", "Type", "Target", "TargetMode"}):
            if tag == "Relationship" and said.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, said["Target"])).lstrip("/")
                links.setdefault(posixpath.basename(said["Type"]), {})[said["Id"]] = target
    return links


def _styles(archive: zipfile.ZipFile, part: str) -> list[str]:
    """What each cell style makes of a number."""
    with archive.open(part) as content:
        found = elements(content, {"numFmtId", "formatCode"})
    codes = {int(said["numFmtId"]): said.get("formatCode", "") for name, _, said in found if name == "numFmt"}
    numbers = [
        int(said.get("numFmtId", 0)) for name, around, said in found if (name, around) == ("xf", "cellXfs")
    ]
    if len(numbers) > _STYLES:
        raise TableRefusedError(DAMAGED)
    known = {number: format_of(number, codes.get(number, "")) for number in set(numbers)}
    return [known[number] for number in numbers]


def _rows(file: IO[bytes], book: _Book) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(file) as archive:
            shared: list[str] = []
            if book.texts:
                with archive.open(book.texts) as content:
                    shared = shared_texts(content)
            with archive.open(book.sheets[0][1]) as content:
                yield from sheet_rows(content, shared, book.formats)
    except TableRefusedError:
        raise
    except Exception as error:  # as above; the consumer's own exceptions never pass here
        raise TableRefusedError(DAMAGED) from error
