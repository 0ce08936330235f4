"""The virtual environment: made once, filled from a hashed lock, left alone while the lock is the same."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from launch.failure import LaunchError
from launch.places import ROOT
from launch.stamps import fingerprint

OLDEST_PYTHON = (3, 11)
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
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise LaunchError(
                f"This Python has no {module} module. On Debian and Ubuntu: apt-get install python3-venv."
            )
    print(f"Making a virtual environment in {environment.name} ...", flush=True)
    command = [sys.executable, "-m", "venv", str(environment)]
    if not matches_this_python(environment):
        command.append("--clear")
    if subprocess.run(command, check=False).returncode:
        raise LaunchError("The virtual environment could not be made; the lines above say why.")


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
    print(f"Installing requirements/{lock}.txt (about a minute the first time) ...", flush=True)
    surroundings = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [
        *(str(python_of(environment)), "-m", "pip", "install", "--disable-pip-version-check"),
        *("--quiet", "--progress-bar", "on", "--require-hashes", "--only-binary", ":all:"),
        *("-r", str(ROOT / "requirements" / f"{lock}.txt")),
    ]
    if subprocess.run(command, env=surroundings, check=False).returncode:
        raise LaunchError(
            "The packages could not be installed; pip's lines above say why. "
            "A package registry must be reachable the first time."
        )
