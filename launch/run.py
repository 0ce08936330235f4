"""`launch run`: everything the site needs, until Ctrl-C."""

import os
import socket
import time
from pathlib import Path

from launch.failure import LaunchError
from launch.lock import Lock
from launch.packages import python_of, ready_environment
from launch.places import Places, places_of
from launch.port import listen
from launch.postgres import Postgres
from launch.secret import secret
from launch.site import Site, address_of
from launch.steps import Steps
from launch.supervisor import Supervisor
from launch.valkey import Valkey

FIRST_PORT = 8000
SECONDS_TO_FINISH = 15  # what the remains of a killed run may take to end


def run_site(arguments: list[str]) -> int:
    """Start everything, say where it is, and keep it running."""
    if arguments:
        raise LaunchError(f"`launch run` takes no arguments, and was given {' '.join(arguments)}.")
    began = time.monotonic()
    environment = ready_environment("run")
    places = places_of("run")
    lock = Lock(places.data / "lock")
    take_or_refuse(lock, places)
    with listen(os.environ.get("HOST", "127.0.0.1"), first_port()) as listener:
        lock.tell(pid=os.getpid(), address=address_of(listener))
        serve(places, environment, lock, listener, began)
    return 0


def serve(places: Places, environment: Path, lock: Lock, listener: socket.socket, began: float) -> None:
    """Start in the order of need: each service finds what it stands on."""
    postgres = Postgres(places, environment, database="clinicleader")
    valkey = Valkey(places, environment)
    surroundings = surroundings_of(places, postgres, valkey, address_of(listener))
    steps = Steps(places, environment, surroundings)
    site = Site(places, environment, surroundings)
    postgres.prepare()
    with Supervisor(lock=lock.descriptor) as supervisor:
        supervisor.start(postgres.service())
        supervisor.start(valkey.service())
        postgres.make_database()
        steps.migrate(postgres.owner_url)
        steps.collect_static()
        steps.load_demo()
        supervisor.start(site.web(listener))
        welcome(address_of(listener), places, time.monotonic() - began)
        supervisor.start(site.worker())
        supervisor.start(site.beat())
        try:
            supervisor.watch()
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)  # the usual way to end, and a success


def take_or_refuse(lock: Lock, places: Places) -> None:
    """Take the lock; let the remains of a killed run end first; never run twice on the same data."""
    if lock.take() or (not lock.holder_lives() and lock.take_within(SECONDS_TO_FINISH)):
        return
    holder = lock.holder()
    raise LaunchError(
        f"ClinicLeader already runs on {places.data} (process {holder.get('pid', 'unknown')}): "
        f"{holder.get('address', 'it is just starting')}\nStop it with Ctrl-C in its terminal."
    )


def first_port() -> int:
    text = os.environ.get("PORT", str(FIRST_PORT))
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise LaunchError(f"PORT={text} is not a port number.")
    return int(text)


def surroundings_of(places: Places, postgres: Postgres, valkey: Valkey, address: str) -> dict[str, str]:
    """What web, worker and beat find in their environment: the app role, never the owner's."""
    inherited = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        "CLINICLEADER_MODE": "demo",
        "DATABASE_URL": postgres.app_url,
        "MATCHER_DATABASE_URL": postgres.matcher_url,
        "REDIS_URL": valkey.url,
        "SECRET_KEY": secret(places.secrets, "django-key"),
        "VAR_DIR": str(places.data),
        "BASE_URL": address,
        "PYTHONUNBUFFERED": "1",  # a log is read while it is written
        "OPENBLAS_NUM_THREADS": "1",  # the worker's processes already use the cores
        "PATH": f"{python_of(valkey.environment).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def welcome(address: str, places: Places, seconds: float) -> None:
    print(
        f"\nClinicLeader answers after {seconds:.0f} s:  {address}/\n"
        f"  Sign in as one of the demo people:  {address}/accounts/login/\n"
        f"  Data and logs: {places.data}\n"
        "  Stop: Ctrl-C\n",
        flush=True,
    )
