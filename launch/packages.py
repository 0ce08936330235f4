"""The virtual environment: made once, filled from a hashed lock, left alone while the lock is the same."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from launch.failure import LaunchError
from launch.places import ROOT
from launch.stamps import fingerprint

NOTE = "clinicleader-locks.json"  # inside the environment: which locks were installed with which Python


def ready_environment(lock: str) -> Path:
    """The virtual environment with everything in requirements/`lock`.txt."""
    if given := os.environ.get("VENV"):
        environment = Path(given).resolve()
        if not python_of(environment).exists():
            raise LaunchError(f"VENV={given} is not a virtual environment: it has no bin/python.")
        return environment
    environment = ROOT / ".venv"
    mark = fingerprint([ROOT / "requirements" / f"{lock}.txt"], sys.version)
    if installed(environment).get(lock) != mark:
        make_environment(environment)
        install(environment, lock)
        (environment / NOTE).write_text(json.dumps({**installed(environment), lock: mark}))
    return environment


def python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def site_packages(environment: Path) -> Path:
    found = list(environment.glob("lib/python3.*/site-packages"))
    if len(found) != 1:
        raise LaunchError(f"{environment} is damaged; remove it and start again.")
    return found[0]


def installed(environment: Path) -> dict[str, str]:
    """The marks of the locks that this Python installed into `environment`."""
    try:
        marks = json.loads((environment / NOTE).read_text())
    except (OSError, ValueError):
        return {}
    return marks if isinstance(marks, dict) and python_of(environment).exists() else {}


def make_environment(environment: Path) -> None:
    """Make `environment`, or make it anew where it belongs to another Python."""
    if importlib.util.find_spec("venv") is None:
        raise LaunchError(
            "This Python has no venv module. On Debian and Ubuntu: apt-get install python3-venv."
        )
    if matches_this_python(environment):
        return
    print(f"Making a virtual environment in {environment.name} ...", flush=True)
    options = [] if brings_pip() else ["--without-pip"]
    command = [sys.executable, "-m", "venv", "--clear", *options, str(environment)]
    if subprocess.run(command, check=False).returncode:
        raise LaunchError("The virtual environment could not be made; the lines above say why.")


def brings_pip() -> bool:
    """Whether a new environment gets a pip of its own: Debian keeps that in another package."""
    return importlib.util.find_spec("ensurepip") is not None


def matches_this_python(environment: Path) -> bool:
    """Whether `environment` was made by this very version of Python."""
    try:
        lines = (environment / "pyvenv.cfg").read_text().splitlines()
    except OSError:
        return False
    version = ".".join(str(part) for part in sys.version_info[:3])
    return f"version = {version}" in lines and python_of(environment).exists()


def install(environment: Path, lock: str) -> None:
    """Install the lock by plain pip, hashes checked, with bytecode so that the first start is quick too."""
    requirements = ROOT / "requirements" / f"{lock}.txt"
    total = sum("==" in line for line in requirements.read_text().splitlines())
    print(f"Installing the {total} packages of requirements/{lock}.txt ...", flush=True)
    surroundings = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [
        *pip_for(environment),
        *("install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"),
        *("--require-hashes", "-r", str(requirements)),
    ]
    log = environment / "install.log"
    with (
        log.open("w") as record,
        subprocess.Popen(
            command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as pip,
    ):
        show_progress(pip.stdout or (), record, total)
    if pip.returncode:
        ending = "\n".join(log.read_text().splitlines()[-15:])
        raise LaunchError(f"The packages could not be installed. The end of {log}:\n{ending}")


def pip_for(environment: Path) -> list[str]:
    """Pip of the environment, else this Python's own pip, told where to install."""
    if list(site_packages(environment).glob("pip-*.dist-info")):
        return [str(python_of(environment)), "-m", "pip"]
    if importlib.util.find_spec("pip") is None:
        raise LaunchError(
            "This Python has neither ensurepip nor pip. On Debian and Ubuntu: apt-get install python3-venv."
        )
    return [sys.executable, "-m", "pip", "--python", str(python_of(environment))]


def show_progress(lines: Iterable[str], record: TextIO, total: int) -> None:
    """Keep what pip says in `record`; on the terminal one line that moves, elsewhere one line a step."""
    found = 0
    for line in lines:
        record.write(line)
        if line.startswith("Collecting "):
            found += 1
            report(f"  {found} of {total}: {line.split()[1].split('==')[0]}", moving=True)
        elif line.startswith("Installing collected packages"):
            report(f"  {total} packages are here; unpacking them ...", moving=False)


def report(text: str, *, moving: bool) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="" if moving else "\n", flush=True)
    elif not moving:
        print(text, flush=True)
