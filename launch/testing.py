"""`launch test` and `launch bench`: a fresh database and a broker around one command."""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from launch.failure import LaunchError
from launch.identity import as_child
from launch.lock import Lock
from launch.packages import python_of, ready_environment
from launch.places import ROOT, Places, make_private_folder, places_of
from launch.postgres import Postgres
from launch.secret import secret
from launch.stamps import is_done, set_done
from launch.steps import Steps, schema_mark
from launch.supervisor import Supervisor
from launch.valkey import Valkey

CLEANING_SECONDS = 30
LISTENING_SECONDS = 0.5
LATE = 21  # o'clock in UTC: a run that begins now may still go on after midnight
FURTHER_WEST = "Etc/GMT+4"  # so POSIX names the zone four hours behind UTC
BROWSERS = "tests/browser"
APART = (  # half of the time of all tests but those in browsers
    "tests/attack",
    "tests/mentoring",
    "tests/people/test_api_schema.py",
    "tests/test_access_table.py",
)


def run_tests(arguments: list[str]) -> int:
    """Run pytest with `arguments`; its exit code is ours.

    Without any, two parts run beside all others: the browser tests, which have a site of their own, and as
    much as the rest has, so that both cores of a small machine have work to the end.
    """
    if arguments:
        return run_beside_services("test", ["-m", "pytest", *arguments], forgetful=True)
    rest = ["-m", "pytest", "tests", *(f"--ignore={path}" for path in (BROWSERS, *APART))]
    beside = ["-m", "pytest", BROWSERS], ["-m", "pytest", *APART]
    return run_beside_services("test", rest, *beside, forgetful=True)


def run_bench(arguments: list[str]) -> int:
    """Run the benchmarks, on a PostgreSQL that syncs as in production."""
    return run_beside_services("bench", ["-m", "bench", *arguments], forgetful=False)


def run_beside_services(kind: str, command: list[str], *meanwhile: list[str], forgetful: bool) -> int:
    """Run a Python command on the terminal and others meanwhile; the first exit code that is not 0."""
    environment = ready_environment("test")
    places = places_of(kind)
    lock = Lock(places.data / "lock")
    wait_for_turn(lock, f"Another {kind} run uses {places.data}", seconds=3600)
    postgres = Postgres(places, environment, database=f"clinicleader_{kind}", forgetful=forgetful)
    valkey = Valkey(places, environment)
    postgres.prepare()
    with Supervisor(lock=lock.descriptor) as supervisor:
        supervisor.start(postgres.service())
        supervisor.start(valkey.service())
        surroundings = surroundings_of(places, postgres, valkey)
        make_tables(postgres, Steps(places, environment, surroundings))
        python = str(python_of(environment))
        with contextlib.ExitStack() as running:
            others = []
            for number, each in enumerate(meanwhile, start=1):
                apart = surroundings_apart(number, postgres, supervisor)
                others.append(running.enter_context(in_background([python, *each], apart)))
            codes = [run_in_foreground([python, *command], surroundings), *(finish() for finish in others)]
        return next((code for code in codes if code), 0)


def wait_for_turn(lock: Lock, why: str, *, seconds: float) -> None:
    """Take the lock, or give up: without it we would drop the database under the other run."""
    if lock.take():
        return
    print(f"{why}; waiting for it to end ...", flush=True)
    if not lock.take_within(seconds):
        raise LaunchError(f"{why}, and still did after {seconds / 60:.0f} minutes.")


def make_tables(postgres: Postgres, steps: Steps) -> None:
    """A database without rows: migrated as the owner, or copied from the last one of the same schema."""
    stamp, mark = steps.places.stamps / "copy", schema_mark()
    copy = replace(postgres, database=f"{postgres.database}_copy")
    postgres.forget_database()
    if is_done(stamp, mark):
        postgres.copy(copy.database)
        postgres.make_database()
        return
    stamp.unlink(missing_ok=True)
    postgres.make_database()
    steps.manage("migrate", ["migrate"], DATABASE_URL=postgres.owner_url)
    copy.forget_database()
    copy.copy(postgres.database)
    set_done(stamp, mark)


def surroundings_apart(number: int, postgres: Postgres, supervisor: Supervisor) -> dict[str, str]:
    """A database and a broker beside the first, which share no row and no key with it."""
    places = Places(postgres.places.data / f"beside-{number}")
    places.make()
    database = replace(postgres, database=f"{postgres.database}_{number}")
    database.forget_database()
    database.copy(postgres.database)
    database.make_database()
    valkey = Valkey(places, postgres.environment)
    supervisor.start(valkey.service())
    return surroundings_of(places, database, valkey)


def surroundings_of(places: Places, postgres: Postgres, valkey: Valkey) -> dict[str, str]:
    """The environment of the tests, on top of the one we were given."""
    make_private_folder(places.data / "static")  # nothing is collected for tests, and whitenoise looks there
    return {
        **os.environ,
        "DATABASE_URL": postgres.app_url,
        "MATCHER_DATABASE_URL": postgres.matcher_url,
        "OWNER_DATABASE_URL": postgres.owner_url,
        "REDIS_URL": valkey.url,
        "CLINICLEADER_MODE": "test",
        "TEST_TIME_ZONE": os.environ.get("TEST_TIME_ZONE") or zone_without_midnight(dt.datetime.now(dt.UTC)),
        "SECRET_KEY": secret(places.secrets, "django-key"),
        "VAR_DIR": str(places.data),
        "OPENBLAS_NUM_THREADS": "1",  # as in the worker, which matches
        "PATH": f"{Path(python_of(valkey.environment)).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def zone_without_midnight(begins: dt.datetime) -> str:
    """Where tests that begin now end on the same day: they take their today once, when they are read."""
    return FURTHER_WEST if begins.hour >= LATE else "UTC"


@contextlib.contextmanager
def in_background(command: list[str], surroundings: dict[str, str]) -> Iterator[Callable[[], int]]:
    """Run `command` unseen. What it gives shows what it says until it ends, and returns its exit code."""
    with tempfile.NamedTemporaryFile() as said:
        wrapped = as_child(command, identity="same", death_signal=signal.SIGINT)
        process = subprocess.Popen(wrapped, env=surroundings, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)

        def finish() -> int:
            with Path(said.name).open(errors="replace") as heard:
                while process.poll() is None:
                    print(heard.read(), end="", flush=True)
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(LISTENING_SECONDS)
                print(heard.read(), flush=True)
            return process.returncode

        try:
            yield finish
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(CLEANING_SECONDS)
                process.kill()


def run_in_foreground(command: list[str], surroundings: dict[str, str]) -> int:
    """Run `command` on the terminal; Ctrl-C is its own to handle, and when we end it may clean up."""
    wrapped = as_child(command, identity="same", death_signal=signal.SIGINT)
    previous = signal.signal(signal.SIGINT, lambda *_: None)  # a handler, unlike SIG_IGN, is not inherited
    try:
        with subprocess.Popen(wrapped, env=surroundings, cwd=ROOT) as process:
            try:
                return process.wait()
            except SystemExit:
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(CLEANING_SECONDS)
                raise
            finally:
                process.kill()
    finally:
        signal.signal(signal.SIGINT, previous)
