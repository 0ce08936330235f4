"""What the access log tells, and what it keeps to itself."""

from __future__ import annotations

import runpy

import pytest

from launch.places import ROOT

SETTINGS = runpy.run_path(str(ROOT / "gunicorn.conf.py"))


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/invitations/mercy/6mZsecret/", "/invitations/mercy/***/"),
        ("/accounts/password/reset/key/1-abcdef/", "/accounts/password/reset/key/***/"),
        ("/o/mercy/people/", "/o/mercy/people/"),
    ],
)
def test_secrets_in_paths_are_masked(path: str, logged: str) -> None:
    assert SETTINGS["SECRET_PATHS"].sub(r"\1***", path) == logged


def test_queries_and_referring_pages_are_not_logged() -> None:
    line = SETTINGS["access_log_format"]
    assert "%(U)s" in line
    assert not any(atom in line for atom in ("%(q)s", "%(r)s", "%(f)s"))
