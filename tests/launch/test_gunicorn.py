"""What gunicorn's logs tell, and what they keep to themselves."""

from __future__ import annotations

import logging
import runpy

import pytest
from gunicorn.config import Config

from launch.places import ROOT

SETTINGS = runpy.run_path(str(ROOT / "gunicorn.conf.py"))


@pytest.mark.parametrize("name", ["access_log", "error_log"])
def test_no_line_of_gunicorn_holds_a_secret(name: str) -> None:
    configured = Config()
    configured.set("accesslog", SETTINGS["accesslog"])
    logger = SETTINGS["logger_class"](configured)
    log: logging.Logger = getattr(logger, name)
    [handler] = [each for each in log.handlers if getattr(each, "_gunicorn", False)]
    line = '"GET /invitations/mercy/6mZsecret/" 404'
    record = log.makeRecord(log.name, logging.ERROR, "", 0, "%s", (line,), None)
    assert '"GET /invitations/mercy/***/" 404' in handler.format(record)


def test_queries_and_referring_pages_are_not_logged() -> None:
    line = SETTINGS["access_log_format"]
    assert "%(U)s" in line
    assert not any(atom in line for atom in ("%(q)s", "%(r)s", "%(f)s"))
