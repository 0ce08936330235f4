"""Answers recovered from seeded organisations by an attacker with everything the site shows.

Runs the attack suite (tests/attack) at full size; `ATTACK_ORGANIZATIONS` says how many organisations.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from bench.figures import Figure

ORGANIZATIONS = os.environ.get("ATTACK_ORGANIZATIONS", "30")
SUITE = ("tests/attack/test_reconstruction_attack.py", "tests/attack/test_behaviour_attack.py")
ASSERTED = ("assert ", "AssertionError")
FINISHED = {0, 1}  # all passed, or some did not; anything else is no result


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "attack.xml")
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own arguments
            [sys.executable, "-m", "launch", "test", "--", *SUITE, "-q", f"--junitxml={report}"],
            env=os.environ | {"ATTACK_ORGANIZATIONS": ORGANIZATIONS},
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode not in FINISHED or not report.is_file():
            raise RuntimeError(f"The attack suite did not run:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
        found = recovered(report.read_text())
    yield Figure.of_number(
        "attacks on published results that recovered an answer",
        found,
        unit="attacks",
        target=0,
        limit=0,
        note=f"{ORGANIZATIONS} organisations, several kinds of attack each, and what the walls are for",
    )


def recovered(report: str) -> int:
    """How many attacks of a report of pytest (JUnit XML) found something. Raises RuntimeError where one broke
    instead: nothing can be said of it."""
    suites = ElementTree.fromstring(report)  # noqa: S314 - written by our own run
    failures = [found.get("message", "") for found in suites.iter("failure")]
    broken = [found.get("message", "") for found in suites.iter("error")]
    broken += [message for message in failures if not message.startswith(ASSERTED)]
    if broken:
        raise RuntimeError(f"{len(broken)} attacks broke, the first: {broken[0]}")
    if next(suites.iter("testcase"), None) is None:
        raise RuntimeError("No attack was run.")
    return len(failures)
