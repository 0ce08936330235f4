"""The house stands as drawn: import contracts, migrations that match the models, nothing foreign in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def tracked_files() -> list[Path]:
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    command = [linter, "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_migrations_match_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_file_names_a_registry_or_a_folder_of_this_machine() -> None:
    # The names are put together here so that this file does not hold them.
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "deb.debian" + ".org"]
    pattern = re.compile(
        "|".join(map(re.escape, [*hosts, "/" + "home/", "/" + "root/", f"{ROOT}/"])).encode()
    )
    found = [
        path.relative_to(ROOT)
        for path in tracked_files()
        if path.is_file() and pattern.search(path.read_bytes())
    ]
    assert found == []


def test_templates_hold_no_inline_style_or_script() -> None:
    pattern = re.compile(
        r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|<script(?![^>]*(\bsrc=|application/json))"""
    )
    found = [
        path.relative_to(ROOT)
        for path in (ROOT / "templates").rglob("*")
        if path.suffix in {".html", ".svg"} and pattern.search(path.read_text())
    ]
    assert found == []
