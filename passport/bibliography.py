"""A list of publications as somebody brings it along: BibTeX, or DOIs one a line."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)

from passport.enums import PublicationKind

MOST: Final = 500  # publications in one go
LARGEST: Final = 1024 * 1024  # bytes; 500 entries with abstracts are half of it
YEARS: Final = range(1900, 2101)

# ISO 26324: a prefix of 10 and a registrant, a slash, and a suffix; letters mean the same in either case.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>{}\\^`|]{1,180}")
_BEFORE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_KINDS: Final = {
    "article": PublicationKind.ARTICLE,
    "book": PublicationKind.BOOK,
    "inbook": PublicationKind.CHAPTER,
    "incollection": PublicationKind.CHAPTER,
    "inproceedings": PublicationKind.CONFERENCE,
    "conference": PublicationKind.CONFERENCE,
    "phdthesis": PublicationKind.THESIS,
    "mastersthesis": PublicationKind.THESIS,
    "thesis": PublicationKind.THESIS,
}
_LENGTHS: Final = {"title": 500, "authors": 1000, "venue": 300}

# Its warnings quote what people paste; the page says the same to them alone.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication as its list tells it: a title or a DOI at least. `year` is from 1900 to 2100."""

    title: str = ""
    authors: str = ""
    venue: str = ""
    year: int | None = None
    doi: str = ""
    kind: PublicationKind = PublicationKind.OTHER


class BibliographyError(ValueError):
    """The list cannot be taken; one line of words for each problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def plain_doi(text: str) -> str | None:
    """A DOI in small letters, without the address in front; None where it is none."""
    found = _BEFORE_DOI.sub("", text.strip(), count=1).rstrip(".,;")
    return found.lower() if _DOI.fullmatch(found) else None


def read_references(text: str) -> list[Reference]:
    """The publications of a BibTeX file, or of DOIs one a line; raises `BibliographyError`."""
    if len(text.encode("utf-8", "replace")) > LARGEST:
        raise BibliographyError(["The list is larger than 1 MB. Bring it in parts."])
    problems: list[str] = []
    read = _from_bibtex if text.lstrip("\ufeff").lstrip().startswith(("@", "%")) else _from_dois
    found = list(read(text.lstrip("\ufeff"), problems))
    if not found and not problems:
        problems.append("There is no publication in it. Paste BibTeX, or DOIs one a line.")
    if len(found) > MOST:
        problems = [f"{len(found)} publications are too many at once; {MOST} is the limit."]
    if problems:
        raise BibliographyError(problems)
    return found


def _from_dois(text: str, problems: list[str]) -> Iterator[Reference]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        doi = plain_doi(line)
        if doi is None:
            problems.append(f"Line {number}: “{line.strip()[:60]}” is not a DOI, such as 10.1000/182.")
        else:
            yield Reference(doi=doi)


def _from_bibtex(text: str, problems: list[str]) -> Iterator[Reference]:
    for each in parse_string(text, append_middleware=[LatexDecodingMiddleware()]).blocks:
        line = (each.start_line or 0) + 1
        # Lists pasted together repeat their keys.
        block = (
            each.ignore_error_block
            if isinstance(each, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)
            else each
        )
        if isinstance(block, Entry):
            yield from _reference(block, line, problems)
        elif isinstance(block, ParsingFailedBlock):
            problems.append(f"Line {line}: this entry does not end as BibTeX does; look for a missing brace.")
        elif isinstance(block, ImplicitComment) and not block.comment.lstrip().startswith("%"):
            problems.append(f"Line {line}: “{block.comment.strip()[:60]}” stands outside an entry.")


def _reference(entry: Entry, line: int, problems: list[str]) -> Iterator[Reference]:
    values = {field.key.lower(): _plain(str(field.value)) for field in entry.fields}
    doi = plain_doi(values.get("doi", "")) or ""
    if values.get("doi") and not doi:
        problems.append(f"Line {line}: “{values['doi'][:60]}” is not a DOI, such as 10.1000/182.")
    if not values.get("title") and not doi:
        problems.append(f"Line {line}: the entry has neither a title nor a DOI.")
        return
    year = _YEAR.search(values.get("year", "") or values.get("date", ""))
    told = {
        "title": values.get("title", ""),
        "authors": values.get("author", "").replace(" and ", "; "),
        "venue": next(
            (
                values[name]
                for name in ("journal", "journaltitle", "booktitle", "publisher", "school")
                if values.get(name)
            ),
            "",
        ),
    }
    yield Reference(
        **{name: words[: _LENGTHS[name]] for name, words in told.items()},
        year=int(year[0]) if year else None,
        doi=doi,
        kind=_KINDS.get(entry.entry_type.lower(), PublicationKind.OTHER),
    )


def _plain(value: str) -> str:
    """Braces keep capitals in BibTeX and say nothing to a reader."""
    return " ".join(value.replace("{", "").replace("}", "").replace("\x00", "").split())
