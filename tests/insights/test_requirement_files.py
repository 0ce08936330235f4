"""Requirements as a file: all rows or none, and out as they came in."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from insights.enums import EvidenceSource
from insights.models import Requirement, Standard
from insights.models.accreditation import MOST_REQUIREMENTS
from insights.queries.accreditation import requirements_of
from insights.requirement_files import HEAD, RequirementRow, read_requirements, requirement_rows
from insights.services.requirement_files import set_requirements
from people.models import Person
from tenancy.scope import Scope
from tests.factories.accreditation import make_document, make_mapping, make_requirement, make_standard
from tests.members import member_of
from tests.tables import csv_file
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def standard(mercy: World) -> Standard:
    return make_standard(mercy.organization)


def row(code: str, *sources: EvidenceSource, text: str = "Words.", applies: bool = True) -> RequirementRow:
    return RequirementRow(code, text, applies, frozenset(sources))


class TestReading:
    def test_cells_have_their_usual_meaning(self) -> None:
        found = read_requirements(
            csv_file(HEAD, ("1.1", "First.", "", ""), ("1.2", "Second.", "No", "Surveys, pools"))
        )
        assert found.rows == [
            row("1.1", text="First."),
            row("1.2", EvidenceSource.SURVEYS, EvidenceSource.POOLS, text="Second.", applies=False),
        ]

    def test_without_the_column_evidence_is_not_spoken_of(self) -> None:
        (found,) = read_requirements(csv_file(("requirement", "NUMBER"), ("Words.", "1"))).rows
        assert (found.code, found.sources) == ("1", None)

    def test_faults_have_row_and_column_and_nothing_is_taken(self) -> None:
        found = read_requirements(
            csv_file(
                HEAD,
                ("1", "Words.", "perhaps", "rumours"),
                ("1", "", "", ""),
                ("x" * 41, "=1+1", "", ""),
            )
        )
        assert found.rows == []
        assert [(each.row, each.column) for each in found.faults] == [
            (2, "Applies"),
            (2, "Evidence"),
            (3, "Number"),
            (3, "Requirement"),
            (4, "Number"),
            (4, "Requirement"),
        ]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "The file is empty"),
            (b"Number,Requirement,Weight\n1,Words,3\n", "This column is not known"),
            (b"Number\n1\n", "This column is missing"),
            (b"Number,Number,Requirement\n1,1,Words\n", "two columns"),
            (b"Number,Requirement\n", "no row below it"),
        ],
    )
    def test_what_is_no_such_file_is_told(self, content: bytes, words: str) -> None:
        (fault,) = read_requirements(io.BytesIO(content)).faults
        assert words in fault.message

    def test_there_is_a_most(self) -> None:
        rows = [(str(number), "Words.", "", "") for number in range(MOST_REQUIREMENTS + 1)]
        (fault,) = read_requirements(csv_file(HEAD, *rows)).faults
        assert (fault.row, str(MOST_REQUIREMENTS) in fault.message) == (MOST_REQUIREMENTS + 2, True)


@pytest.mark.usefixtures("in_mercy")
class TestTakingOver:
    def test_what_goes_out_comes_in_and_changes_nothing(self, mercy: World, standard: Standard) -> None:
        first = make_requirement(standard, "-1", text="=not a formula")
        make_mapping(first, EvidenceSource.SURVEYS, note="Stays")
        make_requirement(standard, "2", position=2, applies=False)
        Requirement.objects.filter(code="-1").update(text="Words, with a comma")
        before = requirement_rows(requirements_of(standard))
        found = read_requirements(csv_file(HEAD, *([str(cell) for cell in each] for each in before)))
        assert found.faults == []
        assert set_requirements(standard, found.rows, by=member_of(mercy.henry)) == (0, 2)
        assert requirement_rows(requirements_of(standard)) == before
        assert first.mappings.get().note == "Stays"

    def test_the_file_sets_order_and_evidence(self, mercy: World, standard: Standard) -> None:
        left_out = make_requirement(standard, "A", position=1)
        kept = make_requirement(standard, "B", position=2)
        for source in (EvidenceSource.SURVEYS, EvidenceSource.POOLS):
            make_mapping(kept, source, note="Why")
        make_document(kept)
        rows = [row("C", EvidenceSource.GATES), row("B", EvidenceSource.POOLS, EvidenceSource.GATES)]
        assert set_requirements(standard, rows, by=member_of(mercy.henry)) == (1, 1)
        found = requirements_of(standard)
        assert [(each.code, each.position) for each in found] == [("C", 1), ("B", 2), ("A", 3)]
        assert {each.source: each.note for each in kept.mappings.all()} == {"pools": "Why", "gates": ""}
        assert (kept.documents.count(), left_out.mappings.count()) == (1, 0)

    def test_nobody_else_and_not_too_many(self, mercy: World, standard: Standard) -> None:
        with pytest.raises(PermissionDenied):
            set_requirements(standard, [row("A")], by=member_of(mercy.eli))
        make_requirement(standard, "A")
        many = [row(f"B{number}") for number in range(MOST_REQUIREMENTS)]
        with pytest.raises(ValidationError, match="at most"):
            set_requirements(standard, many, by=member_of(mercy.henry))
        assert Requirement.objects.count() == 1


def test_a_file_with_a_fault_changes_nothing(
    mercy: World, in_mercy: Scope, sign_in: SignIn, standard: Standard
) -> None:
    browser, page = sign_in(mercy.henry), f"/o/mercy/insights/accreditation/{standard.pk}/"
    text = "Number,Requirement\n1.1,Somebody to ask.\n,Nameless.\n"
    refused = browser.post(f"{page}file/", {"file": SimpleUploadedFile("r.csv", text.encode())})
    assert (refused.status_code, Requirement.objects.count()) == (422, 0)
    assert "Expected some words." in refused.content.decode()
    assert browser.post(f"{page}file/", {}).status_code == 422
    good = SimpleUploadedFile("r.csv", text.replace(",Nameless.\n", "").encode())
    assert browser.post(f"{page}file/", {"file": good}).status_code == 302
    file = browser.get(f"{page}requirements.csv").content.decode("utf-8-sig")
    assert file.splitlines() == ["Number,Requirement,Applies,Evidence", "1.1,Somebody to ask.,yes,"]
