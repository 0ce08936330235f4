from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import override_settings

from web.static_addresses import SettledStaticFilesStorage


@pytest.fixture
def storage(tmp_path: Path) -> SettledStaticFilesStorage:
    (tmp_path / "staticfiles.json").write_text(
        json.dumps({"version": "1.1", "paths": {"build/app.css": "build/app.1234.css"}, "hash": ""})
    )
    return SettledStaticFilesStorage(location=tmp_path, base_url="/static/")


def test_an_address_is_that_of_the_manifest_each_time(storage: SettledStaticFilesStorage) -> None:
    assert [storage.url("build/app.css") for _time in range(2)] == ["/static/build/app.1234.css"] * 2


def test_a_file_that_was_never_collected_is_an_error_each_time(storage: SettledStaticFilesStorage) -> None:
    for _time in range(2):
        with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
            storage.url("build/none.css")


@override_settings(DEBUG=True)
def test_the_name_in_the_source_is_kept_where_nothing_is_collected(
    storage: SettledStaticFilesStorage,
) -> None:
    assert storage.url("build/app.css") == "/static/build/app.css"
