"""A file through the browser: upload, columns, check, apply, undo; and everything that is refused."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from people.enums import ImportKind, ImportState
from people.import_queries import shown_values
from people.imports.fields import KINDS, PEOPLE
from people.imports.importing import Examination
from people.models import Import, ImportChange, ImportChunk, ImportMapping, Person, Unit
from tenancy.jobs import Progress, tell_stage, told_progress
from tenancy.jobs.ledger import work_all_steps
from tenancy.jobs.progress import tell_progress
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.people import make_position, make_unit
from tests.people.imports.files import bring_in, csv_file, xlsx_file
from tests.world import World

SignIn = Callable[[Person], Client]
HEAD = ("Unit ID", "Name", "Parent unit ID")


def url(world: World, name: str, imported: Import | None = None) -> str:
    return reverse(f"people:{name}", args=[world.slug, *([imported.pk] if imported else [])])


def upload(
    client: Client, world: World, file: io.BytesIO, kind: str = "units", name: str = "units.csv"
) -> Import:
    file.name = name  # type: ignore[attr-defined]
    answer = client.post(url(world, "import_new"), {"kind": kind, "file": file})
    assert answer.status_code == 302
    with tenant_scope(world.organization.pk):
        return Import.objects.order_by("-created_at")[0]


def fresh(imported: Import) -> Import:
    with tenant_scope(imported.organization_id):
        return Import.objects.get(pk=imported.pk)


def choose(client: Client, world: World, imported: Import, **changes: str) -> int:
    data = {
        "column_external_id": "Unit ID",
        "column_name": "Name",
        "column_parent": "Parent unit ID",
        "date_order": "ymd",
        "effective_on": "2026-03-01",
    }
    return client.post(url(world, "import_columns", imported), data | changes).status_code


def test_a_file_goes_all_the_way_and_back(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, csv_file(HEAD, ("W1", "Ward 1", mercy.root.external_id)))
    page = client.get(url(mercy, "import_columns", imported))
    assert "selected>Parent unit ID" in page.content.decode()
    assert choose(client, mercy, imported) == 302
    assert "being checked" in client.get(url(mercy, "import", imported)).content.decode()
    work_all_steps(mercy.organization.pk)
    assert fresh(imported).state == ImportState.CHECKED
    assert "Ward 1 (W1)" in client.get(url(mercy, "import", imported)).content.decode()
    client.post(url(mercy, "import_apply", imported))
    work_all_steps(mercy.organization.pk)
    with tenant_scope(mercy.organization.pk):
        assert fresh(imported).state == ImportState.APPLIED
        assert Unit.objects.get(external_id="W1").parent_id == mercy.root.pk
        assert ImportChunk.objects.count() == 0
        assert ImportMapping.objects.get(kind="units").columns["parent"] == "Parent unit ID"
    client.post(url(mercy, "import_undo", imported))
    work_all_steps(mercy.organization.pk)
    with tenant_scope(mercy.organization.pk):
        assert fresh(imported).state == ImportState.UNDONE
        assert "What was undone" in client.get(url(mercy, "import", imported)).content.decode()
        assert not Unit.objects.filter(external_id="W1").exists()


def test_what_is_there_comes_back_unchanged_or_as_it_was_edited(mercy: World, sign_in: SignIn) -> None:
    """The README's tour: download the people, change a title, add a line with a unit's name, upload."""
    client = sign_in(mercy.henry)
    answer = client.get(reverse("people:import_current", args=[mercy.slug, "people"]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert "ethnicity" not in lines[0].lower()
    rows = list(csv.DictReader(lines))
    with tenant_scope(mercy.organization.pk):
        everybody = Person.objects.count()
    assert (len(rows), rows[0].keys()) == (everybody, {field.label for field in PEOPLE.fields})
    assert {row["Manager's person ID"] for row in rows} >= {mercy.mara.external_id}
    ada = next(row for row in rows if row["Person ID"] == mercy.ada.external_id)
    ada["Job title"] = "Chief resident"
    newcomer = {"Person ID": "X1", "Given name": "Xenia", "Family name": "Xu", "Start date": "2026-01-01"}
    newcomer |= {"Unit ID": mercy.unit.name.upper(), "Manager's person ID": mercy.mara.email}
    found = bring_in_as(mercy, ImportKind.PEOPLE, [*rows, newcomer])
    counts = {name: count for name, count in found.counts.items() if not name.startswith("lines_")}
    assert counts == {
        "rows": everybody + 1, "faults": 0, "added": 1, "changed": 1, "ended": 0, "unchanged": everybody - 1,
    }  # fmt: skip
    assert (found.counts["lines_added"], found.counts["lines_changed"], found.counts["lines_ended"]) == (
        1,
        0,
        0,
    )


@pytest.mark.parametrize("kind", [ImportKind.UNITS, ImportKind.POSITIONS])
def test_units_and_positions_come_back_unchanged(mercy: World, sign_in: SignIn, kind: ImportKind) -> None:
    make_position(mercy.unit, external_id="-P")
    make_unit(mercy.organization, "=Risky", parent=mercy.unit, external_id="@W1")
    answer = sign_in(mercy.olga).get(reverse("people:import_current", args=[mercy.slug, kind]))
    content = answer.content.decode("utf-8-sig").replace("'=Risky", "Risky")  # no import lets a formula in
    rows = list(csv.DictReader(content.splitlines()))
    counts = bring_in_as(mercy, kind, rows).counts
    assert (counts["faults"], counts["added"], counts["unchanged"] > 0) == (0, 0, True)


def test_only_some_kinds_are_exported(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    page = client.get(url(mercy, "import_new")).content.decode()
    offered = [kind for kind in ImportKind if f"/imports/current/{kind}.csv" in page]
    assert offered == [ImportKind.UNITS, ImportKind.PEOPLE, ImportKind.POSITIONS]
    for kind in ("lines", "appointments", "secrets"):
        address = reverse("people:import_current", args=[mercy.slug, kind])
        assert client.get(address).status_code == 404


def bring_in_as(world: World, kind: ImportKind, rows: list[dict[str, str]]) -> Examination:
    head = [field.label for field in KINDS[kind].fields]
    with tenant_transaction(world.organization.pk):
        return bring_in(
            kind,
            head,
            *([row.get(name, "") for name in head] for row in rows),
            effective_on=timezone.localdate(),
        )


def test_changes_are_shown_in_words_and_in_the_members_dates() -> None:
    imported = Import(kind=ImportKind.PEOPLE, organization_id=1)
    change = ImportChange(
        organization_id=1,
        values=[
            ["Profession", "nurse", "Sailor"],
            ["Last day", "", "2026-03-31"],
            ["Job title", "", "2026-03-31"],
            ["Until", "", "2026-03-31"],
        ],
    )
    with translation.override("en-gb"):
        shown = shown_values(imported, change)
    assert shown == [
        ("Profession", "Nurse", "Sailor"),
        ("Last day", "", "31 Mar 2026"),
        ("Job title", "", "2026-03-31"),
        ("Until", "", "31 Mar 2026"),
    ]


def test_a_workbook_is_read_too(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.olga)
    imported = upload(client, mercy, xlsx_file(HEAD, ("W1", "Ward 1", mercy.root.external_id)), name="u.xlsx")
    choose(client, mercy, imported)
    work_all_steps(mercy.organization.pk)
    assert fresh(imported).counts["added"] == 1


def test_a_faulty_file_shows_what_is_wrong_and_offers_the_list(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, csv_file(HEAD, ("@W1", "Ward 1", "nowhere")))
    choose(client, mercy, imported)
    work_all_steps(mercy.organization.pk)
    assert fresh(imported).state == ImportState.FAULTY
    assert "There is no unit with this ID" in client.get(url(mercy, "import", imported)).content.decode()
    rows = client.get(url(mercy, "import_faults", imported)).content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Row,Column,Value,What was expected"
    assert rows[1].startswith('2,Parent unit ID,nowhere,"There is no unit with this ID or name.')


def test_a_file_that_cannot_be_read_says_so(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, io.BytesIO(b""), name="empty.csv")
    page = client.get(url(mercy, "import", imported)).content.decode()
    assert "The file is empty." in page
    assert "Change the columns" not in page


def test_a_fault_of_the_file_is_shown_at_its_place_and_no_piece_is_kept(
    mercy: World, sign_in: SignIn
) -> None:
    client = sign_in(mercy.henry)
    imported = upload(
        client, mercy, csv_file(HEAD, *[("W", "Ward", "")] * 60_000, ("W", "Ward", "", "extra"))
    )
    rows = client.get(url(mercy, "import_faults", imported)).content.decode("utf-8-sig").splitlines()
    assert rows[1:] == ["60002,,extra,The row has more cells than the header has columns (3)."]
    with tenant_scope(mercy.organization.pk):
        assert not ImportChunk.objects.exists()


def test_a_file_that_is_no_longer_kept_says_so(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, csv_file(HEAD, ("W1", "Ward 1", "")))
    with tenant_scope(mercy.organization.pk):
        ImportChunk.objects.update(content=b"Unit ID,Name\nW1,Ward 1\n")  # as it was kept once
    answer = client.get(url(mercy, "import_columns", imported), follow=True)
    assert "no longer kept" in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        ImportChunk.objects.all().delete()
    assert "no longer kept" in client.get(url(mercy, "import", imported), follow=True).content.decode()


BYTES = st.binary(max_size=200) | st.lists(
    st.sampled_from(b'Unit ID,Name\n\r\x00\xe4\xc3\xab";=\xff\xfe'), max_size=80
).map(bytes)


@given(BYTES)
@hypothesis_settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_upload_goes_on_or_says_why_not(mercy: World, sign_in: SignIn, content: bytes) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, io.BytesIO(content))
    with tenant_scope(mercy.organization.pk):
        kept = imported.chunks.exists()
        faults = imported.faults.count()
    assert (imported.state, kept, faults) in {(ImportState.UPLOADED, True, 0), (ImportState.FAULTY, False, 1)}
    page = client.get(url(mercy, "import", imported), follow=True)
    assert page.status_code == 200
    choose(client, mercy, imported)
    work_all_steps(mercy.organization.pk)
    assert fresh(imported).state in {ImportState.UPLOADED, ImportState.FAULTY, ImportState.CHECKED}


def test_a_file_that_is_too_large_is_not_kept(mercy: World, sign_in: SignIn, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1_048_576
    file = io.BytesIO(b"x" * 3_500_000)
    file.name = "large.csv"  # type: ignore[attr-defined]
    answer = sign_in(mercy.henry).post(url(mercy, "import_new"), {"kind": "units", "file": file})
    assert answer.status_code == 413
    assert "a file may have 1 MB here" in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        assert Import.objects.count() == 0


def test_two_fields_from_one_column_are_refused(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, csv_file(HEAD, ("W1", "Ward 1", "")))
    assert choose(client, mercy, imported, column_name="Unit ID") == 422
    assert choose(client, mercy, imported, column_name="") == 422
    assert fresh(imported).state == ImportState.UPLOADED


def test_a_discarded_file_is_gone(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, csv_file(HEAD, ("W1", "Ward 1", "")))
    client.post(url(mercy, "import_discard", imported))
    assert fresh(imported).state == ImportState.DISCARDED
    with tenant_scope(mercy.organization.pk):
        assert ImportChunk.objects.count() == 0
    assert client.get(url(mercy, "import", imported)).status_code == 200


def test_the_progress_ends_by_loading_the_page_anew(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, csv_file(HEAD, ("W1", "Ward 1", "")))
    choose(client, mercy, imported)
    assert client.get(url(mercy, "import_progress", imported)).status_code == 200
    work_all_steps(mercy.organization.pk)
    answer = client.get(url(mercy, "import_progress", imported))
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (286, "true")


def test_the_rows_read_are_shown_while_a_file_is_checked(
    mercy: World, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(mercy.olga)
    imported = upload(client, mercy, csv_file(HEAD, *((f"W{n}", "Ward", "") for n in range(8))))
    choose(client, mercy, imported)
    run = fresh(imported).run_id
    pages = [
        url(mercy, "import", imported),
        url(mercy, "import_progress", imported),
        reverse("people:job", args=[mercy.slug, run]),
        reverse("people:job_progress", args=[mercy.slug, run]),
    ]
    queries = []
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        queries.append(len(asked))
    assert "0 of 8 rows read, 0 %" in client.get(pages[0]).content.decode()
    with tenant_scope(mercy.organization.pk, request_id=str(run)):
        tell_progress(Progress(3, 8, "rows read"))
    for page, before in zip(pages, queries, strict=True):
        with django_assert_num_queries(before):
            shown = client.get(page).content.decode()
        assert "3 of 8 rows read, 37 %" in shown
        assert '<progress max="8" value="3"' in shown
    with tenant_scope(mercy.organization.pk, request_id=str(run)):
        tell_stage("Comparing")
    for page in pages:
        shown = client.get(page).content.decode()
        assert ("Comparing" in shown, "<progress aria-label" in shown) == (True, True)
    work_all_steps(mercy.organization.pk)
    with tenant_scope(mercy.organization.pk):
        assert str(told_progress(run)) == "All rows are read. They are being compared with what is there"
    assert "rows read" not in client.get(pages[0]).content.decode()


def test_what_the_page_of_another_state_offers_is_refused_kindly(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    imported = upload(client, mercy, csv_file(HEAD, ("W1", "Ward 1", "")))
    answer = client.post(url(mercy, "import_apply", imported), follow=True)
    assert "This import is uploaded." in answer.content.decode()


@pytest.mark.parametrize("name", ["imports", "import_new"])
def test_imports_are_for_hr_and_organization_admins(mercy: World, sign_in: SignIn, name: str) -> None:
    answers = {who: sign_in(person).get(url(mercy, name)).status_code for who, person in mercy.people.items()}
    assert {who for who, status in answers.items() if status == 200} == {"henry", "olga"}
    assert {status for who, status in answers.items() if who not in {"henry", "olga"}} == {403}


def test_another_organizations_import_does_not_exist(mercy: World, fenwick: World, sign_in: SignIn) -> None:
    imported = upload(sign_in(mercy.henry), mercy, csv_file(HEAD, ("W1", "Ward 1", "")))
    client = sign_in(fenwick.henry)
    assert client.get(url(fenwick, "imports")).status_code == 200
    for name in ("import", "import_columns", "import_progress", "import_faults"):
        assert client.get(url(fenwick, name, imported)).status_code == 404
    for name in ("import_apply", "import_undo", "import_discard"):
        assert client.post(url(fenwick, name, imported)).status_code == 404


def test_the_directory_offers_the_import_to_those_who_may(mercy: World, sign_in: SignIn) -> None:
    offers = {
        who
        for who in ("ada", "henry", "olga")
        if "imports/new/?kind=people" in sign_in(mercy.people[who]).get(url(mercy, "people")).content.decode()
    }
    assert offers == {"henry", "olga"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_constant_number_of_queries(
    mercy: World, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    with tenant_scope(mercy.organization.pk):
        for n in range(count):
            Import.objects.create(
                kind="units", file_name=f"file {n}", file_size=1, effective_on=dt.date(2026, 1, 1),
                uploaded_by=mercy.henry, state=ImportState.APPLIED,
            )  # fmt: skip
    client = sign_in(mercy.henry)
    with django_assert_max_num_queries(8):
        page = client.get(url(mercy, "imports"))
    assert page.content.decode().count("file ") >= count
