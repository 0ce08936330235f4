"""The wrapper that ties a program to its parent and takes root away from it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.child import NOBODY
from launch.identity import Identity, as_child

WHO = "import os, pathlib; print(os.geteuid()); print(pathlib.Path(os.environ['CLOSED']).read_text())"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def output_as(identity: Identity, closed: Path) -> list[str]:
    command = as_child([sys.executable, "-c", WHO], identity=identity, death_signal=9)
    done = subprocess.run(
        command, env={**os.environ, "CLOSED": str(closed)}, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A file in a folder that is closed to others, as a checkout in root's home is."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    file = folder / "file"
    file.write_text("reached")
    file.chmod(0o600)
    return file


def test_same_stays_who_we_are(closed: Path) -> None:
    assert output_as("same", closed) == [str(os.geteuid()), "reached"]


@as_root
@pytest.mark.parametrize("identity", ["namespace", "nobody"])
def test_root_becomes_nobody_and_still_reaches_its_own_files(identity: Identity, closed: Path) -> None:
    try:
        assert output_as(identity, closed) == [str(NOBODY), "reached"]
    except subprocess.CalledProcessError as error:
        pytest.skip(f"this kernel refuses: {error.stderr.splitlines()[-1]}")


def test_a_child_whose_parent_is_gone_does_not_start(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells a child of its parent's death")
    command = as_child(["touch", str(tmp_path / "started")], identity="same", death_signal=9)
    command[command.index(str(os.getpid()))] = "1"  # as if the parent had died and init had taken over

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.strip()) == (1, "the parent is gone")
    assert not (tmp_path / "started").exists()
