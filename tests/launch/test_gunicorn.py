"""What gunicorn's logs tell, and what they keep to themselves."""

from __future__ import annotations

import datetime as dt
import logging
import runpy
from types import SimpleNamespace

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


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("/answers/mercy/6mZsecret/", 0),
        ("/o/mercy/surveys/waves/65534c52-c01c-43a5-95a6-a1e67b98ea66/answer/", 0),
        ("/o/mercy/succession/selections/65534c52-c01c-43a5-95a6-a1e67b98ea66/vote/", 0),
        ("/o/mercy/insights/role-pulses/65534c52-c01c-43a5-95a6-a1e67b98ea66/answer/", 0),
        ("/o/mercy/insights/role-pulses/65534c52-c01c-43a5-95a6-a1e67b98ea66/", 1),
        ("/o/mercy/surveys/waves/65534c52-c01c-43a5-95a6-a1e67b98ea66/", 1),
        ("/o/mercy/people/", 1),
    ],
)
def test_the_access_log_does_not_say_who_was_there_to_answer(
    path: str, lines: int, caplog: pytest.LogCaptureFixture
) -> None:
    configured = Config()
    configured.set("accesslog", SETTINGS["accesslog"])
    logger = SETTINGS["logger_class"](configured)
    logger.access_log.addHandler(caplog.handler)
    logger.access_log.setLevel(logging.INFO)
    response = SimpleNamespace(status="200 OK", sent=1, headers=[])
    request = SimpleNamespace(headers=[])
    environ = {"PATH_INFO": path, "RAW_URI": path, "REQUEST_METHOD": "POST", "SERVER_PROTOCOL": "HTTP/1.1"}
    logger.access(response, request, environ, dt.timedelta(seconds=1))
    assert len(caplog.records) == lines
