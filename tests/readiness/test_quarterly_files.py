"""The file that the job keeps of each quarter."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from people.models import Person
from readiness.models import QuarterlyFile
from readiness.tasks import files
from tests.factories.people import make_person
from tests.factories.readiness import QUARTER, make_snapshot
from tests.world import World

SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.usefixtures("in_mercy")


def scored(mercy: World, number: int) -> None:
    for place in range(number):
        make_snapshot(make_person(mercy.organization, f"Member{place}", mercy.unit), 60.0 + place)


def rows_of(client: Client) -> list[list[str]]:
    answer = client.get(reverse("readiness:quarterly_csv", args=["mercy", QUARTER]))
    return list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))


def test_the_figures_of_a_quarter_with_n_interval_and_definition(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, 6)
    assert files(QUARTER, "") == {"files": 2}
    rows = rows_of(sign_in(mercy.eli))
    assert rows[1][:6] == ["Leadership Readiness Score", "Everybody", "6", "62.5", "60.5", "64.4"]
    assert all(row[7] for row in rows[1:])
    assert "Member" not in str(rows)
    workbook = sign_in(mercy.paula).get(reverse("readiness:quarterly_xlsx", args=["mercy", QUARTER]))
    sheet = load_workbook(BytesIO(workbook.content)).worksheets[0]
    assert "Leadership Readiness Score" in {str(row[0].value) for row in sheet.iter_rows()}


def test_nothing_about_a_few(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, 4)
    files(QUARTER, "")
    assert rows_of(sign_in(mercy.henry))[1][2:6] == ["0", "", "", ""]


def test_a_quarter_keeps_its_first_file(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, 6)
    files(QUARTER, "")
    kept = rows_of(sign_in(mercy.eli))
    make_snapshot(mercy.ada, 100.0)
    assert files(QUARTER, "") == {"files": 0}
    assert rows_of(sign_in(mercy.eli)) == kept
    assert QuarterlyFile.objects.count() == 2


def test_the_page_lists_them(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, 6)
    files(QUARTER, "")
    page = sign_in(mercy.eli).get(reverse("readiness:key_figures", args=["mercy"])).content.decode()
    assert "Files of past quarters" in page
    assert reverse("readiness:quarterly_csv", args=["mercy", QUARTER]) in page
