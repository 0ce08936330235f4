"""`launch test` and `launch bench`: a fresh database and a broker around one command."""

import os
import signal
import subprocess
from pathlib import Path

from launch.failure import LaunchError
from launch.identity import as_child
from launch.lock import Lock
from launch.packages import python_of, ready_environment
from launch.places import ROOT, Places, places_of
from launch.postgres import Postgres
from launch.secret import secret
from launch.supervisor import Supervisor
from launch.valkey import Valkey


def run_tests(arguments: list[str]) -> int:
    """Run pytest with `arguments`; its exit code is ours."""
    return run_beside_services("test", ["-m", "pytest", *arguments], forgetful=True)


def run_bench(arguments: list[str]) -> int:
    """Run the benchmarks, on a PostgreSQL that syncs as in production."""
    return run_beside_services("bench", ["-m", "bench", *arguments], forgetful=False)


def run_beside_services(kind: str, command: list[str], *, forgetful: bool) -> int:
    environment = ready_environment("test")
    places = places_of(kind)
    lock = Lock(places.data / "lock")
    if not lock.take():
        print(f"Another {kind} run uses {places.data}; waiting for it to end ...", flush=True)
        lock.take_within(3600)
    postgres = Postgres(places, environment, database=f"clinicleader_{kind}", forgetful=forgetful)
    valkey = Valkey(places, environment)
    postgres.prepare()
    with Supervisor(lock=lock.descriptor) as supervisor:
        supervisor.start(postgres.service())
        supervisor.start(valkey.service())
        postgres.make_database(anew=True)
        surroundings = surroundings_of(places, postgres, valkey)
        python = str(python_of(environment))
        migrate = [python, "manage.py", "migrate", "--verbosity", "0"]
        if subprocess.run(
            migrate, env={**surroundings, "DATABASE_URL": postgres.owner_url}, cwd=ROOT, check=False
        ).returncode:
            raise LaunchError("The migrations failed.")
        return run_in_foreground([python, *command], surroundings)


def surroundings_of(places: Places, postgres: Postgres, valkey: Valkey) -> dict[str, str]:
    """The environment of the tests, on top of the one we were given."""
    return {
        **os.environ,
        "DATABASE_URL": postgres.app_url,
        "OWNER_DATABASE_URL": postgres.owner_url,
        "REDIS_URL": valkey.url,
        "CLINICLEADER_MODE": "test",
        "SECRET_KEY": secret(places.secrets, "django-key"),
        "VAR_DIR": str(places.data),
        "PATH": f"{Path(python_of(valkey.environment)).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def run_in_foreground(command: list[str], surroundings: dict[str, str]) -> int:
    """Run `command` on the terminal; Ctrl-C is its own to handle."""
    wrapped = as_child(command, identity="same", death_signal=signal.SIGKILL)
    previous = signal.signal(signal.SIGINT, lambda *_: None)  # a handler, unlike SIG_IGN, is not inherited
    try:
        return subprocess.run(wrapped, env=surroundings, cwd=ROOT, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, previous)
