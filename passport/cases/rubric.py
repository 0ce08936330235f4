"""The rubric of a case: criteria, each with four levels that are described."""

from __future__ import annotations

from dataclasses import dataclass

from passport.cases.section import Section, refuse_twice

LEVELS = 4


@dataclass(frozen=True)
class Criterion:
    """`levels` are four descriptions, from the weakest (1) to the strongest (4)."""

    key: str
    title: str
    levels: tuple[str, ...]


def read_rubric(section: Section) -> tuple[Criterion, ...]:
    criteria = []
    for each in section.sections("rubric", fewest=1):
        criteria.append(Criterion(each.key(), each.text("title", longest=120), each.lines("levels", LEVELS)))
        each.close()
    refuse_twice(section, "rubric", [each.key for each in criteria])
    return tuple(criteria)
