"""What a comment is said to speak of in the end: what both coders found, and what was settled where they
differ. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from partnerships.agreement import Codings
from partnerships.enums import CODERS, CoderPart

Decision = tuple[UUID, UUID]  # a quote and a code
Opinions = Mapping[Decision, Mapping[CoderPart, bool]]


@dataclass(frozen=True, slots=True)
class Consensus:
    """`codes`: quote -> the codes it has; `open`: where the two still differ, each with who gave the code."""

    codes: Mapping[UUID, frozenset[UUID]]
    open: Mapping[Decision, CoderPart]

    @property
    def is_complete(self) -> bool:
        return not self.open


def disagreements(first: Codings, second: Codings) -> dict[Decision, CoderPart]:
    """A quote and a code that one of the two gave it, and who did."""
    found = {
        (quote, code): CoderPart.FIRST for quote in first for code in set(first[quote]) - set(second[quote])
    }
    return found | {
        (quote, code): CoderPart.SECOND for quote in first for code in set(second[quote]) - set(first[quote])
    }


def verdict(opinions: Mapping[CoderPart, bool]) -> bool | None:
    """What both coders say by now, or else the third; None while it is open."""
    both = {opinions.get(part) for part in CODERS}
    if len(both) == 1 and None not in both:
        return both.pop()
    return opinions.get(CoderPart.THIRD)


def consensus(first: Codings, second: Codings, opinions: Opinions) -> Consensus:
    """Everything both found, and where they differ what was settled."""
    differ = disagreements(first, second)
    settled = {decision: verdict(opinions.get(decision, {})) for decision in differ}
    codes = {
        quote: frozenset(set(first[quote]) & set(second[quote]))
        | {code for (about, code), holds in settled.items() if about == quote and holds}
        for quote in first
    }
    return Consensus(
        codes, {decision: differ[decision] for decision, holds in settled.items() if holds is None}
    )
