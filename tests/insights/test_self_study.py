"""The yearly self-study on paper and as files: what is held, what is missing, and no claim."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from insights.enums import EvidenceSource
from insights.models import Standard
from insights.self_study import self_study
from insights.self_study_years import study_years
from people.models import Person
from succession.models import ExposureMonth
from tenancy.scope import Scope
from tests.factories.accreditation import make_document, make_mapping, make_requirement, make_standard
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def standard(mercy: World, in_mercy: Scope) -> Standard:
    """With pools held against the first requirement, a document against the second, nothing against the
    third; the fourth no longer applies."""
    standard = make_standard(mercy.organization, "Teaching hospitals", edition="2026")
    year = timezone.localdate().year
    ExposureMonth.objects.create(month=dt.date(year, 1, 1), positions=20, exposed=9, counts={"no_pool": 4})
    make_mapping(
        make_requirement(standard, "P.1", text="Somebody could take over."), EvidenceSource.POOLS, "Note"
    )
    documented = make_requirement(standard, "P.2", text="There is a handbook.", position=2)
    make_document(documented, "Handbook", link="https://files.example/handbook", place="")
    make_requirement(standard, "P.3", text="Teachers are taught.", position=3)
    make_requirement(standard, "P.4", text="There was a committee.", position=4, applies=False)
    return standard


def test_a_source_is_counted_once_for_all(standard: Standard) -> None:
    make_mapping(make_requirement(standard, "P.5", position=5), EvidenceSource.POOLS)
    today = timezone.localdate()
    found = self_study(standard, study_years(today, 1)[0], on=today)
    assert [each.requirement.code for each in found.answers] == ["P.1", "P.2", "P.3", "P.5"]
    assert [each.code for each in found.gaps] == ["P.3"]
    assert [each.code for each in found.past] == ["P.4"]
    assert found.answers[0].evidence[0].figures is found.answers[3].evidence[0].figures


def path(standard: Standard, kind: str) -> str:
    return f"/o/mercy/insights/accreditation/{standard.pk}/self-study.{kind}"


def test_the_paper_has_it_all_and_claims_nothing(mercy: World, sign_in: SignIn, standard: Standard) -> None:
    answer = sign_in(mercy.paula).get(path(standard, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    words = " ".join(" ".join(each.extract_text() for each in pages).split())
    for expected in (
        f"Self-study {timezone.localdate().year}",
        "Teaching hospitals, 2026",
        "claims nothing on behalf of the body that set the standard",
        "Requirements without evidence",
        "P.3 Teachers are taught.",
        "No evidence is named.",
        "16 of 20, 80 %",
        "https://files.example/handbook",
        "There was a committee.",
    ):
        assert expected in words
    assert words.index("P.3") < words.index("P.1")


def test_the_table_has_a_row_for_each_figure(mercy: World, sign_in: SignIn, standard: Standard) -> None:
    file = sign_in(mercy.eli).get(path(standard, "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(file.splitlines()))
    assert [(each["Number"], each["Kind"], each["Figure"]) for each in rows] == [
        ("P.1", "figure", "Positions with a pool"),
        ("P.1", "figure", "Positions with somebody ready now"),
        ("P.2", "document", ""),
        ("P.3", "gap", ""),
    ]
    assert (rows[0]["Count"], rows[0]["n"], rows[0]["Note"]) == ("16", "20", "Note")
    assert rows[2]["Told"] == "https://files.example/handbook"


def test_programs_read_the_same(mercy: World, sign_in: SignIn, standard: Standard) -> None:
    last_year = timezone.localdate().year - 1
    found = sign_in(mercy.henry).get(path(standard, "json"), {"year": last_year}).json()
    assert found["year"] == {"first": f"{last_year}-01-01", "last": f"{last_year}-12-31"}
    assert found["as_of"] == f"{last_year}-12-31"
    assert "claims nothing" in found["statement"]
    assert [each["is_gap"] for each in found["requirements"]] == [False, False, True]
    (evidence,) = found["requirements"][0]["evidence"]
    assert evidence["source"] == "pools"
    assert evidence["figures"][0]["value"] == "not kept for this year"
    assert found["no_longer_applies"] == ["P.4"]
