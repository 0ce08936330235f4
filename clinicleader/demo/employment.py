"""Writing invented staff into the organisation in scope, by COPY."""

from __future__ import annotations

import datetime as dt
import random
from uuid import UUID

from clinicleader.demo.shapes import OrganizationShape
from clinicleader.demo.staff import Person, Staff, Unit
from people import models
from people.enums import CareerStage
from tenancy.copy import copy_rows

# How many declare anything about themselves at all, and what the rest of the shape's shares are.
DECLARING = 0.55


def write_staff(staff: Staff, shape: OrganizationShape) -> None:
    """Units, people, reporting lines, positions and appointments, in that order."""
    copy_rows(
        models.Unit,
        ["id", "external_id", "name", "kind", "parent_id", "path", "depth"],
        (
            (unit.id, unit.external_id, unit.name, unit.kind, parent_of(unit), unit.path, unit.depth)
            for unit in staff.units
        ),
    )
    copy_rows(models.Person, PERSON_COLUMNS, (_person_row(person, shape) for person in staff.people))
    copy_rows(
        models.ReportingLine,
        ["person_id", "manager_id", "start_date", "end_date"],
        ((line.person.id, line.manager.id, line.start, line.end) for line in staff.lines),
    )
    copy_rows(
        models.Position,
        ["id", "external_id", "title", "unit_id", "type", "leads_unit", "term_years", "max_terms"],
        (
            (one.id, one.external_id, one.title, one.unit.id, one.type, one.leads_unit, 4, 2)
            for one in staff.positions
        ),
    )
    copy_rows(
        models.Appointment,
        ["position_id", "person_id", "start_date", "end_date", "term_number", "interim"],
        (
            (one.position.id, one.person.id, one.start, one.end, one.term, one.interim)
            for one in staff.appointments
        ),
    )


def parent_of(unit: Unit) -> UUID | None:
    return unit.parent.id if unit.parent else None


PERSON_COLUMNS = [
    "id",
    "external_id",
    "given_name",
    "family_name",
    "email",
    "unit_id",
    "job_title",
    "profession",
    "specialty",
    "training_grade",
    "career_stage",
    "start_date",
    "end_date",
    "training_completed_on",
    "locale",
    "clinical_hours",
    "leadership_hours",
]


def _person_row(person: Person, shape: OrganizationShape) -> tuple[object, ...]:
    return (
        person.id,
        person.external_id,
        person.given,
        person.family,
        person.email,
        person.unit.id,
        person.title,
        person.profession,
        person.specialty,
        person.grade,
        person.stage,
        person.start,
        person.end,
        training_completed(person.stage, person.start),
        shape.locale,
        person.clinical_hours,
        person.leadership_hours,
    )


def training_completed(stage: CareerStage, start: dt.date) -> dt.date | None:
    """Attendings come at the end of an academic year of training, or soon after."""
    if stage not in (CareerStage.EARLY_ATTENDING, CareerStage.ATTENDING):
        return None
    june = dt.date(start.year, 6, 30)
    return june if june <= start else dt.date(start.year - 1, 6, 30)


def declare_demographics(staff: Staff, shape: OrganizationShape, rng: random.Random) -> None:
    """About half have declared; among these some gave only one of the two answers."""
    weights = [1 / (place + 1) for place in range(len(shape.ethnicities))]
    models.Demographics.objects.bulk_create(
        models.Demographics(
            person_id=person.id,
            gender=rng.choices(shape.genders, (49, 48, 3))[0] if rng.random() < 0.95 else "",
            ethnicity=rng.choices(shape.ethnicities, weights)[0] if rng.random() < 0.9 else "",
        )
        for person in staff.people
        if rng.random() < DECLARING
    )
