"""One run for one data folder: a lock that ends with its holder, and says where the holder answers."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any


class Lock:
    """An advisory lock on `path`. The file's text tells others about the holder."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> bool:
        """Take the lock if nobody has it."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.tell(pid=os.getpid())
        return True

    def take_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not self.take():
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.1)
        return True

    def tell(self, **facts: Any) -> None:
        """Write about ourselves for whoever finds the lock taken."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, json.dumps(facts).encode(), 0)

    def holder(self) -> dict[str, Any]:
        """What the holder wrote, or nothing while it writes."""
        try:
            facts = json.loads(os.pread(self.descriptor, 4096, 0))
        except ValueError:
            return {}
        return facts if isinstance(facts, dict) else {}

    def holder_lives(self) -> bool:
        """False while only the reaper of a killed holder still has the lock."""
        pid = self.holder().get("pid")
        if not isinstance(pid, int):
            return True
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
