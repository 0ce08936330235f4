"""The command line: `python3 -m launch run | test | lint | check | bench`."""

import signal
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said here in words, before a newer syntax fails
    sys.exit("ClinicLeader needs Python 3.11 or later; this is " + sys.version.split()[0] + ".")

from launch.checking import run_checks
from launch.failure import LaunchError
from launch.linting import run_linters
from launch.run import run_site
from launch.testing import run_bench, run_tests

USAGE = """usage: python3 -m launch COMMAND [-- ARGUMENTS]

  run      start everything and serve the site until Ctrl-C
  test     run pytest beside a fresh database; ARGUMENTS go to pytest
  lint     style, types, import contracts, missing migrations
  check    lint and test side by side, as continuous integration does
  bench    run the benchmarks beside a fresh database; ARGUMENTS go to them
"""
COMMANDS = {"run": run_site, "test": run_tests, "lint": run_linters, "check": run_checks, "bench": run_bench}


def main(arguments: list[str]) -> int:
    command, *rest = arguments or ["help"]
    if command not in COMMANDS:
        print(USAGE)
        return 0 if command in {"help", "-h", "--help"} else 2
    end_in_order()
    try:
        return COMMANDS[command](rest[1:] if rest[:1] == ["--"] else rest)
    except LaunchError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def end_in_order() -> None:
    """Let signals raise, so that what was started is stopped; Ctrl-C too where a script ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means it
        signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
