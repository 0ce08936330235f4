"""The three programs of the product: web, worker and beat."""

import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from launch.packages import python_of
from launch.places import Places
from launch.supervisor import Service

WORKER_PROCESSES = 2
LOOPBACK_OR_ANY = {"127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True)
class Site:
    """The product with a data folder and an environment."""

    places: Places
    environment: Path
    surroundings: Mapping[str, str]

    def web(self, listener: socket.socket) -> Service:
        service = self._python("web", "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}")
        address = address_of(listener)
        return replace(
            service, ready=lambda: answers(address), ready_seconds=120, descriptors=(listener.fileno(),)
        )

    def worker(self) -> Service:
        return self._celery("worker", "--concurrency", str(WORKER_PROCESSES))

    def beat(self) -> Service:
        return self._celery("beat", "--schedule", str(self.places.data / "beat-schedule"), "--pidfile=")

    def _celery(self, name: str, *options: str) -> Service:
        return self._python(name, "-m", "celery", "-A", "clinicleader", name, "--loglevel", "INFO", *options)

    def _python(self, name: str, *arguments: str) -> Service:
        return Service(
            name=name,
            command=[str(python_of(self.environment)), *arguments],
            environment=self.surroundings,
            log=self.places.logs / f"{name}.log",
        )


def address_of(listener: socket.socket) -> str:
    """What people type: passkeys work for the name localhost, and for no numeric address."""
    host, port = listener.getsockname()[:2]
    return f"http://{'localhost' if host in LOOPBACK_OR_ANY else host}:{port}"


def answers(address: str) -> bool:
    """Whether the first page comes, whatever it says short of a server error."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
