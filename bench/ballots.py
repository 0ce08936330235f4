"""Ballots of 73,000 people, cast through the site by eight clients at once.

Everything a respondent's own request goes through: gunicorn as it is shipped, the link of the invitation, the
token against forged requests, the form, the scores, the ballot box. Rates and waiting times depend on the
machine; the ratio in processor time stands under Forms.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from urllib.parse import urlencode

from django.utils import timezone

from bench.figures import Figure
from bench.measuring import peak_of_this_process
from bench.organizations import mayo
from surveys.ballot_box import clear_traces, close_box
from surveys.ballot_links import ballot_path
from surveys.models import Instrument, RollEntry, Wave
from surveys.queries import instrument_items
from surveys.services.waves import open_unasked, write_draft
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

CLIENTS = 8
TOKEN = "b" * 32
COOKIE = f"csrftoken={TOKEN}"
LEVELS = (3, 4, 5, 4, 2)


def measure() -> Iterator[Figure]:
    organization = mayo()
    wave, bodies = open_large_wave(organization)
    paths = paths_of(organization, wave)
    with site() as port:
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            waits = [
                wait
                for waited in pool.map(lambda part: cast_all(port, part, bodies), split(paths, CLIENTS))
                for wait in waited
            ]
        took = time.perf_counter() - began
    yield Figure.of_number(
        "time of 1,000 ballots, eight clients at once",
        took / len(paths) * 1_000,
        unit="s",
        target=5,
        limit=10,
        note=f"{len(paths):,} ballots in {took:.0f} s, {len(paths) / took:.0f} a second",
    )
    yield Figure.of_number(
        "waiting time that 95 of 100 ballots stay below",
        statistics.quantiles(waits, n=100)[94] * 1_000,
        unit="ms",
        target=100,
        limit=200,
        note=f"median {statistics.median(waits) * 1_000:.0f} ms, longest {max(waits) * 1_000:.0f} ms",
    )
    yield close_figure(organization, wave, len(paths))


def open_large_wave(organization: Organization) -> tuple[Wave, Iterator[str]]:
    """A wave of the leader index that asks everybody, and filled-in forms in turn."""
    today = timezone.localdate()
    with tenant_transaction(organization.pk, reason="bench"):
        instrument = Instrument.objects.filter(key="leader_index").latest("version")
        wave = write_draft(
            Wave(instrument=instrument, title="Ballots", opens_on=today, closes_on=today.replace(year=2999))
        )
        open_unasked(wave, on=today)
        keys = [item.key for item in instrument_items(instrument)]
    bodies = [
        urlencode(
            {key: LEVELS[(shift + place) % len(LEVELS)] for place, key in enumerate(keys)}
            | {"comment": "", "csrfmiddlewaretoken": TOKEN}
        )
        for shift in range(len(LEVELS))
    ]
    return wave, cycle(bodies)


def paths_of(organization: Organization, wave: Wave) -> list[str]:
    with tenant_transaction(organization.pk):
        entries = RollEntry.objects.filter(wave=wave).order_by("id").only("id", "person_id")
        return [ballot_path(organization, entry) for entry in entries]


def split(paths: list[str], parts: int) -> list[list[str]]:
    return [paths[part::parts] for part in range(parts)]


def cast_all(port: int, paths: list[str], bodies: Iterator[str]) -> list[float]:
    """Send a ballot for each path, one after the other; the seconds each waited."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": COOKIE}
    waited = []
    for path in paths:
        began = time.perf_counter()
        connection.request("POST", path, next(bodies), headers)
        response = connection.getresponse()
        page = response.read()
        waited.append(time.perf_counter() - began)
        if response.status != 200:
            raise RuntimeError(f"A ballot was answered with {response.status}: {page[:300]!r}")
    connection.close()
    return waited


@contextmanager
def site() -> Iterator[int]:
    """The site as it is served, on a port of its own, with two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    served = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        env={**os.environ, "WEB_CONCURRENCY": "2"},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port, served)
        yield port
    finally:
        served.terminate()
        served.wait(30)


def wait_for(port: int, served: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and served.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The site did not start.")


def close_figure(organization: Organization, wave: Wave, ballots: int) -> Figure:
    """Mixing everything, and clearing the space behind it."""
    began = time.perf_counter()
    with tenant_transaction(organization.pk, reason="bench"):
        close_box(wave)
    clear_traces()
    return Figure.of_number(
        f"closing the box of {ballots:,} ballots",
        time.perf_counter() - began,
        unit="s",
        target=None,
        limit=None,
        note=f"memory of this process {peak_of_this_process():.0f} MiB",
    )
