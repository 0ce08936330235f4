"""An organisation as large as the largest: 73,000 people, to measure with.

Everything streams into COPY; what is kept in memory is one id a person and the answers of one wave.
"""

from __future__ import annotations

import datetime as dt
import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils import timezone

from clinicleader.demo.employment import PERSON_COLUMNS, training_completed
from clinicleader.demo.names import FAMILY_UK, FAMILY_US, draw_names
from clinicleader.demo.passports import COLUMNS as STAMP_COLUMNS
from clinicleader.demo.passports import STATEMENTS
from clinicleader.demo.pulses import past_quarters
from clinicleader.demo.scale_clinic import fill_clinic
from clinicleader.demo.scale_mentoring import fill_mentoring
from clinicleader.demo.scale_partnerships import fill_partnerships
from clinicleader.demo.scale_succession import fill_pools
from clinicleader.demo.shapes import Job
from clinicleader.demo.st_brigid import JOBS
from clinicleader.demo.waves import LEADERS_SD, chance, draw_answers
from passport.models import Milestone, Stage, Stamp
from passport.services import install_presets, issue_passports
from people import models
from people.demo_personas import Persona
from people.enums import CareerStage, PositionType, Profession, Role, UnitKind
from people.member import Member
from people.queries import member_for
from readiness.services import score_quarter
from sponsors.services.night_figures import count_in_the_night
from surveys.ballots import insert_responses
from surveys.enums import Dimension, WaveState
from surveys.models import ConfidencePulse, Instrument, Wave
from surveys.queries import questionnaire_of
from surveys.services.closing import close_wave
from surveys.services.instruments import ensure_built_in_instruments
from surveys.services.publishing import publish_wave
from tenancy.copy import copy_rows
from tenancy.jobs.periods import quarter_end
from tenancy.models import Membership, Organization, User
from tenancy.scope import tenant_transaction

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    people: int = 73_000
    physicians: int = 5_000  # all of them are in the programme
    sites: int = 23
    divisions: int = 92
    departments: int = 460
    microsystems: int = 1_424
    positions: int = 242
    cohorts: int = 10
    quarters: int = 4
    waves: int = 1

    @property
    def units(self) -> int:
        return 1 + self.sites + self.divisions + self.departments + self.microsystems


MAYO = Scale()
TIME_ZONE = "America/Chicago"
TERM = dt.timedelta(days=1461)
TERMS_ON_RECORD = 3
SECONDS_TO_SETTLE = 150  # autovacuum looks round each minute
# Who can sign in: a key, the place in the list of people, the role granted, and what the sign-in page says.
# The first person leads the whole organisation; each unit's leader has the number of the unit.
PARTS: tuple[tuple[str, Role | None, str], ...] = (
    ("resident", None, "Emerging leader"),
    ("leader", None, "Leader of a site"),
    ("director", Role.PROGRAMME_DIRECTOR, "Programme director"),
    ("hr_admin", Role.HR_ADMIN, "HR admin"),
    ("organization_admin", Role.ORGANIZATION_ADMIN, "Organisation admin"),
    ("survey_steward", Role.SURVEY_STEWARD, "Survey steward"),
    ("executive", Role.EXECUTIVE, "Executive"),
    ("auditor", Role.AUDITOR, "Auditor"),
    ("colleague", None, "Colleague"),
)
# Jobs and their shares, percent.
STAGES = ((Job.RESIDENT, 26), (Job.FELLOW, 14), (Job.EARLY_ATTENDING, 20), (Job.ATTENDING, 40))
OTHERS = ((Job.NURSE, 60), (Job.ALLIED, 22), (Job.ADMINISTRATOR, 13), (Job.PHARMACIST, 5))
KINDS = (UnitKind.SITE, UnitKind.DIVISION, UnitKind.DEPARTMENT, UnitKind.MICROSYSTEM)


@dataclass(slots=True)
class _Places:
    """The ids of everything, by number. Units 0, 1, 2 ... go down the tree level by level."""

    units: list[UUID] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    kinds: list[UnitKind] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    homes: list[int] = field(default_factory=list)  # unit of each person


def make_large_organization(
    slug: str,
    *,
    tell: Tell,
    scale: Scale = MAYO,
    today: dt.date | None = None,
    settle: Callable[[Tell], None] | None = None,
) -> tuple[Organization, list[Persona]]:
    """Make it in one transaction, so that a killed run leaves nothing; then score its quarters."""
    day = today or timezone.localdate(timezone=ZoneInfo(TIME_ZONE))
    with transaction.atomic():
        organization = Organization.objects.create(
            slug=slug, name=f"Great Plains Health ({slug})", time_zone=TIME_ZONE
        )
        with tenant_transaction(organization.pk, request_id="demo", reason="demo"):
            personas = _Making(organization, scale, day, tell).run()
    (settle or wait_for_statistics)(tell)
    for quarter in past_quarters(day, scale.quarters):
        with tenant_transaction(organization.pk, request_id="demo", reason="demo"):
            scored = score_quarter(quarter)
        tell(f"  {scored.snapshots:,} readiness scores of {quarter}")
    with tenant_transaction(organization.pk, request_id="demo", reason="demo"):
        count_in_the_night(on=day)
    return organization, personas


def wait_for_statistics(tell: Tell) -> None:
    """Wait until PostgreSQL has looked at the new tables: without statistics it joins them badly, and only
    their owner or the autovacuum process may gather these."""
    tell("  waiting for PostgreSQL to gather statistics")
    until = time.monotonic() + SECONDS_TO_SETTLE
    while time.monotonic() < until and unknown_tables():
        time.sleep(2)


def unknown_tables() -> int:
    """How many of the tables that scores are made of have no statistics yet."""
    tables = [
        model._meta.db_table for model in (models.Person, models.CohortMembership, Stamp, ConfidencePulse)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_user_tables "
            "WHERE relname = ANY (%s) AND last_autoanalyze IS NULL AND last_analyze IS NULL",
            [tables],
        )
        return int(cursor.fetchone()[0])


class _Making:
    def __init__(self, organization: Organization, scale: Scale, today: dt.date, tell: Tell) -> None:
        self.organization, self.scale, self.today, self.tell = organization, scale, today, tell
        self.rng = random.Random(f"{organization.slug} scale")  # noqa: S311 - invented, meant to repeat
        self.places = _Places()

    def run(self) -> list[Persona]:
        self._units()
        self._people()
        self._lines()
        self._positions()
        personas = self._sign_ins()
        members = self._programme()
        for place in range(self.scale.waves):
            self._wave(self.scale.waves - place - 1)
        self._pulses(members)
        self._stamps(members)
        self._mentoring(members)
        self._clinic(members)
        self._partnerships(members)
        self._pools(members)
        return personas

    def _id(self) -> UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def _units(self) -> None:
        places, scale = self.places, self.scale
        sizes = (scale.sites, scale.divisions, scale.departments, scale.microsystems)
        places.units, places.parents, places.kinds = [self._id()], [-1], [UnitKind.ORGANISATION]
        above = [0]
        for kind, size in zip(KINDS, sizes, strict=True):
            level = list(range(len(places.units), len(places.units) + size))
            places.units += [self._id() for _ in level]
            places.parents += [above[number % len(above)] for number in range(size)]
            places.kinds += [kind] * size
            above = level
        columns = ["id", "external_id", "name", "kind", "parent_id", "path", "depth"]
        self._tell(copy_rows(models.Unit, columns, self._unit_rows()), "units")

    def _unit_rows(self) -> Iterator[Sequence[object]]:
        places = self.places
        paths: list[str] = []
        for number, unit in enumerate(places.units):
            parent, kind = places.parents[number], places.kinds[number]
            paths.append(f"{paths[parent] if parent >= 0 else '/'}{unit.hex}/")
            name = f"{kind.label} {number:04d}" if number else self.organization.name
            above = places.units[parent] if parent >= 0 else None
            yield unit, f"U{number:05d}", name, kind, above, paths[number], paths[number].count("/") - 2

    def _people(self) -> None:
        places, scale = self.places, self.scale
        places.people = [self._id() for _ in range(scale.people)]
        departments = [number for number, kind in enumerate(places.kinds) if kind == UnitKind.DEPARTMENT]
        microsystems = [number for number, kind in enumerate(places.kinds) if kind == UnitKind.MICROSYSTEM]
        # The first of each unit leads it; then physicians, in departments; then all others, in microsystems.
        for number in range(scale.people):
            if number < scale.units:
                home = number
            elif number < scale.units + scale.physicians:
                home = departments[number % len(departments)]
            else:
                home = microsystems[number % len(microsystems)]
            places.homes.append(home)
        self._tell(copy_rows(models.Person, PERSON_COLUMNS, self._person_rows()), "people")

    def _person_rows(self) -> Iterator[Sequence[object]]:
        names = draw_names([*FAMILY_US, *FAMILY_UK], self.rng)
        for number, (person, (given, family)) in enumerate(zip(self.places.people, names, strict=False)):
            physician = self.scale.units <= number < self.scale.units + self.scale.physicians
            shares = STAGES if physician else OTHERS
            job = self.rng.choices([job for job, _ in shares], [share for _, share in shares])[0]
            kind = JOBS[job]
            title, grade = self.rng.choice(kind.titles)
            mail = f"{given}.{family}.{number}@{self.organization.slug}.example".replace("'", "").lower()
            start = self._ago(*kind.years)
            yield (
                *(
                    person,
                    f"E{number:06d}",
                    given,
                    family,
                    mail,
                    self.places.units[self.places.homes[number]],
                ),
                *(title, kind.profession, self._specialty(number, kind.profession), grade, kind.stage),
                *(start, None, training_completed(kind.stage, start), "en-us", kind.clinical_hours, None),
            )

    @staticmethod
    def _specialty(number: int, profession: Profession) -> str:
        specialties = ("Cardiology", "Internal Medicine", "General Surgery", "Pediatrics", "Radiology")
        return specialties[number % len(specialties)] if profession == Profession.PHYSICIAN else ""

    def _lines(self) -> None:
        places = self.places

        def rows() -> Iterator[Sequence[object]]:
            for number, person in enumerate(places.people[1:], 1):
                leads = number < self.scale.units
                above = places.parents[number] if leads else places.homes[number]
                begun = self.today - dt.timedelta(days=400 + number % 900)
                if number % 10 == 0 and above > 1:  # a former manager, on record
                    handed = begun + dt.timedelta(days=200)
                    yield person, places.people[above - 1], begun, handed
                    begun = handed
                yield person, places.people[above], begun, None

        columns = ["person_id", "manager_id", "start_date", "end_date"]
        self._tell(copy_rows(models.ReportingLine, columns, rows()), "reporting lines")

    def _positions(self) -> None:
        places, kinds = self.places, dict(zip(KINDS, _POSITIONS, strict=True))
        made = [
            (
                *(self._id(), f"P{number:04d}", f"Leader of unit {number:04d}", places.units[number]),
                *(kinds.get(places.kinds[number], PositionType.CHIEF_EXECUTIVE), True, 4, 2),
            )
            for number in range(self.scale.positions)
        ]
        columns = ["id", "external_id", "title", "unit_id", "type", "leads_unit", "term_years", "max_terms"]
        self._tell(copy_rows(models.Position, columns, made), "positions")
        copy_rows(
            models.Appointment,
            ["position_id", "person_id", "start_date", "end_date", "term_number", "interim"],
            (
                (row[0], places.people[holder], begun, begun + TERM, 1, False)
                for number, row in enumerate(made)
                for begun, holder in self._terms(number)
            ),
        )

    def _terms(self, number: int) -> Iterator[tuple[dt.date, int]]:
        """Whoever leads the unit today, and over ten years physicians before them."""
        begun = self.today - dt.timedelta(days=100 + 3 * (number % 400))
        yield begun, number
        for term in range(1, TERMS_ON_RECORD):
            physician = (TERMS_ON_RECORD * number + term) % self.scale.physicians
            yield begun - term * TERM, self.scale.units + physician

    def _sign_ins(self) -> list[Persona]:
        """Roles and logins for a few."""
        first_physician = self.scale.units
        seats = {"resident": first_physician, "leader": 1}
        personas = []
        for place, (key, role, says) in enumerate(PARTS):
            number = seats.get(key, self.scale.people - 1 - place)
            person = models.Person.objects.get(pk=self.places.people[number])
            if role is not None:
                models.RoleGrant.objects.create(person=person, role=role)
            user = User.objects.create_user(person.email)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            Membership.objects.create(user=user, organization=self.organization, person_id=person.pk)
            personas.append(
                Persona(self.organization.name, self.organization.slug, person.name, says, user.email)
            )
        return personas

    def _programme(self) -> list[int]:
        """Every physician is in one of the cohorts; returns their numbers."""
        begun = dt.date(self.today.year - 2, 7, 1)
        champion = self.places.people[0]
        programme = models.Programme.objects.create(
            name="Leadership Programme", champion_id=champion, start_date=begun
        )
        cohorts = [
            models.Cohort.objects.create(programme=programme, name=f"Cohort {place + 1}", start_date=begun)
            for place in range(self.scale.cohorts)
        ]
        members = list(range(self.scale.units, self.scale.units + self.scale.physicians))
        copy_rows(
            models.CohortMembership,
            ["cohort_id", "person_id", "start_date", "end_date"],
            ((cohorts[n % len(cohorts)].pk, self.places.people[n], begun, None) for n in members),
        )
        install_presets()
        self._tell(issue_passports(on=self.today), "passports")
        return members

    def _wave(self, years_ago: int) -> None:
        ensure_built_in_instruments()
        instrument = Instrument.objects.filter(key="leader_index").latest("version")
        questionnaire = questionnaire_of(instrument)
        places, dice = self.places, chance(f"{self.organization.slug} wave {years_ago}")
        effects = dice.normal(0, LEADERS_SD, len(places.units))
        homes = np.array(places.homes)
        # A leader answers about the leader above.
        homes[1 : len(places.units)] = places.parents[1:]
        answers = draw_answers(effects[homes], questionnaire, dice)
        closes_on = dt.date(self.today.year - years_ago, 10, 16)
        wave = Wave.objects.create(
            instrument=instrument,
            title=f"Leader index {closes_on.year}",
            opens_on=closes_on - dt.timedelta(days=21),
            closes_on=closes_on,
            scale_low=questionnaire.index_items * questionnaire.low,
            scale_high=questionnaire.index_items * questionnaire.high,
            state=WaveState.OPEN,
            imported=True,
        )
        units = [places.units[home] for home in homes.tolist()]
        count = insert_responses(wave, units, answers, questionnaire.score(answers))
        by = self._holder(Role.SURVEY_STEWARD)
        close_wave(wave, by=by)
        publish_wave(wave, by=by)
        self._tell(count, f"responses of {closes_on.year}, published")

    def _pulses(self, members: list[int]) -> None:
        quarters = past_quarters(self.today, self.scale.quarters)
        columns = ["person_id", "quarter", "answers", *Dimension.values, "answered_at"]

        def rows() -> Iterator[Sequence[object]]:
            for quarter in quarters:
                at = dt.datetime.combine(quarter_end(quarter), dt.time(12), dt.UTC).isoformat()
                for number in members:
                    if self.rng.random() < 0.85:
                        answers = [self.rng.choice((2, 3, 3, 4, 4, 5)) for _ in range(10)]
                        sums = [answers[place] + answers[place + 1] for place in range(0, 10, 2)]
                        text = "{" + ",".join(map(str, answers)) + "}"
                        yield (
                            self.places.people[number],
                            quarter,
                            text,
                            *(100 * (total - 2) / 8 for total in sums),
                            at,
                        )

        self._tell(copy_rows(ConfidencePulse, columns, rows()), "pulses")

    def _stamps(self, members: list[int]) -> None:
        stages = dict(Stage.objects.values_list("position", "key"))
        required = list(Milestone.objects.filter(required=True).select_related("stage").order_by("position"))
        verifier = self.places.people[0]

        def rows() -> Iterator[Sequence[object]]:
            for number in members:
                for milestone in islice(required, 5 + number % 11):
                    if stages[milestone.stage.position] == CareerStage.EARLY_ATTENDING or number % 7 == 0:
                        continue
                    earned = self._ago(0.1, 2.0)
                    decided = dt.datetime.combine(earned, dt.time(16), dt.UTC) + dt.timedelta(days=4)
                    yield (
                        *(self.places.people[number], milestone.pk, "verified", earned, STATEMENTS[0]),
                        *("", "", "", False, earned + dt.timedelta(days=1), milestone.evidence_rule),
                        *(verifier, decided.isoformat(), "", None, None, ""),
                    )

        self._tell(copy_rows(Stamp, STAMP_COLUMNS, rows()), "stamps")

    def _mentoring(self, members: list[int]) -> None:
        people = self.places.people
        count = fill_mentoring(
            [people[number] for number in members],
            people[: self.scale.units],
            zone=self.organization.time_zone,
            today=self.today,
            by=self._holder(Role.PROGRAMME_DIRECTOR),
        )
        self._tell(count, "mentorships")

    def _clinic(self, members: list[int]) -> None:
        people = self.places.people
        ids = [people[number] for number in members]
        count = fill_clinic(ids, people[: self.scale.units], today=self.today)
        self._tell(count, "sponsorships")

    def _partnerships(self, members: list[int]) -> None:
        """Whoever leads a department leads it with one of its physicians."""
        places = self.places
        departments = [number for number, kind in enumerate(places.kinds) if kind == UnitKind.DEPARTMENT]
        physicians = {places.homes[number]: number for number in reversed(members)}
        pairs = [
            (places.units[number], places.people[physicians[number]], places.people[number])
            for number in departments
            if number in physicians
        ]
        lead = self._holder(Role.PROGRAMME_DIRECTOR).person_id
        count = fill_partnerships(pairs, root=places.units[0], lead=lead, today=self.today)
        self._tell(count, "partnerships")

    def _pools(self, members: list[int]) -> None:
        ids = [self.places.people[number] for number in members]
        count = fill_pools(ids, by=self._holder(Role.HR_ADMIN).person_id, today=self.today)
        self._tell(count, "pools")

    def _holder(self, role: Role) -> Member:
        found = member_for(models.RoleGrant.objects.get(role=role).person_id, on=self.today)
        if found is None:
            raise LookupError(f"Nobody is {role.label}.")
        return found

    def _ago(self, least: float, most: float) -> dt.date:
        return self.today - dt.timedelta(days=int(self.rng.uniform(least, most) * 365.25))

    def _tell(self, count: int, what: str) -> None:
        self.tell(f"  {count:,} {what}")


_POSITIONS = (
    PositionType.MEDICAL_DIRECTOR,
    PositionType.DIVISION_CHAIR,
    PositionType.DEPARTMENT_CHAIR,
    PositionType.OTHER,
)
