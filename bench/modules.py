"""Finding the benchmarks: every module of the package that has a `measure`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import bench
from bench.figures import Figure


@dataclass(frozen=True, slots=True)
class Benchmark:
    name: str
    title: str  # first line of the module's docstring
    measure: Callable[[], Iterable[Figure]]


def find_benchmarks(wanted: list[str]) -> list[Benchmark]:
    """All of them by name, or the wanted ones. Raises ValueError for a name that is none."""
    found = {}
    for info in pkgutil.iter_modules(bench.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"bench.{info.name}")
        if hasattr(module, "measure"):
            title = (module.__doc__ or info.name).strip().splitlines()[0].rstrip(".")
            found[info.name] = Benchmark(info.name, title, module.measure)
    unknown = set(wanted) - set(found)
    if unknown:
        raise ValueError(f"No such benchmark: {', '.join(sorted(unknown))}. There are {', '.join(found)}.")
    return [benchmark for name, benchmark in found.items() if not wanted or name in wanted]
