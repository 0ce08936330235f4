"""One data folder for all tests that start a site, so that only the first start is a cold one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from launch.places import Places
from launch.postgres import Postgres


@pytest.fixture(scope="package")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a cluster, and said to hold the demo organisations: those have their own tests."""
    folder = tmp_path_factory.mktemp("var")
    places = Places(folder / "run")
    places.make()
    # First: a new cluster forgets what was done before it.
    Postgres(places, Path(sys.prefix), database="clinicleader").prepare()
    (places.stamps / "demo").write_text("loaded")
    return folder
