"""Values of a pilot as a file, and a pilot on paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from insights.models import Pilot, PilotValue
from insights.pilot_enums import Arm, Every, OutcomeKind
from insights.pilot_files import HEAD, ValuesFile, read_values, value_rows
from insights.pilot_periods import period_named, step, written_period
from insights.queries.pilots import all_values, outcomes_of, units_of
from people.models import Person
from tenancy.scope import Scope
from tests.factories.pilots import (
    QUARTERS,
    make_measured_pilot,
    make_outcome,
    make_pilot,
    make_pilot_unit,
    make_value,
)
from tests.tables import csv_file, xlsx_file
from tests.world import World

SignIn = Callable[[Person], Client]
PLACE = "/o/mercy/insights/pilots/"
TODAY = dt.date(2026, 5, 20)


@pytest.fixture
def pilot(mercy: World) -> Pilot:
    made = make_pilot(mercy)
    make_outcome(made, "Falls")
    make_outcome(made, "Rest", kind=OutcomeKind.WELLBEING, every=Every.MONTH)
    make_pilot_unit(made, mercy.unit)
    return made


def read(pilot: Pilot, file: io.BytesIO) -> ValuesFile:
    return read_values(file, outcomes_of(pilot), units_of(pilot), today=TODAY)


def test_periods_are_written_as_they_are_read() -> None:
    for every in Every:
        for back in range(14):
            period = step(dt.date(2026, 1, 1), every, -back)
            assert period_named(written_period(period, every), every) == period
            assert period_named(period.isoformat(), every) == period
    for written in ("2026-Q5", "2026-02-02", "2026-02-01", "2026-02", "", "Q1"):
        assert period_named(written, Every.QUARTER) is None
    for written in ("2026-Q1", "2026-13", "2026-02-02", "2026"):
        assert period_named(written, Every.MONTH) is None


@pytest.mark.usefixtures("in_mercy")
class TestReading:
    def test_a_row_is_a_value(self, mercy: World, pilot: Pilot) -> None:
        rows = (
            HEAD,
            ("falls", mercy.unit.name.upper(), "2026-Q1", "-1.25", ""),
            ("Rest", mercy.unit.name, "2026-04", "3", "7"),
        )
        for file in (csv_file(*rows), xlsx_file(*rows)):
            found = read(pilot, file)
            assert found.faults == []
            assert [(each.period, each.value, each.people) for each in found.values] == [
                (dt.date(2026, 1, 1), Decimal("-1.25"), None),
                (dt.date(2026, 4, 1), Decimal(3), 7),
            ]

    def test_faults_have_row_and_column_and_nothing_is_taken(self, mercy: World, pilot: Pilot) -> None:
        unit = mercy.unit.name
        found = read(
            pilot,
            csv_file(
                HEAD,
                ("Falls", unit, "2026-Q1", "1", ""),
                ("Falls", unit, "2026-Q1", "2", ""),
                ("Falls", unit, "2026-Q3", "1", ""),
                ("Falls", unit, "2026-04-02", "1.23456", "none"),
                ("Rest", unit, "2026-04", "1", ""),
                ("Other", "Nowhere", "2026-04", "1", ""),
            ),
        )
        assert found.values == []
        assert sorted((each.row, each.column) for each in found.faults) == [
            (3, "Period"),
            (4, "Period"),
            (5, "People"),
            (5, "Period"),
            (5, "Value"),
            (6, "People"),
            (7, "Outcome"),
            (7, "Unit"),
        ]

    def test_what_goes_out_leaves_out_values_of_a_few(self, pilot: Pilot) -> None:
        rest, unit = pilot.outcomes.get(name="Rest"), pilot.units.get()
        make_value(rest, unit, dt.date(2026, 3, 1), "2.50", people=4)
        make_value(rest, unit, dt.date(2026, 4, 1), "3.10", people=5)
        rows = value_rows(all_values(pilot))
        assert rows == [("Rest", unit.unit.name, "2026-04", "3.1", 5)]
        again = read(pilot, csv_file(HEAD, *rows))
        assert [(each.value, each.people) for each in again.values] == [(Decimal("3.1"), 5)]


class TestPages:
    def test_all_rows_or_none(self, mercy: World, pilot: Pilot, in_mercy: Scope, sign_in: SignIn) -> None:
        client, today = sign_in(mercy.henry), timezone.localdate()
        month, place = written_period(today.replace(day=1), Every.MONTH), f"{PLACE}{pilot.pk}/values/file/"
        good, bad = ("Rest", mercy.unit.name, month, "3", "7"), ("Rest", "Nowhere", month, "3", "7")

        def send(*rows: tuple[str, ...]) -> int:
            file = SimpleUploadedFile("values.csv", csv_file(HEAD, *rows).getvalue())
            return client.post(place, {"file": file}).status_code

        assert (send(good, bad), PilotValue.objects.count()) == (422, 0)
        assert (send(good), PilotValue.objects.count()) == (302, 1)
        assert mercy.unit.name in client.get(f"{PLACE}{pilot.pk}/values.csv").text

    def test_the_workbook_says_how_to_read_it(self, mercy: World, sign_in: SignIn) -> None:
        measured = make_measured_pilot(mercy)
        answer = sign_in(mercy.eli).get(f"{PLACE}{measured.pk}/pilot.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        said = [str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
        assert any("chosen and not drawn by lot" in each for each in said)
        assert 3 in [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]

    def test_on_paper_with_n_interval_and_limits(self, mercy: World, sign_in: SignIn) -> None:
        measured = make_measured_pilot(mercy)
        outcome = make_outcome(
            measured, "Rest", kind=OutcomeKind.WELLBEING, exploratory=True, source="Own survey"
        )
        unit = make_pilot_unit(measured, mercy.unit, Arm.COMPARISON)
        make_value(outcome, unit, QUARTERS[0], "77.7", people=3)
        answer = sign_in(mercy.eli).get(f"{PLACE}{measured.pk}/pilot.pdf")
        assert answer["Content-Type"] == "application/pdf"
        pages = PdfReader(io.BytesIO(answer.content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        for words in ("+3.0 points", "95 % interval", "drawn by lot", "Rest (points", "Own survey"):
            assert words in text
        assert "1 value of fewer than five people" in text
        assert "77.7" not in text
