"""What files do to the organisation: added, changed, ended, unchanged; or nothing at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from people.enums import ImportKind
from people.imports import importing
from people.models import Appointment, Person, Position, ReportingLine, Unit
from tenancy.models import AuditEntry
from tenancy.scope import tenant_scope
from tests.factories.people import make_appointment, make_position
from tests.people.imports.files import TODAY, bring_in, csv_file, order_for
from tests.world import World
from web.tables_in import Fault, open_table

UNIT_HEAD = ("Unit ID", "Name", "Kind", "Parent unit ID")
PEOPLE_HEAD = ("Person ID", "Given name", "Family name", "Unit ID", "Start date", "Manager")
pytestmark = pytest.mark.usefixtures("in_mercy")


def counts(found: Any) -> dict[str, int]:
    return {name: count for name, count in found.counts.items() if count}


def line_of(code: str) -> list[tuple[str, str, str]]:
    return [
        (line.manager.external_id, str(line.start_date), str(line.end_date or ""))
        for line in ReportingLine.objects.filter(person__external_id=code)
        .select_related("manager")
        .order_by("start_date")
    ]


def two_people(mercy: World, manager: str = "") -> list[tuple[str, ...]]:
    unit = mercy.unit.external_id
    return [
        PEOPLE_HEAD,
        ("N1", "Nora", "Nolan", unit, "2020-01-01", manager),
        ("N2", "Ned", "Nunn", unit, "2021-01-01", "N1"),
    ]


def test_units_build_a_tree_in_any_order(mercy: World) -> None:
    found = bring_in(
        ImportKind.UNITS,
        UNIT_HEAD,
        ("W", "Ward", "microsystem", "D"),
        ("D", "Division", "Division", mercy.root.external_id),
    )
    assert counts(found) == {"rows": 2, "added": 2}
    ward, division = Unit.objects.get(external_id="W"), Unit.objects.get(external_id="D")
    assert (ward.parent_id, ward.depth) == (division.pk, 2)
    assert ward.path == f"{mercy.root.path}{division.pk.hex}/{ward.pk.hex}/"


def test_a_link_may_be_a_name_or_an_address_in_any_case(mercy: World) -> None:
    unit, mara = mercy.unit, mercy.mara
    bring_in(
        ImportKind.UNITS, UNIT_HEAD, ("N", "New ward", "", unit.name.upper()), ("B", "Bay", "", "new WARD")
    )
    assert Unit.objects.get(external_id="B").parent == Unit.objects.get(external_id="N", parent=unit)
    head = ("Person ID", "Given name", "Family name", "E-mail", "Unit ID", "Start date", "Manager")
    bring_in(
        ImportKind.PEOPLE,
        head,
        ("N1", "Nora", "Nolan", "nora@example.org", "new ward", "2020-01-01", mara.email.upper()),
        ("N2", "Ned", "Nunn", "", "N", "2020-01-01", "Nora@example.org"),
    )
    managers = [line_of(code)[0][0] for code in ("N1", "N2")]
    assert managers == [mara.external_id, "N1"]
    lines = bring_in(
        ImportKind.LINES, ("Person ID", "Manager", "Start date"), ("nora@EXAMPLE.org", mara.email, "")
    )
    assert counts(lines) == {"rows": 1, "unchanged": 1}


def test_an_id_goes_before_a_name(mercy: World) -> None:
    bring_in(ImportKind.UNITS, UNIT_HEAD, ("A", "B", "", ""), ("B", "A", "", ""), ("C", "C", "", "B"))
    assert Unit.objects.get(external_id="C").parent == Unit.objects.get(external_id="B")


def test_a_name_that_several_have_is_a_fault_with_their_ids(mercy: World) -> None:
    bring_in(ImportKind.UNITS, UNIT_HEAD, ("A", "Ward", "", ""), ("B", "ward", "", ""))
    found = bring_in(ImportKind.UNITS, UNIT_HEAD, ("C", "Bay", "", "WARD"), ("A", "Ward", "", "nowhere"))
    assert found.faults == [
        Fault("2 are called this: write the ID instead, one of A, B.", 2, "Parent unit ID", "WARD"),
        Fault(NO_UNIT, 3, "Parent unit ID", "nowhere"),
    ]


def test_moving_a_unit_moves_what_is_below(mercy: World) -> None:
    root = mercy.root.external_id
    tree = [("A", "A", "division", root), ("B", "B", "division", root), ("C", "C", "department", "A")]
    bring_in(ImportKind.UNITS, UNIT_HEAD, *tree, ("D", "D", "microsystem", "C"))
    found = bring_in(ImportKind.UNITS, UNIT_HEAD, ("C", "C", "department", "B"))
    assert [change.values for change in found.changes] == [[["Parent unit ID", "A (A)", "B (B)"]]]
    low = Unit.objects.get(external_id="D")
    assert low.path.startswith(Unit.objects.get(external_id="B").path)


def test_people_and_their_lines_are_added(mercy: World) -> None:
    found = bring_in(ImportKind.PEOPLE, *two_people(mercy))
    assert counts(found) == {"rows": 2, "added": 2, "lines_added": 1, "lines_unchanged": 1}
    nora = Person.objects.get(external_id="N1")
    assert (nora.search_key, nora.profession, nora.email, nora.clinical_hours) == (
        "nolan nora",
        "other",
        "",
        None,
    )
    assert line_of("N2") == [("N1", str(TODAY), "")]


@pytest.mark.parametrize("kind", ["people", "units"])
def test_the_same_file_twice_changes_nothing_and_leaves_no_audit_row(mercy: World, kind: str) -> None:
    rows = two_people(mercy) if kind == "people" else [UNIT_HEAD, ("W", "Ward", "", mercy.root.external_id)]
    bring_in(ImportKind(kind), *rows)
    before = AuditEntry.objects.count()
    found = bring_in(ImportKind(kind), *rows)
    assert before > 0
    assert found.counts["unchanged"] == len(rows) - 1
    assert (found.changes, AuditEntry.objects.count()) == ([], before)


def test_a_changed_value_is_shown_old_and_new(mercy: World) -> None:
    bring_in(ImportKind.PEOPLE, *two_people(mercy))
    head, first, second = two_people(mercy)
    found = bring_in(ImportKind.PEOPLE, head, (*first[:2], "Novak", *first[3:]), second)
    assert [(change.verdict, change.subject, change.values) for change in found.changes] == [
        ("changed", "Nora Novak (N1)", [["Family name", "Nolan", "Novak"]])
    ]
    assert Person.objects.get(external_id="N1").search_key == "novak nora"


def test_columns_the_file_does_not_have_stay_as_they_are(mercy: World) -> None:
    ada = mercy.ada
    row = (ada.external_id, "Ada", "Mercy", mercy.unit.external_id, "2024-01-01")
    found = bring_in(ImportKind.PEOPLE, PEOPLE_HEAD[:5], row)
    assert counts(found) == {"rows": 1, "unchanged": 1}
    ada.refresh_from_db()
    assert (ada.specialty, line_of(ada.external_id)) == (
        "Cardiology",
        [(mercy.mara.external_id, "2024-01-01", "")],
    )


def test_a_changed_manager_closes_the_old_line_and_opens_a_new_one(mercy: World) -> None:
    ada, paula = mercy.ada, mercy.paula
    head = ("Person ID", "Manager", "Start date")
    found = bring_in(ImportKind.LINES, head, (ada.external_id, paula.external_id, ""))
    assert counts(found) == {"rows": 1, "changed": 1}
    assert line_of(ada.external_id) == [
        (mercy.mara.external_id, "2024-01-01", str(TODAY)),
        (paula.external_id, str(TODAY), ""),
    ]


def test_a_manager_in_a_people_file_holds_from_the_day_it_names(mercy: World) -> None:
    ada, unit = mercy.ada, mercy.unit.external_id
    head = (*PEOPLE_HEAD, "Manager since")
    row = (ada.external_id, "Ada", "Mercy", unit, "2024-01-01", mercy.paula.external_id, "2025-07-01")
    found = bring_in(ImportKind.PEOPLE, head, row)
    assert counts(found) == {"rows": 1, "unchanged": 1, "lines_changed": 1}
    assert line_of(ada.external_id)[1:] == [(mercy.paula.external_id, "2025-07-01", "")]


def test_an_empty_manager_ends_the_line_and_is_told_first(mercy: World) -> None:
    unit, mara = mercy.unit.external_id, mercy.mara
    row = (mercy.ada.external_id, "Ada", "Mercy", unit, "2024-01-01", "")
    assert bring_in(ImportKind.PEOPLE, PEOPLE_HEAD[:5], row[:5]).notices == []  # no column: as it is
    leaving = csv_file((*PEOPLE_HEAD, "Last day"), (*row, "2026-01-31"))
    order = order_for(ImportKind.PEOPLE, leaving)
    assert importing.examine(open_table(leaving), order).notices == []  # a line ends with the work
    found = bring_in(ImportKind.PEOPLE, PEOPLE_HEAD, row)
    (notice,) = found.notices
    assert notice.startswith("1 person has no manager in the file: the cell is empty, so the")
    assert [(change.subject, change.values) for change in found.changes] == [
        (
            f"Reporting line of Ada Mercy ({mercy.ada.external_id})",
            [["Manager", f"Mara Mercy ({mara.external_id})", ""], ["Until", "", str(TODAY)]],
        )
    ]


def test_a_line_to_somebody_whom_the_file_adds_is_shown_by_name(mercy: World) -> None:
    found = bring_in(ImportKind.PEOPLE, *two_people(mercy))
    lines = [change for change in found.changes if change.subject.startswith("Reporting")]
    assert [(line.subject, line.values[0]) for line in lines] == [
        ("Reporting line of Ned Nunn (N2)", ["Manager", "", "Nora Nolan (N1)"])
    ]


def test_a_person_who_leaves_has_no_manager_afterwards(mercy: World) -> None:
    ada, unit = mercy.ada, mercy.unit.external_id
    head = (*PEOPLE_HEAD, "Last day")
    mara = mercy.mara.external_id
    row = (ada.external_id, "Ada", "Mercy", unit, "2024-01-01", mara, "2026-01-31")
    found = bring_in(ImportKind.PEOPLE, head, row)
    assert counts(found) == {"rows": 1, "ended": 1, "lines_ended": 1}
    assert line_of(ada.external_id) == [(mara, "2024-01-01", "2026-02-01")]


def test_history_comes_in_as_a_chain_and_once_only(mercy: World) -> None:
    colin, paula, henry = mercy.henry, mercy.paula.external_id, mercy.olga.external_id
    rows = [
        ("Person ID", "Manager", "From", "To"),
        (colin.external_id, paula, "2018-01-01", ""),
        (colin.external_id, henry, "2020-01-01", "2021-01-01"),
        (colin.external_id, paula, "2022-01-01", ""),
    ]
    assert counts(bring_in(ImportKind.LINES, *rows)) == {"rows": 3, "added": 3}
    assert line_of(colin.external_id) == [
        (paula, "2018-01-01", "2020-01-01"),
        (henry, "2020-01-01", "2021-01-01"),
        (paula, "2022-01-01", ""),
    ]
    assert counts(bring_in(ImportKind.LINES, *rows)) == {"rows": 3, "unchanged": 3}


def test_a_return_to_an_earlier_manager_is_a_line_of_its_own(mercy: World) -> None:
    ada, mara, paula = mercy.ada.external_id, mercy.mara.external_id, mercy.paula.external_id
    rows = [("Person ID", "Manager", "From"), (ada, paula, "2025-01-01"), (ada, mara, "2025-06-01")]
    bring_in(ImportKind.LINES, *rows)
    assert line_of(ada) == [
        (mara, "2024-01-01", "2025-01-01"),
        (paula, "2025-01-01", "2025-06-01"),
        (mara, "2025-06-01", ""),
    ]


def test_positions_and_appointments(mercy: World) -> None:
    found = bring_in(
        ImportKind.POSITIONS,
        ("Position ID", "Title", "Unit ID", "Leads the unit", "Years of a term"),
        ("J-9", "Chair", mercy.unit.external_id, "yes", 5),
    )
    assert counts(found) == {"rows": 1, "added": 1}
    position = Position.objects.get(external_id="J-9")
    assert (position.leads_unit, position.term_years, position.max_terms, position.type) == (
        True,
        5,
        2,
        "other",
    )
    rows = [
        ("Position ID", "Person ID", "Start date", "End date"),
        ("J-9", mercy.ada.external_id, "2026-01-01", ""),
    ]
    assert counts(bring_in(ImportKind.APPOINTMENTS, *rows)) == {"rows": 1, "added": 1}
    ended = bring_in(
        ImportKind.APPOINTMENTS, rows[0], ("J-9", mercy.ada.external_id, "2026-01-01", "2030-01-01")
    )
    assert [(change.verdict, change.values) for change in ended.changes] == [
        ("ended", [["End date", "", "2030-01-01"]])
    ]
    assert Appointment.objects.get(position=position).end_date == dt.date(2030, 1, 1)


NO_PERSON = "There is no person with this ID or e-mail address"
NO_UNIT = "There is no unit with this ID or name. Import units first, or correct the cell."
FORMULA = "Expected a value, not a formula: copy the column and paste it as values."
FAULTS: list[tuple[ImportKind, tuple[str, ...], list[tuple[Any, ...]], list[Fault]]] = [
    (
        ImportKind.UNITS,
        UNIT_HEAD,
        [("A", "A", "", "nowhere")],
        [Fault(NO_UNIT, 2, UNIT_HEAD[3], "nowhere")],
    ),
    (
        ImportKind.UNITS,
        UNIT_HEAD,
        [("A", "A", "", ""), ("A", "B", "", "")],
        [Fault("Row 2 is about the same one. Expected one row each.", 3, UNIT_HEAD[0], "A")],
    ),
    (
        ImportKind.UNITS,
        UNIT_HEAD,
        [("A", "A", "", "B"), ("B", "B", "", "A")],
        [
            Fault("This unit would lie inside itself: A → B → A.", 2, UNIT_HEAD[3]),
            Fault("This unit would lie inside itself: B → A → B.", 3, UNIT_HEAD[3]),
        ],
    ),
    (
        ImportKind.UNITS,
        UNIT_HEAD,
        [("A", "=1+1", "galaxy", ""), ("", "B", "", "")],
        [
            Fault(
                "Expected one of: organisation, site, division, department, microsystem.",
                2,
                UNIT_HEAD[2],
                "galaxy",
            ),
            Fault(FORMULA, 2, "Name", "=1+1"),
            Fault("Expected a value; the cell is empty.", 3, UNIT_HEAD[0]),
        ],
    ),
    (
        ImportKind.LINES,
        ("Person ID", "Manager", "From", "To"),
        [("ghost", "ada", "", ""), ("ada", "ghost", "", ""), ("ada", "ada", "2030-01-01", "")],
        [
            Fault(f"{NO_PERSON}.", 2, "Person ID", "ghost"),
            Fault(f"{NO_PERSON}: expected the manager's.", 3, "Manager", "ghost"),
            Fault("Nobody reports to themselves.", 4, "Manager", "ada"),
        ],
    ),
    (
        ImportKind.LINES,
        ("Person ID", "Manager", "From", "To"),
        [
            ("paula", "henry", "2025-01-01", "2024-01-01"),
            ("olga", "henry", "2025-01-01", "2025-09-01"),
            ("olga", "mara", "2025-05-01", ""),
        ],
        [
            Fault("Expected a date after the start, 2025-01-01.", 2, "To", "2024-01-01"),
            Fault("Overlaps the next line in the file.", 3, "To", "2025-09-01"),
        ],
    ),
    (
        ImportKind.LINES,
        ("Person ID", "Manager", "From"),
        [("ada", "paula", "2024-01-01")],
        [
            Fault(
                "Another line is recorded from 2024-01-01 to today; history is not overwritten. "
                "Choose a later effective date, or undo the import that made it.",
                2,
                "Manager",
                "paula",
            )
        ],
    ),
    (
        ImportKind.LINES,
        ("Person ID", "Manager"),
        [("mara", "colin")],
        [Fault("This closes a circle of reporting lines: mara → colin → mara.", 2, "Manager", "mara")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "head", "rows", "expected"), FAULTS)
def test_what_is_wrong_is_said_with_row_column_and_value(
    mercy: World, kind: ImportKind, head: tuple[str, ...], rows: list[tuple[Any, ...]], expected: list[Fault]
) -> None:
    for name, person in mercy.people.items():
        Person.objects.filter(pk=person.pk).update(external_id=name)
    before = AuditEntry.objects.count()
    found = bring_in(kind, head, *rows)
    assert found.faults == expected
    assert found.counts["faults"] == len(expected)
    assert AuditEntry.objects.count() == before


def test_other_organizations_units_and_people_are_unknown(mercy: World, fenwick: World) -> None:
    row = ("N1", "Nora", "Nolan", fenwick.unit.external_id, "2020-01-01", fenwick.ada.external_id)
    found = bring_in(ImportKind.PEOPLE, PEOPLE_HEAD, row)
    assert sorted(fault.column for fault in found.faults) == ["Manager", "Unit ID"]


def test_the_same_external_id_elsewhere_is_somebody_else(mercy: World, fenwick: World) -> None:
    row = (fenwick.ada.external_id, "Nora", "Nolan", mercy.unit.external_id, "2020-01-01", "")
    assert bring_in(ImportKind.PEOPLE, PEOPLE_HEAD, row).counts["added"] == 1
    with tenant_scope(fenwick.organization.pk):
        assert Person.objects.get(pk=fenwick.ada.pk).given_name == "Ada"


def test_a_required_column_that_is_missing_is_named(mercy: World) -> None:
    found = bring_in(ImportKind.UNITS, ("Code", "Other"), ("A", "B"))
    assert found.faults == [Fault("Expected a column for Name.", 1, "Name")]


class TestTerms:
    """Appointments that the rules of terms refuse, each at its row; nothing is written."""

    @pytest.fixture
    def chair(self, mercy: World) -> Position:
        return make_position(mercy.unit, external_id="J-1")

    def faults(self, *rows: tuple[str, ...]) -> list[tuple[int | None, str, str]]:
        file = csv_file(("Position ID", "Person ID", "Start date", "End date"), *rows)
        order = order_for(ImportKind.APPOINTMENTS, file)
        found = importing.examine(open_table(file), order)
        return [(fault.row, fault.message, fault.value) for fault in found.faults]

    def test_a_third_term_names_the_rule(self, mercy: World, chair: Position) -> None:
        ada = mercy.ada.external_id
        make_appointment(chair, mercy.ada, start_date=dt.date(2010, 1, 1), end_date=dt.date(2014, 1, 1))
        found = self.faults(
            ("J-1", ada, "2014-01-01", "2018-01-01"), ("J-1", ada, "2018-01-01", "2022-01-01")
        )
        rule = "It would be term 3; the position allows 2. Have an exception approved first."
        assert found == [(3, rule, "2018-01-01")]

    def test_nine_years_in_two_terms_name_the_years(self, mercy: World, chair: Position) -> None:
        ada = mercy.ada.external_id
        ((row, message, _),) = self.faults(
            ("J-1", ada, "2010-01-01", "2015-01-01"), ("J-1", ada, "2015-01-01", "2019-01-01")
        )
        assert (row, message.split(";")[0]) == (
            3,
            "It would make 9.0 years in this position",
        )

    def test_two_at_a_time_name_each_other(self, mercy: World, chair: Position) -> None:
        make_appointment(chair, mercy.ada, start_date=dt.date(2024, 1, 1))
        found = self.faults(
            ("J-1", mercy.colin.external_id, "2025-01-01", ""),
            ("J-1", mercy.mara.external_id, "2026-01-01", ""),
        )
        end = "A position is held by one at a time: end the other first."
        assert [message for _, message, _ in found] == [
            f"Overlaps an appointment recorded from 2024-01-01, which has no end. {end}",
            f"Overlaps an appointment recorded from 2024-01-01, which has no end. {end}",
        ]

    def test_a_file_that_ends_one_and_begins_another_is_applied(self, mercy: World, chair: Position) -> None:
        make_appointment(chair, mercy.ada, start_date=dt.date(2024, 1, 1))
        bring_in(
            ImportKind.APPOINTMENTS,
            ("Position ID", "Person ID", "Start date", "End date"),
            ("J-1", mercy.colin.external_id, "2026-01-01", ""),
            ("J-1", mercy.ada.external_id, "2024-01-01", "2026-01-01"),
        )
        assert Appointment.objects.get(position=chair, end_date=None).person == mercy.colin
