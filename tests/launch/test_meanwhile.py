"""What runs beside the command on the terminal."""

from __future__ import annotations

import io
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


def test_what_it_says_is_shown_while_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ends when somebody has read its word, so nothing is read only at its end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    shown: list[str] = []

    class Terminal(io.StringIO):
        def write(self, words: str) -> int:
            shown.append(words)
            if "word" in words:
                pipe.write_text("heard")
            return len(words)

    program = "import sys; print('word', flush=True); open(sys.argv[1]).read()"
    with in_background([sys.executable, "-c", program, str(pipe)], dict(os.environ)) as finish:
        monkeypatch.setattr(sys, "stdout", Terminal())
        assert finish() == 0
    assert "word\n" in "".join(shown)


def test_whoever_leaves_early_ends_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    program = "import signal, sys; held = open(sys.argv[1], 'w'); signal.pause()"
    with in_background([sys.executable, "-c", program, str(pipe)], dict(os.environ)):
        held = pipe.open()  # waits for the program to open its end
    assert held.read() == ""  # the end of the file: whoever held the other end is gone
    held.close()
