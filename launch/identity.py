"""Who the database server runs as: PostgreSQL refuses root, and a checkout may belong to root."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Literal

from launch.child import NOBODY
from launch.failure import LaunchError

Identity = Literal["same", "namespace", "nobody"]
CHILD = str(Path(__file__).with_name("child.py"))


def as_child(command: list[str], *, identity: Identity, death_signal: int) -> list[str]:
    """`command`, wrapped so that it ends with us and runs as `identity`."""
    return [sys.executable, "-I", "-S", CHILD, str(os.getpid()), str(death_signal), identity, *command]


@cache
def server_identity() -> Identity:
    """The first identity that works here: ourselves unless root, then a namespace, then plain nobody."""
    if os.geteuid() != 0:
        return "same"
    candidates: tuple[Identity, ...] = ("namespace", "nobody")
    for identity in candidates:
        probe = as_child(["true"], identity=identity, death_signal=9)
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return identity
    raise LaunchError("PostgreSQL does not run as root, and root may not become another user here.")


def hand_over(folder: Path, identity: Identity) -> None:
    """Make `folder` belong to the uid that `identity` has outside, at every start, for it may change."""
    if os.geteuid() != 0:
        return
    owner = NOBODY if identity == "nobody" else 0
    if folder.stat().st_uid == owner:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner, owner, follow_symlinks=False)
