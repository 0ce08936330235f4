"""A standard's self-study of a year: each requirement with what is held against it, and the gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from insights.enums import EvidenceSource
from insights.evidence_figures import Figure
from insights.evidence_sources import evidence_of
from insights.models import DocumentReference, Requirement, Standard
from insights.queries.accreditation import requirements_of
from insights.self_study_years import StudyYear


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source that is named for a requirement, with its figures of the year."""

    source: EvidenceSource
    note: str
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is held against a requirement."""

    requirement: Requirement
    evidence: Sequence[Evidence]
    documents: Sequence[DocumentReference]

    @property
    def is_gap(self) -> bool:
        return not self.evidence and not self.documents


@dataclass(frozen=True, slots=True)
class SelfStudy:
    """`answers`: to what applies, in the order of the standard; `past`: what no longer does."""

    year: StudyYear
    answers: Sequence[Answer]
    past: Sequence[Requirement] = field(default=())

    @property
    def gaps(self) -> list[Requirement]:
        return [each.requirement for each in self.answers if each.is_gap]

    @property
    def held(self) -> list[Answer]:
        return [each for each in self.answers if not each.is_gap]


def self_study(standard: Standard, year: StudyYear, *, on: dt.date) -> SelfStudy:
    """Each source is counted once, however many requirements name it: a constant number of queries."""
    found = requirements_of(standard)
    applying = [each for each in found if each.applies]
    named = {mapping.source for each in applying for mapping in each.mappings.all()}
    figures = evidence_of(named, year, on=on)
    return SelfStudy(
        year,
        [_answer(each, figures) for each in applying],
        [each for each in found if not each.applies],
    )


def _answer(requirement: Requirement, figures: dict[EvidenceSource, list[Figure]]) -> Answer:
    notes = {mapping.source: mapping.note for mapping in requirement.mappings.all()}
    return Answer(
        requirement,
        [Evidence(source, notes[source], told) for source, told in figures.items() if source in notes],
        sorted(requirement.documents.all(), key=lambda each: each.title),
    )
