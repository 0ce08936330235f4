"""A standard that no body has written, its requirements in invented words, and what is held against them."""

from __future__ import annotations

from typing import Final

from insights.enums import EvidenceSource
from insights.models import DocumentReference, Mapping, Requirement, Standard

NAME: Final = "Standard for developing leaders"
EDITION: Final = "first edition"
ACADEMIC_YEAR: Final = 7  # begins in July
REQUIREMENTS: Final[tuple[tuple[str, str, tuple[EvidenceSource, ...]], ...]] = (
    (
        "1.1",
        "Every physician in training has somebody to ask who does not assess them.",
        (EvidenceSource.MENTORED, EvidenceSource.MENTORING),
    ),
    (
        "1.2",
        "What people have learned about leading is shown by evidence that somebody else has seen.",
        (EvidenceSource.MILESTONES, EvidenceSource.READINESS),
    ),
    (
        "2.1",
        "Leaders hear at least once a year from the people they lead, and talk about it with them.",
        (EvidenceSource.SURVEYS,),
    ),
    (
        "2.2",
        "Somebody answers for the development of each leader, by a plan that is looked at again.",
        (EvidenceSource.SPONSORSHIPS, EvidenceSource.REGIMENS),
    ),
    ("2.3", "New leaders are told at set times whether they go on.", (EvidenceSource.GATES,)),
    (
        "3.1",
        "Professions lead together, and it is known how many of each lead.",
        (EvidenceSource.PARTNERSHIPS, EvidenceSource.LEADERSHIP),
    ),
    (
        "3.2",
        "Somebody could take over each titled position, and the staff have a say in who does.",
        (EvidenceSource.POOLS, EvidenceSource.SELECTIONS),
    ),
    ("4.1", "Those who teach leading are themselves taught how.", ()),
)
NOTE: Final = "Read the shares with their intervals: some departments are small."
HANDBOOK: Final = ("Handbook of the residency programme", "The programme office, shelf by the door")


def fill_accreditation() -> None:
    """Eight requirements; nothing is held against the last one."""
    standard = Standard.objects.create(name=NAME, edition=EDITION, first_month=ACADEMIC_YEAR)
    made = Requirement.objects.bulk_create(
        Requirement(standard=standard, code=code, text=text, position=position)
        for position, (code, text, _sources) in enumerate(REQUIREMENTS, start=1)
    )
    Mapping.objects.bulk_create(
        Mapping(
            requirement=requirement,
            source=source,
            note=NOTE if source == EvidenceSource.MENTORED else "",
        )
        for requirement, (_code, _text, sources) in zip(made, REQUIREMENTS, strict=True)
        for source in sources
    )
    title, place = HANDBOOK
    DocumentReference.objects.create(requirement=made[0], title=title, place=place)
