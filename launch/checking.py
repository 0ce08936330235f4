"""`launch check`: everything that continuous integration looks at."""

import os
import sys

from launch.failure import LaunchError
from launch.linting import run_linters
from launch.packages import ready_environment
from launch.testing import in_background


def run_checks(arguments: list[str]) -> int:
    """Lint and run all tests side by side; what the linters say comes first, what pytest says last."""
    if arguments:
        raise LaunchError(f"`launch check` takes no arguments, and was given {' '.join(arguments)}.")
    ready_environment("test")  # once, before both need it
    with in_background([sys.executable, "-m", "launch", "test"], dict(os.environ)) as finish_tests:
        print("== lint", flush=True)
        linted = run_linters([])
        print("== test", flush=True)
        tested = finish_tests()
    return linted or tested
