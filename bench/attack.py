"""Answers recovered from seeded organisations by an attacker with everything the site shows.

Runs the attack suite (tests/attack) at full size; `ATTACK_ORGANIZATIONS` says how many organisations.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

from bench.figures import Figure

ORGANIZATIONS = os.environ.get("ATTACK_ORGANIZATIONS", "30")
SUITE = "tests/attack/test_reconstruction_attack.py"


def measure() -> Iterator[Figure]:
    run = subprocess.run(  # noqa: S603 - our own interpreter and our own arguments
        [sys.executable, "-m", "launch", "test", "--", SUITE, "-q"],
        env=os.environ | {"ATTACK_ORGANIZATIONS": ORGANIZATIONS},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.search(r"(\d+) failed", run.stdout)
    passed = re.search(r"(\d+) passed", run.stdout)
    if passed is None and failed is None:
        raise RuntimeError(f"The attack suite did not run:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    yield Figure.of_number(
        "attacks on published results that recovered an answer",
        int(failed[1]) if failed else 0,
        unit="attacks",
        target=0,
        limit=0,
        note=f"{ORGANIZATIONS} organisations, two kinds of attack each, and what the walls are for",
    )
