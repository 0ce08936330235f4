from __future__ import annotations

import random

import pytest

from passport.enums import FileFinding
from passport.evidence_look import MOST_INFLATED, kind_of, look_inside
from tests.factories.held_files import pdf_with_stream, zipped

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)


@pytest.mark.parametrize("content", [b"%PDF-1.7 words", PNG, JPEG])
def test_the_three_kinds_are_taken(content: bytes) -> None:
    assert kind_of(content) is not None
    assert look_inside(content) is None


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"", FileFinding.KIND),
        (b"MZ\x90\x00", FileFinding.KIND),
        (zipped("word/document.xml"), FileFinding.KIND),
        (zipped("word/document.xml", "word/vbaProject.bin"), FileFinding.MACROS),
        (zipped("xl/VBAPROJECT.BIN"), FileFinding.MACROS),
        (PNG + zipped("xl/vbaProject.bin"), FileFinding.MACROS),
        (PNG + zipped("words.txt"), FileFinding.KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), FileFinding.MACROS),
        (b"<!-- drawing --><SVG><Script>1</Script></SVG>", FileFinding.SCRIPT),
        (b"<svg><a href='javascript:x'/></svg>", FileFinding.SCRIPT),
        (b"<svg onload = 'x'/>", FileFinding.SCRIPT),
        (b"<svg/>", FileFinding.KIND),
        (b"%PDF-1.7 <</OpenAction <</S /JavaScript /JS (app.alert)>>>>", FileFinding.SCRIPT),
        (b"%PDF-1.7 <</S /L#61unch>>", FileFinding.SCRIPT),
        (b"%PDF-1.7 <</Names <</EmbeddedFiles 3 0 R>>>>", FileFinding.SCRIPT),
        (b"%PDF-1.7 trailer <</Encrypt 5 0 R>>", FileFinding.LOCKED),
        (pdf_with_stream(b"1 0 <</S /JavaScript /JS (x)>>"), FileFinding.SCRIPT),
    ],
)
def test_what_is_refused(content: bytes, finding: FileFinding) -> None:
    assert look_inside(content) == finding


def test_words_and_pictures_in_a_stream_are_no_syntax() -> None:
    assert look_inside(pdf_with_stream(b"(how /JS came to be) Tj", kind=b"/XObject")) is None
    noise = random.Random(7).randbytes(200_000) + b"/JS " + random.Random(8).randbytes(1000)
    plain = b"%PDF-1.7 1 0 obj <</Length 201004>> stream\n" + noise + b"\nendstream endobj"
    assert look_inside(plain) is None


def test_a_name_that_begins_alike_is_another_name() -> None:
    assert look_inside(b"%PDF-1.7 <</JSReport (yes) /Launching (no) /EncryptMetadata true>>") is None


def test_a_file_that_unpacks_without_end_is_not_taken() -> None:
    assert look_inside(pdf_with_stream(bytes(MOST_INFLATED + 1))) == FileFinding.LOCKED
