"""What an invented organisation is made of, before anybody works there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from people.enums import CareerStage, PositionType, Profession, UnitKind


class Job(StrEnum):
    """The kinds of work; each country has its own titles and grades for them."""

    RESIDENT = "resident"
    FELLOW = "fellow"
    EARLY_ATTENDING = "early_attending"
    ATTENDING = "attending"
    NURSE = "nurse"
    PHARMACIST = "pharmacist"
    ALLIED = "allied"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class JobShape:
    """Titles (with grades, where there are any) to draw from; how long people have been here, in years."""

    profession: Profession
    stage: CareerStage
    titles: tuple[tuple[str, str], ...]  # (job title, grade)
    years: tuple[float, float]
    clinical_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """The position that leads a unit, and what kind of person holds it."""

    title: str
    type: PositionType
    job: Job


@dataclass(frozen=True, slots=True)
class UnitShape:
    """A unit with its own staff (without its leader) and the units below it."""

    name: str
    kind: UnitKind
    lead: Lead | None = None
    staff: dict[Job, int] = field(default_factory=dict)
    specialty: str = ""
    children: tuple[UnitShape, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A titled position at the top beside the chief executive."""

    title: str
    type: PositionType
    job: Job
    persona: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A persona of the tour: who they are, what their page is called on the sign-in page."""

    key: str
    given: str
    family: str
    role: str  # said on the sign-in page
    title: str = ""  # job title, where it is not the drawn one


@dataclass(frozen=True, slots=True)
class OrganizationShape:
    slug: str
    name: str
    time_zone: str
    locale: str
    families: list[str]
    prefix: str  # of staff numbers
    root: UnitShape
    jobs: dict[Job, JobShape]
    offices: tuple[Office, ...]
    parts: tuple[Part, ...]
    programme: str
    nurse_programme: str
    cohorts: tuple[str, str, str, str]  # residents before and now, fellows, early attendings
    genders: tuple[str, ...]
    ethnicities: tuple[str, ...]
    analysed: bool = True  # what was written in the second cultural audit; else it is being coded

    @property
    def mail_domain(self) -> str:
        return f"{self.slug}.example"  # RFC 2606: nobody's


def department(
    name: str, lead: Lead, *children: UnitShape, specialty: str | None = None, **staff: int
) -> UnitShape:
    return UnitShape(
        name,
        UnitKind.DEPARTMENT,
        lead,
        {Job(job): count for job, count in staff.items()},
        name if specialty is None else specialty,
        children,
    )


def microsystem(name: str, lead: Lead | None, **staff: int) -> UnitShape:
    return UnitShape(name, UnitKind.MICROSYSTEM, lead, {Job(job): count for job, count in staff.items()})


def division(name: str, lead: Lead, *children: UnitShape) -> UnitShape:
    return UnitShape(name, UnitKind.DIVISION, lead, {Job.ADMINISTRATOR: 1}, children=children)


def site(name: str, lead: Lead, *children: UnitShape, administrators: int = 2) -> UnitShape:
    return UnitShape(name, UnitKind.SITE, lead, {Job.ADMINISTRATOR: administrators}, children=children)
