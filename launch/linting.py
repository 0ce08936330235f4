"""`launch lint`: all linters, and all of their findings at once."""

import os
import subprocess

from launch.failure import LaunchError
from launch.packages import python_of, ready_environment
from launch.places import ROOT

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("lint-imports",),
    ("mypy",),
    # Without a database Django warns that it could not compare; the models are compared all the same.
    ("python", "-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"),
)


def run_linters(arguments: list[str]) -> int:
    """Run every check, all at the same time; the exit code is 1 where one of them found something."""
    if arguments:
        raise LaunchError(f"`launch lint` takes no arguments, and was given {' '.join(arguments)}.")
    programs = python_of(ready_environment("test")).parent
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    surroundings = {**os.environ, "CLINICLEADER_MODE": "test", "PATH": path}
    running = {
        " ".join((program, *rest)): subprocess.Popen(
            [str(programs / program), *rest],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for program, *rest in CHECKS
    }
    failed = []
    for words, process in running.items():
        print(f"== {words}\n{process.communicate()[0]}", end="", flush=True)
        if process.returncode:
            failed.append(words)
    print("\n" + (f"Found something: {', '.join(failed)}" if failed else "All linters are content."))
    return 1 if failed else 0
