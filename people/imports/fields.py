"""What each kind of file holds: its fields, what they are called elsewhere, and where they go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from people.enums import CareerStage, ImportKind, PositionType, Profession, UnitKind
from people.imports import cells
from people.imports.cells import Parser

# What else than its ID a cell may name a row of a table by, and how that is said.
CALLED_BY = {"people_unit": "name", "people_person": "email"}
_HELP = {"people_unit": "ID or name", "people_person": "ID or e-mail address"}
_LONGEST_CALLING = 254


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a file. `column` is where it goes in the kind's table; None for what other tables hold."""

    name: str
    label: str
    parser: Callable[[str], Parser]  # date order -> parser
    sql_type: str = "text"
    required: bool = False
    column: str | None = ""
    default: object = None  # what a blank cell, or a column that is not there, means for a new row
    link: str = ""  # the table whose external id the cell holds
    synonyms: tuple[str, ...] = ()
    choices: tuple[tuple[str, object], ...] = ()

    @property
    def target(self) -> str | None:
        return self.name if self.column == "" else self.column

    @property
    def help(self) -> str:
        return _HELP.get(self.link, "")

    @property
    def is_date(self) -> bool:
        return self.sql_type == "date"

    def shown(self, value: object) -> object:
        """A value as people read it, and as the parser takes it back: a choice by its label."""
        return str(dict(self.choices).get(str(value), value)) if self.choices else value


@dataclass(frozen=True, slots=True)
class Kind:
    kind: ImportKind
    table: str
    noun: str
    plural: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("external_id",)  # the target columns that say which row is meant
    interval: bool = False  # start_date < end_date, half open

    @property
    def targets(self) -> list[str]:
        """The columns of the table that a file of this kind fills."""
        return [field.target for field in self.fields if field.target]

    @property
    def changeable(self) -> list[str]:
        """Those that may differ from one file to the next: all but the key."""
        return [column for column in self.targets if column not in self.key]

    @property
    def required(self) -> list[Field]:
        return [field for field in self.fields if field.required]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


def _always(parser: Parser) -> Callable[[str], Parser]:
    return lambda order: parser


def _text(name: str, label: str, longest: int, *synonyms: str, required: bool = False) -> Field:
    return Field(
        name,
        label,
        _always(cells.text(longest)),
        required=required,
        default=None if required else "",
        synonyms=synonyms,
    )


def _link(name: str, label: str, table: str, *synonyms: str, required: bool = False) -> Field:
    return Field(
        name,
        label,
        _always(cells.text(_LONGEST_CALLING)),
        required=required,
        column=f"{name}_id",
        link=table,
        synonyms=synonyms,
    )


def _choice(
    name: str, label: str, choices: Iterable[tuple[str, object]], default: str, *synonyms: str
) -> Field:
    pairs = tuple(choices)
    return Field(name, label, _always(cells.choice(pairs)), default=default, synonyms=synonyms, choices=pairs)


_day = partial(Field, parser=cells.day, sql_type="date")
_START = ("start", "from", "since", "valid from", "effective date", "begin")
_END = ("end", "to", "until", "valid to", "through")

UNITS = Kind(
    ImportKind.UNITS,
    "people_unit",
    "unit",
    "units",
    (
        _text(
            "external_id", "Unit ID", 64, "id", "unit", "unit code", "code", "department id", required=True
        ),
        _text("name", "Name", 200, "unit name", "department", "department name", "title", required=True),
        _choice("kind", "Kind", UnitKind.choices, UnitKind.DEPARTMENT, "type", "level", "unit type"),
        _link(
            "parent", "Parent unit ID", "people_unit", "parent", "parent code", "parent unit", "reports to"
        ),
    ),
)

PEOPLE = Kind(
    ImportKind.PEOPLE,
    "people_person",
    "person",
    "people",
    (
        _text(
            "external_id", "Person ID", 64,
            "id", "employee id", "employee number", "staff id", "staff number", "personnel number",
            required=True,
        ),
        _text("given_name", "Given name", 100, "first name", "forename", "firstname", required=True),
        _text("family_name", "Family name", 100, "last name", "surname", "lastname", required=True),
        Field(
            "email", "E-mail", _always(cells.email), default="",
            synonyms=("email address", "mail", "work email", "e-mail address"),
        ),
        _link("unit", "Unit ID", "people_unit", "unit", "unit code", "department id", required=True),
        _text("job_title", "Job title", 200, "title", "position title", "role"),
        _choice("profession", "Profession", Profession.choices, Profession.OTHER, "staff group"),
        _text("specialty", "Specialty", 100, "speciality"),
        _text("training_grade", "Training grade", 32, "grade", "pgy"),
        _choice("career_stage", "Career stage", CareerStage.choices, CareerStage.NONE, "stage"),
        _day("start_date", "Start date", required=True, synonyms=("hire date", "employed since", *_START)),
        _day("end_date", "Last day", synonyms=("termination date", "leaving date", "end date", *_END)),
        _day(
            "training_completed_on", "Training completed on",
            synonyms=("training completed", "graduation date", "completion of training", "cct date"),
        ),
        Field(
            "clinical_hours", "Clinical hours a week", _always(cells.hours), "numeric",
            synonyms=("clinical hours",),
        ),
        Field(
            "leadership_hours", "Leadership hours a week", _always(cells.hours), "numeric",
            synonyms=("leadership hours",),
        ),
        _text("locale", "Language", 16, "locale"),
        Field(
            "manager", "Manager's person ID", _always(cells.text(_LONGEST_CALLING)),
            column=None, link="people_person",
            synonyms=("manager", "manager id", "line manager", "supervisor", "supervisor id", "reports to"),
        ),
        _day("manager_since", "Manager since", column=None, synonyms=("reports since", "manager from")),
    ),
)  # fmt: skip

LINES = Kind(
    ImportKind.LINES,
    "people_reportingline",
    "reporting line",
    "reporting lines",
    (
        _link("person", "Person ID", "people_person", "employee id", "person", "staff id", required=True),
        _link(
            "manager", "Manager's person ID", "people_person",
            "manager", "manager id", "supervisor", "supervisor id", "line manager", "reports to",
            required=True,
        ),
        _day("start_date", "Start date", synonyms=_START),
        _day("end_date", "End date", synonyms=_END),
    ),
    key=("person_id", "start_date"),
    interval=True,
)  # fmt: skip

POSITIONS = Kind(
    ImportKind.POSITIONS,
    "people_position",
    "position",
    "positions",
    (
        _text("external_id", "Position ID", 64, "id", "position", "position code", "post id", required=True),
        _text("title", "Title", 200, "position title", "name", "post title", required=True),
        _link("unit", "Unit ID", "people_unit", "unit", "unit code", "department id", required=True),
        _choice("type", "Type", PositionType.choices, PositionType.OTHER, "position type", "kind"),
        Field(
            "leads_unit", "Leads the unit", _always(cells.flag), "boolean", default=False,
            synonyms=("unit leader", "leader", "is head", "head of unit"),
        ),
        Field(
            "term_years", "Years of a term", _always(cells.whole(1, 50)), "integer", default=4,
            synonyms=("term", "term length"),
        ),
        Field(
            "max_terms", "Most terms", _always(cells.whole(1, 20)), "integer", default=2,
            synonyms=("terms", "maximum terms"),
        ),
        Field(
            "most_years", "Most years", _always(cells.whole(1, 50)), "integer", default=8,
            synonyms=("maximum years", "years at most"),
        ),
        Field(
            "hard_limit", "Hard limit", _always(cells.flag), "boolean", default=True, synonyms=("hard",),
        ),
        Field(
            "interim_months", "Interim months", _always(cells.whole(0, 60)), "integer", default=6,
            synonyms=("interim counts after",),
        ),
        Field(
            "cool_off_years", "Cool-off years", _always(cells.whole(0, 50)), "integer", default=0,
            synonyms=("cool off", "cooling off"),
        ),
    ),
)  # fmt: skip

APPOINTMENTS = Kind(
    ImportKind.APPOINTMENTS,
    "people_appointment",
    "appointment",
    "appointments",
    (
        _link("position", "Position ID", "people_position", "position", "post id", required=True),
        _link("person", "Person ID", "people_person", "employee id", "person", "staff id", required=True),
        _day("start_date", "Start date", required=True, synonyms=("appointed on", *_START)),
        _day("end_date", "End date", synonyms=("term end", *_END)),
        Field(
            "term_number", "Term number", _always(cells.whole(1, 20)), "integer", default=1,
            synonyms=("term",),
        ),
        Field(
            "interim", "Interim", _always(cells.flag), "boolean", default=False, synonyms=("acting",),
        ),
    ),
    key=("position_id", "person_id", "start_date"),
    interval=True,
)  # fmt: skip

KINDS = {kind.kind: kind for kind in (UNITS, PEOPLE, LINES, POSITIONS, APPOINTMENTS)}
BY_TABLE = {kind.table: kind for kind in KINDS.values()}
