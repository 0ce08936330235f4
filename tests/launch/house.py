"""A supervisor with two small services, as a process of its own that a test may kill.

    python -m tests.launch.house FOLDER

Each service writes `<name> <pid> <pid of a child of its own>` to FOLDER/diary when it starts and
`<name> stopped` when it is asked to stop; `stubborn` ignores being asked.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from launch.lock import Lock
from launch.supervisor import Service, Supervisor


def serve(name: str, folder: Path) -> None:
    """Be a service with a child, as gunicorn and Celery are."""

    def stop(*_: object) -> None:
        write(folder, f"{name} stopped")
        sys.exit(0)

    signal.signal(signal.SIGTERM, signal.SIG_IGN if name == "stubborn" else stop)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    write(folder, f"{name} {os.getpid()} {child.pid}")
    (folder / f"{name}.ready").touch()
    while True:
        time.sleep(1)


def write(folder: Path, line: str) -> None:
    with (folder / "diary").open("a") as diary:
        diary.write(line + "\n")


def service(name: str, folder: Path, stop_seconds: float = 10.0) -> Service:
    return Service(
        name=name,
        command=[sys.executable, "-m", "tests.launch.house", str(folder), name],
        environment=os.environ,
        log=folder / f"{name}.log",
        ready=(folder / f"{name}.ready").exists,
        stop_seconds=stop_seconds,
    )


def main(folder: Path) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    lock = Lock(folder / "lock")
    assert lock.take()
    with Supervisor(lock=lock.descriptor) as supervisor:
        supervisor.start(service("first", folder))
        supervisor.start(service("second", folder))
        write(folder, "all started")
        supervisor.watch()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        serve(sys.argv[2], Path(sys.argv[1]))
    main(Path(sys.argv[1]))
