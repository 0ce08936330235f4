"""Run the benchmarks, print their figures and write them to docs/benchmarks.md."""

from __future__ import annotations

import os
import sys
import time

import django

from bench.machine import describe_machine
from bench.modules import find_benchmarks
from bench.report import Section, line_of, write_report


def main(wanted: list[str]) -> int:
    """Run all benchmarks, or those named; the exit code is 1 if a figure fails."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicleader.settings")
    django.setup()
    machine = describe_machine()
    print(machine)
    sections = []
    for benchmark in find_benchmarks(wanted):
        print(f"\n{benchmark.title}", flush=True)
        began = time.perf_counter()
        figures = []
        for figure in benchmark.measure():
            print(f"  {line_of(figure)}", flush=True)
            figures.append(figure)
        print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)
        sections.append(Section(benchmark.name, benchmark.title, tuple(figures)))
    write_report(sections, machine)
    return int(any(figure.verdict == "fails" for section in sections for figure in section.figures))


sys.exit(main(sys.argv[1:]))
