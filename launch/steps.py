"""The commands of manage.py that prepare a site, each run again only when what it reads has changed."""

import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from launch.failure import LaunchError
from launch.identity import as_child
from launch.packages import python_of
from launch.places import ROOT, Places
from launch.stamps import fingerprint, is_done, set_done
from launch.supervisor import tail

SCHEMA_SOURCES = {"migrations", "models", "tenancy", "settings", "apps"}
COLLECT_STATIC = ("collectstatic", "--no-input", "--clear", "--ignore", "css/*")  # sources of build/app.css
NOT_THE_PRODUCT = {"var", "tests", "docs", "bench", "launch"}


@dataclass(frozen=True)
class Steps:
    """Prepares the site of one data folder."""

    places: Places
    environment: Path
    surroundings: Mapping[str, str]

    def migrate(self, owner_url: str) -> None:
        """Bring the tables up to date as their owner."""
        self._once("migrate", schema_mark(), "Preparing the tables", ["migrate"], DATABASE_URL=owner_url)

    def collect_static(self) -> None:
        """Build what the product makes of its own sources and packages, and collect all static files."""
        sources = [
            path for path in (ROOT / "static").rglob("*") if path.is_file() and "build" not in path.parts
        ]
        mark = fingerprint([*sources, *files("*.py"), *locks()])
        self._once("build_static", mark, "Building static files", ["build_static"])
        self._once("collectstatic", mark, "Collecting static files", [*COLLECT_STATIC])

    def load_demo(self) -> None:
        """Fill an empty installation with the demo organisations, at the first start only."""
        if any(ROOT.glob("*/management/commands/demo.py")):
            self._once("demo", "loaded", "Making the demo organisations", ["demo", "--if-empty"])

    def _once(self, step: str, mark: str, doing: str, arguments: list[str], **changes: str) -> None:
        """Run `manage.py ARGUMENTS`, unless it has succeeded with the same mark before."""
        stamp = self.places.stamps / step
        if is_done(stamp, mark):
            return
        print(f"{doing} ...", flush=True)
        self.manage(step, arguments, **changes)
        set_done(stamp, mark)

    def manage(self, step: str, arguments: list[str], **changes: str) -> None:
        """Run `manage.py ARGUMENTS` with its words in a log; raise with their end where it fails."""
        log = self.places.logs / f"{step}.log"
        command = [str(python_of(self.environment)), "manage.py", *arguments]
        with log.open("wb") as output:
            done = subprocess.run(
                as_child(command, identity="same", death_signal=signal.SIGKILL),
                env={**self.surroundings, **changes},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise LaunchError(f"manage.py {step} failed. The end of {log}:\n{tail(log)}")


def schema_mark() -> str:
    """A digest of all that migrations are made of: another mark may mean other tables."""
    sources = [path for path in files("*.py") if SCHEMA_SOURCES & {*path.parts, path.stem}]
    return fingerprint([*sources, *files("*.sql"), *locks()])


def files(pattern: str) -> Iterator[Path]:
    """The product's own files that match `pattern` below one of its rooms."""
    for room in ROOT.iterdir():
        if room.is_dir() and room.name not in NOT_THE_PRODUCT and not room.name.startswith("."):
            yield from (path for path in room.rglob(pattern) if path.is_file())


def locks() -> list[Path]:
    return [ROOT / "requirements" / "run.txt"]
