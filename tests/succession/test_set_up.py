"""Many pools at once: from one template, and from a file, all rows or none."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from people.enums import Profession
from people.models import Person, Position
from succession.enums import Proposers
from succession.models import Pool
from succession.pool_files import HEAD, pool_rows, read_pools
from succession.services.pools import PoolTemplate, open_pools, set_pools
from tests.counting import queries_of
from tests.factories.people import make_position
from tests.members import member_of
from tests.tables import csv_file
from tests.world import World

SignIn = Callable[[Person], Client]


def row_of(pool: Pool) -> tuple[object, ...]:
    return (pool.ready_target, pool.soon_target, pool.proposers, pool.professions, pool.keeper)


def test_one_template_opens_what_is_missing_and_leaves_the_rest(mercy: World, pool: Pool) -> None:
    others = [make_position(mercy.unit, f"Chair {number}") for number in range(3)]
    template = PoolTemplate(1, 4, Proposers.LEADERS, ["nurse"], mercy.eli)
    ids = [pool.position_id, *(each.pk for each in others)]
    assert open_pools(ids, template, by=member_of(mercy.henry)) == 3
    assert row_of(Pool.objects.get(position=others[0])) == (1, 4, "leaders", ["nurse"], mercy.eli)
    assert row_of(Pool.objects.get(pk=pool.pk)) == (2, 3, "owner", [], None)


def test_only_hr_sets_up_pools_and_targets_make_sense(mercy: World, head: Position) -> None:
    with pytest.raises(PermissionDenied):
        open_pools([head.pk], PoolTemplate(), by=member_of(mercy.mara))
    with pytest.raises(ValidationError, match="at least as many"):
        open_pools([head.pk], PoolTemplate(3, 2), by=member_of(mercy.henry))


class TestFiles:
    def read(self, *rows: tuple[str, ...]) -> list[str]:
        return [str(fault) for fault in read_pools(csv_file(HEAD, *rows)).faults]

    def test_empty_cells_are_the_usual(self, mercy: World, head: Position) -> None:
        found = read_pools(csv_file(HEAD[:1], (head.external_id,)))
        assert (found.templates, found.faults) == ({head.pk: PoolTemplate()}, [])

    def test_every_cell_is_read(self, mercy: World, head: Position) -> None:
        row = (head.external_id, "1", "2", "Leaders", "Nurse, physician", mercy.eli.external_id)
        found = read_pools(csv_file(HEAD, row)).templates[head.pk]
        assert found == PoolTemplate(1, 2, Proposers.LEADERS, ["nurse", "physician"], mercy.eli)

    def test_what_is_wrong_is_said_with_row_column_and_value(self, mercy: World, head: Position) -> None:
        code, professions = head.external_id, ", ".join(Profession.values)
        assert self.read(
            ("J-none", "", "", "", "", ""),
            (code, "two", "", "", "", ""),
            (code, "3", "2", "", "", ""),
            (code, "", "", "boss", "", ""),
            (code, "", "", "", "wizard", ""),
            (code, "", "", "", "", "P-none"),
        ) == [
            "row 2, column Position ID, “J-none”: There is no position with this ID.",
            "row 3, column Ready now, “two”: Expected a whole number from 1 to 20.",
            "row 4, column Within two years, “2”: Expected at least as many as are ready now.",
            "row 5, column Who proposes, “boss”: Expected one of: owner, leaders.",
            f"row 6, column Professions, “wizard”: wizard is not known. Expected some of: {professions}.",
            "row 7, column Keeper, “P-none”: Nobody who works here has this staff number.",
        ]

    def test_a_position_comes_once(self, mercy: World, head: Position) -> None:
        rows = [(head.external_id, "", "", "", "", "")] * 2
        assert self.read(*rows) == [
            f"row 3, column Position ID, “{head.external_id}”: An earlier row is about the same position."
        ]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "The file is empty"),
            (b"Position ID,Wage\nJ,1\n", "This column is not known"),
            (b"Ready now\n1\n", "This column is missing"),
            (b"Position ID\n", "no row below it"),
            (b"\x00\x01\x02", ""),
        ],
    )
    def test_what_is_no_such_file_is_told(
        self, mercy: World, head: Position, content: bytes, words: str
    ) -> None:
        (fault,) = read_pools(io.BytesIO(content)).faults
        assert words in fault.message

    def test_what_goes_out_comes_in_and_changes_nothing(self, mercy: World, pool: Pool) -> None:
        make_position(mercy.unit, "Dean")
        found = read_pools(csv_file(HEAD, *([str(cell) for cell in row] for row in pool_rows())))
        assert found.faults == []
        assert set_pools(found.templates, by=member_of(mercy.henry)) == (1, 0)  # the dean's had none


class TestPages:
    def test_a_file_with_a_fault_changes_nothing(self, mercy: World, head: Position, sign_in: SignIn) -> None:
        browser, page = sign_in(mercy.henry), reverse("succession:set_up_file", args=[mercy.slug])
        text = f"Position ID,Ready now\n{head.external_id},1\nJ-none,1\n"
        refused = browser.post(page, {"file": SimpleUploadedFile("pools.csv", text.encode())})
        assert (refused.status_code, Pool.objects.count()) == (422, 0)
        assert "There is no position with this ID." in refused.content.decode()
        good = SimpleUploadedFile("pools.csv", text.replace("J-none,1\n", "").encode())
        assert browser.post(page, {"file": good}).status_code == 302
        assert Pool.objects.get().ready_target == 1

    def test_the_register_filters_and_its_file_follows(
        self, mercy: World, pool: Pool, sign_in: SignIn
    ) -> None:
        make_position(mercy.unit, "Dean")
        browser, page = sign_in(mercy.henry), reverse("succession:overview", args=[mercy.slug])
        assert "Head of cardiology" not in browser.get(f"{page}?flag=vacant").content.decode()
        file = browser.get(f"{page}positions.csv?flag=vacant").content.decode()
        assert [line.split(",")[0] for line in file.splitlines()[1:]] == ["Dean"]
        assert "Vacant; No pool" in file

    def test_pages_take_as_many_statements_for_many(self, mercy: World, pool: Pool, sign_in: SignIn) -> None:
        browser = sign_in(mercy.henry)
        pages = [
            reverse("succession:overview", args=[mercy.slug]),
            reverse("succession:mine", args=[mercy.slug]),
            reverse("succession:position", args=[mercy.slug, pool.position_id]),
        ]
        few = [queries_of(browser, page) for page in pages]
        for number in range(5):
            make_position(mercy.unit, f"Chair {number}")
        assert [queries_of(browser, page) for page in pages] == few
