"""What runs beside the command on the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from launch.testing import in_background


def test_what_it_said_is_shown_when_it_has_ended(capfd: pytest.CaptureFixture[str]) -> None:
    program = "import sys; print('said'); print('wrong', file=sys.stderr); sys.exit(3)"
    with in_background([sys.executable, "-c", program], dict(os.environ)) as finish:
        assert finish() == 3
    shown = capfd.readouterr().out
    assert "said" in shown
    assert "wrong" in shown


def test_whoever_leaves_early_ends_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    program = "import signal, sys; held = open(sys.argv[1], 'w'); signal.pause()"
    with in_background([sys.executable, "-c", program, str(pipe)], dict(os.environ)):
        held = pipe.open()  # waits for the program to open its end
    assert held.read() == ""  # the end of the file: whoever held the other end is gone
    held.close()
