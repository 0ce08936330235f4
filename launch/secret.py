"""Secrets made once for a data folder and readable by its owner alone."""

import os
import secrets
from pathlib import Path


def secret(folder: Path, name: str) -> str:
    """The secret called `name`, made at the first call."""
    path = folder / name
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        unfinished.rename(path)
    return path.read_text()
