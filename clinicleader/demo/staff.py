"""Who works in an invented organisation, and did: plain values drawn from a shape, no database."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from clinicleader.demo.names import draw_names
from clinicleader.demo.shapes import Job, Lead, OrganizationShape, UnitShape
from people.enums import CareerStage, PositionType, Profession, UnitKind

YEAR = 365.25
TERM_YEARS = 4
LEADER = "leader"


@dataclass(slots=True)
class Unit:
    id: UUID
    external_id: str
    name: str
    kind: UnitKind
    specialty: str
    parent: Unit | None
    path: str
    depth: int
    leader: Person | None = None
    staff: list[Person] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Person:
    id: UUID
    external_id: str
    given: str
    family: str
    email: str
    unit: Unit
    job: Job
    title: str
    grade: str
    profession: Profession
    stage: CareerStage
    specialty: str
    start: dt.date
    end: dt.date | None = None
    clinical_hours: float | None = None
    leadership_hours: float | None = None
    part: str = ""

    def works_on(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)


@dataclass(frozen=True, slots=True)
class Line:
    person: Person
    manager: Person
    start: dt.date
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Position:
    id: UUID
    external_id: str
    title: str
    unit: Unit
    type: PositionType
    leads_unit: bool


@dataclass(frozen=True, slots=True)
class Appointment:
    position: Position
    person: Person
    start: dt.date
    end: dt.date | None = None
    term: int = 1
    interim: bool = False


@dataclass(slots=True)
class Staff:
    """Everything about employment, in the order in which it can be written."""

    units: list[Unit] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)

    def working(self, day: dt.date) -> list[Person]:
        return [person for person in self.people if person.works_on(day)]

    def managers(self) -> dict[Person, Person]:
        """Whom everybody reports to today."""
        return {line.person: line.manager for line in self.lines if line.end is None}

    def part(self, key: str) -> Person:
        return next(person for person in self.people if person.part == key)

    def leader_on(self, unit: Unit, day: dt.date) -> Person | None:
        held = (
            one.person
            for one in self.appointments
            if one.position.leads_unit
            and one.position.unit is unit
            and one.start <= day
            and (one.end is None or one.end > day)
        )
        return next(held, None)


def hire(shape: OrganizationShape, today: dt.date, rng: random.Random) -> Staff:
    """Fill the shape with people, their leaders and two years of coming, going and handing over."""
    return _Hiring(shape, today, rng).run()


class _Hiring:
    def __init__(self, shape: OrganizationShape, today: dt.date, rng: random.Random) -> None:
        self.shape, self.today, self.rng = shape, today, rng
        self.names = draw_names(shape.families, rng)
        self.taken = {(part.given, part.family) for part in shape.parts}
        self.parts = {part.key: part for part in shape.parts}
        self.staff = Staff()
        self.casting = _casting(shape)

    def run(self) -> Staff:
        root = self._open_unit(self.shape.root, None)
        for unit in self.staff.units:
            self._report(unit)
        self._fill_offices(root)
        self._hand_over()
        self._let_leave()
        self._rotate()
        return self.staff

    # Units and the people in them.

    def _open_unit(self, shape: UnitShape, parent: Unit | None) -> Unit:
        unit_id = uuid.uuid4()
        unit = Unit(
            id=unit_id,
            external_id=f"{self.shape.prefix}-U{len(self.staff.units) + 1:03d}",
            name=shape.name,
            kind=shape.kind,
            specialty=shape.specialty or (parent.specialty if parent else ""),
            parent=parent,
            path=f"{parent.path if parent else '/'}{unit_id.hex}/",
            depth=parent.depth + 1 if parent else 0,
        )
        self.staff.units.append(unit)
        if shape.lead is not None:
            unit.leader = self._hire_leader(unit, shape.lead)
        for job, count in shape.staff.items():
            for _ in range(count):
                unit.staff.append(self._hire(unit, job))
        for child in shape.children:
            self._open_unit(child, unit)
        return unit

    def _hire(
        self, unit: Unit, job: Job, *, years: tuple[float, float] | None = None, seat: str = ""
    ) -> Person:
        kind = self.shape.jobs[job]
        part = self.parts.pop(self.casting.pop((unit.name, seat or job), ""), None)
        given, family = (part.given, part.family) if part else self._name()
        title, grade = self.rng.choice(kind.titles)
        person = Person(
            id=uuid.uuid4(),
            external_id=f"{self.shape.prefix}{10_000 + 7 * len(self.staff.people)}",
            given=given,
            family=family,
            email=self._mail(given, family),
            unit=unit,
            job=job,
            title=part.title if part and part.title else title,
            grade=grade,
            profession=kind.profession,
            stage=kind.stage,
            specialty=unit.specialty if kind.profession == Profession.PHYSICIAN else "",
            start=self._ago(*(years or kind.years)),
            clinical_hours=kind.clinical_hours,
            leadership_hours=None if kind.clinical_hours is None else 0,
            part=part.key if part else "",
        )
        if person.part:
            person.start = min(person.start, self._ago(2.2, 2.6))  # here before the history begins
        self.staff.people.append(person)
        return person

    def _hire_leader(self, unit: Unit, lead: Lead) -> Person:
        years = (2.5, 4.8) if lead.job == Job.EARLY_ATTENDING else (4.0, 20.0)
        person = self._hire(unit, lead.job, years=years, seat=LEADER)
        person.title, person.grade = f"{lead.title}, {unit.name}", ""
        person.leadership_hours = self.rng.choice((8.0, 12.0, 16.0))
        position = self._position(lead.title, lead.type, unit, leads_unit=True)
        self._appoint(position, person)
        return person

    def _position(self, title: str, kind: PositionType, unit: Unit, *, leads_unit: bool) -> Position:
        number = len(self.staff.positions) + 1
        made = Position(
            uuid.uuid4(),
            f"{self.shape.prefix}-P{number:03d}",
            f"{title}, {unit.name}",
            unit,
            kind,
            leads_unit,
        )
        self.staff.positions.append(made)
        return made

    def _appoint(self, position: Position, person: Person) -> None:
        """One or two terms of four years, the second beginning where the first ended."""
        served = (self.today - person.start).days / YEAR
        begun = self._ago(*((0.3, min(7.5, served)) if served > 0.3 else (served, served)))
        first_end = begun.replace(year=begun.year + TERM_YEARS, day=min(begun.day, 28))
        second_end = begun.replace(year=begun.year + 2 * TERM_YEARS, day=min(begun.day, 28))
        self.staff.appointments.append(Appointment(position, person, begun, first_end))
        if first_end <= self.today:
            self.staff.appointments.append(Appointment(position, person, first_end, second_end, term=2))

    # Who reports to whom.

    def _report(self, unit: Unit) -> None:
        above = self._leader_above(unit)
        leader = unit.leader or above
        for person in unit.staff:
            if leader is not None:
                self.staff.lines.append(Line(person, leader, max(person.start, leader.start)))
        if unit.leader is not None and above is not None:
            self.staff.lines.append(Line(unit.leader, above, max(unit.leader.start, above.start)))

    @staticmethod
    def _leader_above(unit: Unit) -> Person | None:
        above = unit.parent
        while above is not None and above.leader is None:
            above = above.parent
        return above.leader if above else None

    def _fill_offices(self, root: Unit) -> None:
        for office in self.shape.offices:
            person = self._hire(root, office.job, years=(5.0, 15.0), seat=office.title)
            person.title, person.grade, person.leadership_hours = office.title, "", 30
            root.staff.append(person)
            self._appoint(self._position(office.title, office.type, root, leads_unit=False), person)
            if root.leader is not None:
                start = max(person.start, root.leader.start)
                self.staff.lines.append(Line(person, root.leader, start))

    # Two years of changes.

    def _hand_over(self) -> None:
        """In every sixth unit somebody else led until lately: former managers stay on record."""
        led = [unit for unit in self.staff.units if unit.leader and not unit.leader.part and unit.depth > 1]
        for place, unit in enumerate(self.rng.sample(led, len(led) // 6)):
            day = self._ago(0.4, 1.7)
            self._replace(unit, day, interim=place % 3 == 0)

    def _replace(self, unit: Unit, day: dt.date, *, interim: bool) -> None:
        """The leader of today took over on a day, from somebody who then left or stepped back."""
        leader = unit.leader
        if leader is None:
            return
        former = self._hire(unit, leader.job, years=(6.0, 18.0), seat=LEADER)
        former.title = leader.title
        retired = self.rng.random() < 0.5
        if retired:
            former.end = day
        else:
            former.title = self.shape.jobs[former.job].titles[0][0]
        leader.start = min(leader.start, day)
        staff = self.staff
        position = next(one for one in staff.positions if one.unit is unit and one.leads_unit)
        staff.appointments = [one for one in staff.appointments if one.position is not position]
        gap = day - dt.timedelta(days=150)
        begun = max(former.start, day - dt.timedelta(days=int(3.5 * YEAR)))
        if interim and begun < gap:
            deputy = self.rng.choice(unit.staff)
            deputy.start = min(deputy.start, gap)
            staff.appointments.append(Appointment(position, former, begun, gap))
            staff.appointments.append(Appointment(position, deputy, gap, day, interim=True))
        else:
            staff.appointments.append(Appointment(position, former, begun, day))
        ends = day.replace(year=day.year + TERM_YEARS, day=min(day.day, 28))
        staff.appointments.append(Appointment(position, leader, day, ends))
        staff.lines = list(self._with_former(leader, former, day))
        above = self._leader_above(unit)
        if above is not None:
            start = max(former.start, above.start)
            if former.end is None or start < former.end:
                staff.lines.append(Line(former, leader if former.end is None else above, start, former.end))

    def _with_former(self, leader: Person, former: Person, day: dt.date) -> Iterator[Line]:
        for line in self.staff.lines:
            if line.manager is not leader or line.start >= day:
                yield line
                continue
            start = max(line.person.start, former.start)
            if start < day:
                yield Line(line.person, former, start, day)
            yield Line(line.person, leader, max(day, line.person.start))

    def _let_leave(self) -> None:
        """Some of those who are here for more than a year have left within the last two years."""
        leads = {id(one.person) for one in self.staff.appointments}
        lines = {id(line.person): line for line in self.staff.lines if line.end is None}
        stay = {id(line.manager) for line in self.staff.lines}
        for person in self.staff.people:
            settled = (self.today - person.start).days > 400
            if person.part or person.end or id(person) in leads | stay or not settled:
                continue
            if self.rng.random() < 0.06:
                line = lines.get(id(person))
                earliest = max(person.start, line.start if line else person.start) + dt.timedelta(days=60)
                latest = self.today - dt.timedelta(days=3)
                if earliest < latest:
                    person.end = max(earliest, self._ago(0.05, 1.9))
        self.staff.lines = [
            Line(line.person, line.manager, line.start, line.end or line.person.end)
            for line in self.staff.lines
        ]

    def _rotate(self) -> None:
        """The resident has come through two other places: their leaders are the former ones of an intake."""
        resident, *former = (self.staff.part(key) for key in ("resident", "leader", "director"))
        now = next(line for line in self.staff.lines if line.person is resident and line.end is None)
        others = [line for line in self.staff.lines if line.person is not resident]
        last = self.today - dt.timedelta(days=365)
        first = max(resident.start, *(each.start for each in (*former, now.manager)))
        between = first + (last - first) / 2
        turns = (
            Line(resident, former[0], first, between),
            Line(resident, former[1], between, last),
            Line(resident, now.manager, last),
        )
        self.staff.lines = [*others, *(line for line in turns if line.end is None or line.start < line.end)]

    # Small things.

    def _ago(self, least: float, most: float) -> dt.date:
        return self.today - dt.timedelta(days=int(self.rng.uniform(least, most) * YEAR))

    def _name(self) -> tuple[str, str]:
        return next(name for name in self.names if name not in self.taken)

    def _mail(self, given: str, family: str) -> str:
        name = f"{given}.{family}".replace("'", "")
        return f"{name}@{self.shape.mail_domain}".lower()


def _casting(shape: OrganizationShape) -> dict[tuple[str, str], str]:
    """Where the personas of the tour work: (unit, seat) -> key of the part."""
    cardiology, care = "Cardiology", _coronary_care(shape)
    headquarters = {"people": _office(shape, 0), "finance": _office(shape, 1), "quality": _office(shape, 2)}
    return {
        (cardiology, Job.RESIDENT): "resident",
        (cardiology, Job.FELLOW): "fellow",
        (cardiology, LEADER): "chair",
        (care, LEADER): "leader",
        (care, Job.NURSE): "colleague",
        (headquarters["people"], Job.ADMINISTRATOR): "hr_admin",
        (shape.root.name, Job.ADMINISTRATOR): "organization_admin",
        (headquarters["quality"], Job.ADMINISTRATOR): "survey_steward",
        (headquarters["finance"], Job.ADMINISTRATOR): "auditor",
        **{(shape.root.name, office.title): office.persona for office in shape.offices if office.persona},
    }


def _coronary_care(shape: OrganizationShape) -> str:
    cardiology = next(unit for unit in _every(shape.root) if unit.name == "Cardiology")
    return cardiology.children[0].name


def _office(shape: OrganizationShape, place: int) -> str:
    return shape.root.children[-1].children[place].name


def _every(shape: UnitShape) -> Iterator[UnitShape]:
    yield shape
    for child in shape.children:
        yield from _every(child)
