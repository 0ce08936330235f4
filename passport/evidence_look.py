"""What can be told about a file from its bytes alone: what it is, and what in it could run.

Nothing here replaces a virus scanner (docs/operations.md); it refuses the kinds of harm that need none to be
seen.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from passport.enums import FileFinding

SIGNATURES: Final = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = ("vbaproject.bin", "vbadata.xml")
_SVG_HEAD = 4096  # declarations and comments may come first
_SVG_ACTS = re.compile(rb"<\s*script|\bon[a-z]+\s*=|javascript\s*:|<\s*foreignobject", re.IGNORECASE)

# Names of ISO 32000-2 that make a reader run, start or unpack something.
_PDF_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles|RichMedia)(?![A-Za-z0-9])")
_PDF_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# What a stream holds is not syntax: in a picture the three bytes of /JS stand by chance.
_PDF_STREAM = re.compile(rb"(>>\s*stream\r?\n)(.*?)endstream", re.DOTALL)
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_DICTIONARY = 2000  # bytes before a stream in which its dictionary stands
MOST_INFLATED: Final = 64 * 1024 * 1024


def kind_of(content: bytes) -> str | None:
    """The media type, of the three that are taken."""
    return next((kind for kind, start in SIGNATURES.items() if content.startswith(start)), None)


def look_inside(content: bytes) -> FileFinding | None:
    """Why a file may not be handed on; None if nothing is seen against it."""
    if content.startswith(_OLD_OFFICE):
        return FileFinding.MACROS
    if zipfile.is_zipfile(io.BytesIO(content)):  # also behind the first bytes of a picture
        return FileFinding.MACROS if _has_macros(content) else FileFinding.KIND
    kind = kind_of(content)
    if kind is None:
        drawing = b"<svg" in content[:_SVG_HEAD].lower()
        return FileFinding.SCRIPT if drawing and _SVG_ACTS.search(content) else FileFinding.KIND
    return _look_into_pdf(content) if kind == "application/pdf" else None


def _has_macros(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return any(name.endswith(_MACROS) for name in names)


def _look_into_pdf(content: bytes) -> FileFinding | None:
    syntax = _spelled(_PDF_STREAM.sub(rb"\1endstream", content))
    if _PDF_LOCKED.search(syntax):
        return FileFinding.LOCKED
    if _PDF_ACTS.search(syntax):
        return FileFinding.SCRIPT
    left = MOST_INFLATED
    for stream in _PDF_STREAM.finditer(content):
        start = stream.start()
        if not _OBJECTS.search(_spelled(content[max(0, start - _DICTIONARY) : start + 2])):
            continue
        objects = _inflated(stream[2], left)
        left -= len(objects)
        if left <= 0:
            return FileFinding.LOCKED
        if _PDF_ACTS.search(_spelled(objects)):
            return FileFinding.SCRIPT
    return None


def _spelled(syntax: bytes) -> bytes:
    """Names without their escapes: /J#53 is /JS."""
    return _PDF_ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), syntax)


def _inflated(stream: bytes, most: int) -> bytes:
    """As much as can be unpacked; objects that are not packed stay as they are."""
    try:
        return zlib.decompressobj().decompress(stream, most)
    except zlib.error:
        return stream
