"""By which rules a selection is held, as far as HR may set them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SIZES: Final = range(3, 8)  # names on a slate
SHARES: Final = range(50, 101)  # percent of the roll that votes
COVERAGES: Final = range(80, 101)  # percent of the roll that is offered an interview
COUNTS: Final = range(3, 9)  # of criteria
LONGEST: Final = 120  # letters of a criterion

# What a panel scores by, unless HR writes others before the ballot opens.
CRITERIA: Final = (
    "Includes, informs and asks the people they lead",
    "Develops and recognises others",
    "Clinical and professional standing",
    "Holds budget, people and quality together",
    "A picture of where the unit should be in four years",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The quorum is frozen with the roll; the others until the ballot opens."""

    slate_size: int = 5
    coverage: int = COVERAGES.start
    quorum: int = SHARES.start
    criteria: Sequence[str] = CRITERIA


def criteria_in(text: str) -> list[str]:
    """One a line. ValidationError for too few, too many, a long one (with its line) or the same twice."""
    lines = [(number, " ".join(line.split())) for number, line in enumerate(text.splitlines(), 1)]
    found = [(number, line) for number, line in lines if line]
    faults = [
        _("Line %(line)d has %(letters)d letters; %(most)d at most.")
        % {"line": number, "letters": len(line), "most": LONGEST}
        for number, line in found
        if len(line) > LONGEST
    ]
    if len(found) not in COUNTS:
        words = _("Write three to eight criteria, one a line; there are %(count)d.")
        faults.append(words % {"count": len(found)})
    if len({line.casefold() for _number, line in found}) < len(found):
        faults.append(_("A criterion stands there twice."))
    if faults:
        raise ValidationError(faults)
    return [line for _number, line in found]
