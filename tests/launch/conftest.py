"""One data folder for all tests that start a site, so that only the first start is a cold one."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="package")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("var")
    stamps = folder / "run" / "stamps"
    stamps.mkdir(parents=True)
    (stamps / "demo").write_text("loaded")  # the demo organisations have their own tests
    return folder
