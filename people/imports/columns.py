"""Which column of a file holds which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from people.imports.fields import Field, Kind
from web.tables_in import Fault


def plain(heading: str) -> str:
    """A heading without case, spaces and punctuation: "E-mail Address" is "emailaddress"."""
    return "".join(c for c in heading.casefold() if c.isalnum())


def guess_columns(kind: Kind, header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Field name -> heading. What the organisation chose last time wins, then names, then synonyms."""
    chosen = {
        field.name: remembered[field.name] for field in kind.fields if remembered.get(field.name) in header
    }
    free = {plain(heading): heading for heading in reversed(header) if heading not in chosen.values()}
    for words_of in (_own_words, _other_words):
        for field in kind.fields:
            if field.name in chosen:
                continue
            for word in words_of(field):
                if word in free:
                    chosen[field.name] = free.pop(word)
                    break
    return chosen


def column_faults(kind: Kind, header: Sequence[str], columns: Mapping[str, str]) -> list[Fault]:
    """Why the rows cannot be read with these columns; empty when they can."""
    faults = [
        Fault(f"Expected a column for {field.label}.", row=1, column=field.label)
        for field in kind.required
        if not columns.get(field.name)
    ]
    times = Counter(header)
    for name, heading in columns.items():
        if times[heading] == 0:
            message = f"The file has no column with this heading, expected for {kind.field(name).label}."
            faults.append(Fault(message, row=1, column=heading))
        elif times[heading] > 1:
            places = " and ".join(str(n) for n, other in enumerate(header, 1) if other == heading)
            faults.append(
                Fault(f"This heading stands over columns {places}: expected it once.", row=1, column=heading)
            )
    for heading, count in Counter(columns.values()).items():
        if count > 1:
            faults.append(Fault("This column was chosen for two fields.", row=1, column=heading))
    return faults


def _own_words(field: Field) -> list[str]:
    return [plain(field.name), plain(field.label)]


def _other_words(field: Field) -> list[str]:
    return [plain(word) for word in field.synonyms]
