"""manage.py import_people says what it did, or what is wrong; a dry run leaves no trace."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.models import Import, Unit
from tenancy.scope import tenant_scope
from tests.people.imports.files import csv_file
from tests.world import World

HEAD = ("Code", "Bezeichnung")


def run(world: World, file: Path, *options: str) -> str:
    out = io.StringIO()
    call_command(
        "import_people", str(file), "--organization", world.slug, "--kind", "units", *options, stdout=out
    )
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_bytes(csv_file(HEAD, ("W1", "Ward")).getvalue())
    return path


def test_a_file_is_imported_with_columns_named_on_the_command_line(mercy: World, file: Path) -> None:
    assert run(mercy, file, "--map", "name=Bezeichnung").startswith("Done: rows 1, faults 0, added 1")
    with tenant_scope(mercy.organization.pk):
        assert Unit.objects.get(external_id="W1").name == "Ward"
        assert Import.objects.get().state == "applied"


def test_a_dry_run_changes_nothing(mercy: World, file: Path) -> None:
    assert run(mercy, file, "--map", "name=Bezeichnung", "--dry-run").startswith("Would do: rows 1")
    with tenant_scope(mercy.organization.pk):
        assert not Unit.objects.filter(external_id="W1").exists()
        assert Import.objects.count() == 0


def test_faults_go_into_a_file(mercy: World, file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="1 faults; nothing was imported"):
        run(mercy, file, "--errors", str(tmp_path / "errors.csv"))
    assert "Expected a column for Name." in (tmp_path / "errors.csv").read_text()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--map", "colour=Code"], "--map takes FIELD=HEADING"),
        (["--map", "name"], "--map takes FIELD=HEADING"),
        (["--organization", "nowhere"], "no organisation nowhere"),
    ],
)
def test_wrong_options_are_named(mercy: World, file: Path, options: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(mercy, file, *options)


def test_a_missing_or_unreadable_file_is_named(mercy: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run(mercy, tmp_path / "none.csv")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(CommandError, match="1 faults"):
        run(mercy, tmp_path / "empty.csv")
