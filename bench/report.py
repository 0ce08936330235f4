"""The figures as text: a line on the terminal, a table in docs/benchmarks.md.

A run of some benchmarks replaces their sections in the file and leaves the others as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure

REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench`; do not edit by hand. Every ratio compares two things measured in turn in the same
run on the same data; absolute times are not claims. Median (lowest to highest) of n runs.
"""
COLUMNS = """\
| What | Target | Fails above | Measured | n | Memory | Verdict |
| --- | --: | --: | --: | --: | --: | --- |"""


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    title: str
    figures: tuple[Figure, ...]


def line_of(figure: Figure) -> str:
    return f"{figure.name}: {measured(figure)}, target {bound(figure.target, figure)}: {figure.verdict}"


def measured(figure: Figure) -> str:
    middle = bound(figure.median, figure)
    if figure.runs == 1 or figure.low == figure.high:
        return middle
    return f"{middle} ({number(figure.low)} to {number(figure.high)})"


def bound(value: float | None, figure: Figure) -> str:
    if value is None:
        return "-"
    return f"{number(value)}{'' if figure.unit == 'x' else ' '}{figure.unit}"


def number(value: float) -> str:
    """Two decimals below ten, none above a hundred; whole numbers as such."""
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.3f}" if abs(value) < 0.1 else f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"


def row_of(figure: Figure) -> str:
    cells = (
        figure.name.replace("|", "/"),
        bound(figure.target, figure),
        bound(figure.limit, figure),
        measured(figure),
        str(figure.runs),
        "" if figure.memory is None else f"{figure.memory:.0f} MiB",
        f"**{figure.verdict}**" if figure.verdict == "fails" else figure.verdict,
    )
    return f"| {' | '.join(cells)} |"


def text_of(section: Section, machine: str) -> str:
    """A section with its machine: sections of one file may come from different runs."""
    notes = [f"- {figure.name}: {figure.note}" for figure in section.figures if figure.note]
    table = "\n".join([COLUMNS, *map(row_of, section.figures)])
    parts = [
        f"## {section.title}",
        f"<!-- {section.name} -->",
        f"{machine}.",
        table,
        *(["\n".join(notes)] if notes else []),
    ]
    return "\n\n".join(parts) + "\n"


def write_report(sections: Iterable[Section], machine: str, path: Path = REPORT) -> None:
    kept = sections_in(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept |= {section.name: text_of(section, machine) for section in sections}
    path.write_text("\n".join([HEAD, *(kept[name] for name in sorted(kept))]), encoding="utf-8")


def sections_in(report: str) -> dict[str, str]:
    """Name of each section -> its text, as `text_of` wrote it."""
    texts = re.split(r"^(?=## )", report, flags=re.MULTILINE)[1:]
    return {found[1]: text.rstrip() + "\n" for text in texts if (found := re.search(r"<!-- (\w+) -->", text))}
