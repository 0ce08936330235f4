"""What an attacker reads: index, outcomes and shares, parsed back from overview, reports and their files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import pypdf
from django.test import Client
from django.urls import reverse

from people.models import Unit
from surveys.models import Wave
from surveys.wording import file_cell
from tests.world import World

SIDES = ("Engagement of leaders", "Engagement of the led")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
DECIMAL = re.compile(r"\d+\.\d+")
REPORT_COLUMNS = ("part", "what", "n", "figure", "unit", "low", "high", "note", "withheld")
API_NUMBERS = ("n", "mean", "interval_low", "interval_high", "percent", "estimate", "agreement")
SPREAD = re.compile(r"standard deviation of this unit’s scores is ([0-9.]+)\.")


@dataclass(frozen=True)
class Mean:
    """A mean as printed: it lies between `low` and `high`; `sd` to `half` beside it, where it is told."""

    n: int
    low: float
    high: float
    sd: float | None = None
    half: float = 0.05


@dataclass
class Seen:
    """What the site says of one unit: its index, outcomes by name, how many favoured each question, and the
    engagement of its leaders and of its led."""

    index: Mean | None = None
    outcomes: dict[str, Mean] = field(default_factory=dict)
    favourable: dict[str, tuple[int, float, float]] = field(default_factory=dict)
    sides: dict[str, Mean] = field(default_factory=dict)


def read_site(client: Client, world: World, wave: Wave, units: Mapping[str, Unit]) -> Mapping[str, Seen]:
    """What the site says of the units, by the names given them; every file must say what the page says."""
    text = _text(client, world, "wave_csv", wave.pk)
    table = [dict(row) for row in csv.DictReader(io.StringIO(text))]
    assert _sheet(client, world, "wave_xlsx", wave.pk) == _typed(list(csv.reader(io.StringIO(text))))
    _api_says_the_same(client, world, wave, table)
    # Figures of the one-page file and of the map are among those of the table and of the reports.
    printed = set(DECIMAL.findall(_pdf(client, world, "wave_pdf", wave.pk)))
    assert printed <= set(DECIMAL.findall(text))
    told = {row["Unit"]: row["Percent of range"] for row in table}
    for row in csv.DictReader(io.StringIO(_text(client, world, "heat_csv", wave.pk))):
        assert told[row["Unit"]] == row["Index, % of range"]
    seen: dict[str, Seen] = {}
    names = {unit.external_id: name for name, unit in units.items()}
    for row in table:
        if row["Index"]:
            name = names[row["Code"]]
            seen[name] = _report(client, world, wave, units[name], row)
    return seen


def read_pools(client: Client, world: World, wave: Wave, units: Mapping[str, Unit]) -> Mapping[str, Mean]:
    """The results over several waves that the reports of units without one of their own show, by name."""
    pools = {}
    for name, unit in units.items():
        rows = csv.reader(io.StringIO(_text(client, world, "report_csv", wave.pk, unit.pk)))
        for _part, what, n, figure, *_ in rows:
            if what.endswith("surveys together"):
                pools[name] = _mean(int(n), figure, 0.05, (wave.scale_low, wave.scale_high), None)
    return pools


def _report(client: Client, world: World, wave: Wave, unit: Unit, row: dict[str, str]) -> Seen:
    page = _text(client, world, "report", wave.pk, unit.pk)
    spread = SPREAD.search(page)
    scale = wave.scale_low, wave.scale_high
    seen = Seen(_mean(int(row["n"]), row["Index"], 0.05, scale, float(spread[1]) if spread else None))
    rows = list(csv.reader(io.StringIO(_text(client, world, "report_csv", wave.pk, unit.pk))))
    assert _sheet(client, world, "report_xlsx", wave.pk, unit.pk) == _typed(rows)
    api = _get(client, world, "surveys_api:report", wave.pk, unit.pk).json()["rows"]
    # A file holds numbers where the API, like the page, has "1,234" or "66 %".
    said = [[str(file_cell(line[name])) for name in REPORT_COLUMNS] for line in api]
    assert said == [[str(file_cell(cell)) for cell in row] for row in rows[1:]]
    for part, what, n, figure, *_ in rows:
        if part == "Questions, favourable" and figure:
            seen.favourable[what] = _share(int(n), figure)
        elif part == "Beside the index" and figure:
            seen.outcomes[what] = _mean(int(n), figure, 0.005, (1, 5), None)
        elif what in SIDES:
            seen.sides[what] = _mean(int(n), figure, 0.005, (1, 5), None)
    return seen


def _mean(n: int, words: str, half: float, scale: tuple[float, float], sd: float | None) -> Mean:
    figure = float(words.split(maxsplit=1)[0])
    if words.endswith("or more"):
        return Mean(n, figure, scale[1])
    if words.endswith("or fewer"):
        return Mean(n, scale[0], figure)
    return Mean(n, figure - half, figure + half, sd, half)


def _share(n: int, words: str) -> tuple[int, float, float]:
    """How many of n people, at least and at most, a printed share stands for."""
    share = float(words.split(maxsplit=1)[0]) * n / 100
    half = 0.5 * n / 100
    if words.endswith("or more"):
        return n, share, n
    if words.endswith("or fewer"):
        return n, 0, share
    return n, share - half, share + half


def _api_says_the_same(client: Client, world: World, wave: Wave, table: list[dict[str, str]]) -> None:
    """A mean where the table has one, to the same decimals, and no number where it has none."""
    cells = _get(client, world, "surveys_api:cells", wave.pk).json()["results"]
    assert [cell["unit"]["name"] for cell in cells] == [row["Unit"] for row in table]
    for cell, row in zip(cells, table, strict=True):
        if row["Index"]:
            assert cell["mean"] == float(row["Index"].split(maxsplit=1)[0])
            assert bool(cell["bound"]) == (" or " in row["Index"])
        else:
            assert {cell[name] for name in API_NUMBERS} == {None}


def _sheet(client: Client, world: World, name: str, *arguments: object) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(_get(client, world, name, *arguments).content)).active
    assert sheet is not None
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def _typed(rows: list[list[str]]) -> list[list[object]]:
    """As a spreadsheet takes them: what looks like a number is one."""
    return [[float(cell) if NUMBER.fullmatch(cell) else cell for cell in row] for row in rows]


def _pdf(client: Client, world: World, name: str, *arguments: object) -> str:
    reader = pypdf.PdfReader(io.BytesIO(_get(client, world, name, *arguments).content))
    return " ".join(page.extract_text() for page in reader.pages)


def _get(client: Client, world: World, name: str, *arguments: object) -> Any:
    address = name if ":" in name else f"surveys:{name}"
    answer = client.get(reverse(address, args=[world.slug, *arguments]))
    assert answer.status_code == 200
    return answer


def _text(client: Client, world: World, name: str, *arguments: object) -> str:
    return str(_get(client, world, name, *arguments).content.decode("utf-8-sig"))
