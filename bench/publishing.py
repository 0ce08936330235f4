"""Publishing a wave of 73,000 answers about 5,000 leaders, with its attack and all its rows.

One wave of the leader index and one of the annual survey, each published by a process of its own, as a worker
does. Seconds depend on the machine; the limit is what an organisation would put up with.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from bench.figures import Figure
from bench.waves import closed_wave, led_organization
from surveys.models import Wave

INSTRUMENTS = {"leader_index": "leader index", "annual_survey": "annual survey"}
SECONDS, MEBIBYTES = 600, 1_024


def measure() -> Iterator[Figure]:
    organization = led_organization()
    for key, name in INSTRUMENTS.items():
        yield from figures_of(name, publish_apart(closed_wave(organization, key)))


def publish_apart(wave: Wave) -> dict[str, float]:
    """What publishing takes, in a process that has done nothing else."""
    run = subprocess.run(  # noqa: S603 - our own interpreter and our own arguments
        [sys.executable, "-m", "bench.publication", str(wave.organization_id), str(wave.pk)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    took: dict[str, float] = json.loads(run.stdout)
    return took


def figures_of(name: str, took: dict[str, float]) -> Iterator[Figure]:
    told = (
        f"{took['seconds']:.0f} s by the clock, {took['processor']:.0f} s of processor, with PostgreSQL's; "
        f"{took['programs']:,} integer programs"
    )
    yield Figure.of_number(
        f"{name}: publishing", took["seconds"], unit="s", target=SECONDS, limit=SECONDS, note=told
    )
    yield Figure.of_number(
        f"{name}: peak memory of the process",
        took["memory"],
        unit="MiB",
        target=MEBIBYTES,
        limit=MEBIBYTES,
        note=f"{took['answers']:,} answers and scores attacked, {took['coarsened']:,} figures made coarser, "
        f"{took['cells']:,} units with a mean, {took['debriefs']:,} debriefs opened",
    )
