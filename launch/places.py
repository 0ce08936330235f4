"""Where things live: the checkout, a data folder, its logs and its sockets."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launch.failure import LaunchError

ROOT = Path(__file__).resolve().parent.parent
LONGEST_SOCKET_PATH = 103  # sun_path holds 104 bytes on macOS and 108 on Linux, one of them the final zero
LONGEST_SOCKET_NAME = "postgres/.s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Places:
    """One data folder: everything that has to survive a restart is below `data`."""

    data: Path

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def secrets(self) -> Path:
        return self.data / "secrets"

    @property
    def stamps(self) -> Path:
        return self.data / "stamps"

    @property
    def sockets(self) -> Path:
        """Beside the data where its path is short enough for a socket, else in the temporary folder."""
        beside = self.data / "sockets"
        if len(str(beside / LONGEST_SOCKET_NAME).encode()) <= LONGEST_SOCKET_PATH:
            return beside
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"clinicleader-{os.getuid()}-{digest}"

    def make(self) -> None:
        """Make all folders, closed to others."""
        for folder in (self.data, self.logs, self.secrets, self.stamps, self.sockets):
            make_private_folder(folder)


def places_of(kind: str) -> Places:
    """The data folder for `run`, `test` or `bench`, made and closed to others."""
    var = Path(os.environ.get("CLINICLEADER_VAR", ROOT / "var")).resolve()
    places = Places(var / kind)
    places.make()
    return places


def make_private_folder(folder: Path) -> None:
    """Make `folder` readable by nobody else; refuse one that somebody else put in our way."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise LaunchError(f"{folder} belongs to somebody else; remove it and start again.")
    folder.chmod(0o700)
