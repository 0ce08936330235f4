"""Files and API say what the page says: the same rows, the same words, the same silence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from people.models import Person, Unit
from surveys.models import Wave
from surveys.overview import CSV_HEAD
from surveys.report_rows import report_head, report_rows
from surveys.sheets import printed_unit, upper_levels
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_line, make_person, make_unit
from tests.factories.surveys import (
    answer,
    cast,
    days_ago,
    make_instrument,
    make_live_wave,
    make_published_wave,
    make_short_instrument,
    make_wave,
    publish,
    spread_answers,
)
from tests.surveys.test_published_comments import commented_wave
from tests.world import World
from web.paging import SHORT
from web.pdf import Mark

SignIn = Callable[[Person], Client]


def get(client: Client, world: World, name: str, *arguments: object, **query: object) -> Any:
    answer = client.get(reverse(name, args=[world.slug, *arguments]), query)
    assert answer.status_code == 200
    return answer


def csv_rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def xlsx_rows(answer: Any, sheet: int = 0) -> list[list[object]]:
    """The cells as they are typed, empty ones as in a CSV file."""
    found = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[sheet]
    return [["" if value is None else value for value in row] for row in found.iter_rows(values_only=True)]


def typed(rows: list[list[str]] | list[list[object]]) -> list[list[object]]:
    """Rows of a CSV file as a spreadsheet takes them: what looks like a number is one."""
    return [
        [float(str(cell)) if re.fullmatch(r"-?\d+(\.\d+)?", str(cell)) else cell for cell in row]
        for row in rows
    ]


def printed(rows: list[list[object]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def pdf_of(answer: Any) -> tuple[int, str]:
    """Its pages and its words, whatever the line breaks."""
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    words = " ".join(page.extract_text() for page in reader.pages)
    return len(reader.pages), squeezed(words)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def surveyed(world: World, sizes: dict[str, int]) -> tuple[Wave, dict[str, Unit]]:
    """Cardiology with thirty people, and units beside it."""
    units = {name: make_unit(world.organization, name, parent=world.root) for name in sizes}
    wave = make_wave(make_instrument(world.organization), title="Staff survey 2025")
    answers = {world.unit: spread_answers(30)}
    answers |= {units[name]: spread_answers(n, seed=place) for place, (name, n) in enumerate(sizes.items())}
    cast(wave, answers)
    publish(wave, by=world.stella)
    return wave, units


def test_every_file_of_a_report_has_the_rows_of_the_page(mercy: World, sign_in: SignIn) -> None:
    wave, _ = surveyed(mercy, {"Recovery": 12})
    client, where = sign_in(mercy.mara), (wave.pk, mercy.unit.pk)
    page = get(client, mercy, "surveys:report", *where)
    rows = report_rows(page.context)
    assert len(rows) > 20
    html = page.content.decode()
    for row in rows:
        assert escape(row.what) in html or row.what in {"Compared with the organisation", "Change"}
        for words in (row.figure, row.interval, row.withheld):
            # The page sets the unit of a figure apart.
            assert escape(words.removesuffix(" %")) in html
    from_csv = csv_rows(get(client, mercy, "surveys:report_csv", *where))
    assert from_csv[0] == report_head()
    assert from_csv[1:] == printed([row.values() for row in rows])
    assert xlsx_rows(get(client, mercy, "surveys:report_xlsx", *where)) == typed(from_csv)
    pages, words = pdf_of(get(client, mercy, "surveys:report_pdf", *where))
    assert pages == 1
    for row in rows:
        assert squeezed(row.what) in words
        assert squeezed(row.figure + row.interval) in words
    api = get(client, mercy, "surveys_api:report", *where).json()
    names = ("part", "what", "n", "figure", "unit", "low", "high", "note", "withheld")
    assert [[row[name] for name in names] for row in api["rows"]] == [
        [row.part, row.what, row.n, row.figure, row.unit, *row.ends, row.note, row.withheld] for row in rows
    ]
    for row in rows:
        assert all(end in row.interval for end in row.ends)


def test_figures_of_a_workbook_are_numbers_and_a_second_sheet_says_of_what(
    mercy: World, sign_in: SignIn
) -> None:
    wave, _ = surveyed(mercy, {"Recovery": 12})
    client, where = sign_in(mercy.stella), (wave.pk, mercy.unit.pk)
    answer = get(client, mercy, "surveys:report_xlsx", *where)
    mean = xlsx_rows(answer)[1]
    assert (mean[1], mean[2], mean[4]) == ("Mean", 30, "points")
    assert all(isinstance(mean[place], int | float) for place in (3, 5, 6))
    assert mean[5] < mean[3] < mean[6]  # type: ignore[operator]
    facts = dict(map(tuple, xlsx_rows(answer, 1)[1:]))
    assert facts["Survey"] == "Staff survey 2025"
    assert facts["File is of"] == "Cardiology"
    assert facts["Scale of the index"] == "12 to 60 points"
    (row,) = [
        row for row in xlsx_rows(get(client, mercy, "surveys:wave_xlsx", wave.pk)) if row[0] == "Cardiology"
    ]
    assert row[3] == 30
    assert row[6:9] == [mean[3], *mean[5:7]]
    assert xlsx_rows(get(client, mercy, "surveys:wave_xlsx", wave.pk), 1)[4][1] == "the whole organisation"


def test_no_file_tells_what_the_page_withholds(mercy: World, sign_in: SignIn) -> None:
    wave, units = surveyed(mercy, {"Registry": 3, "Recovery": 8})
    client = sign_in(mercy.stella)
    reason = "not shown: fewer than 5 answers, here or in a group that could be worked out"
    where = (wave.pk, units["Registry"].pk)
    only = [["Leader index", "Mean", *[""] * 6, reason]]
    assert csv_rows(get(client, mercy, "surveys:report_csv", *where))[1:] == only
    assert xlsx_rows(get(client, mercy, "surveys:report_xlsx", *where))[1:] == only
    assert squeezed(reason) in pdf_of(get(client, mercy, "surveys:report_pdf", *where))[1]
    cell = get(client, mercy, "surveys_api:report", *where).json()["cell"]
    numbers = ("n", "mean", "interval_low", "interval_high", "percent", "estimate", "agreement")
    assert {cell[name] for name in numbers} == {None}
    assert (cell["state"], cell["withheld"], cell["band"]) == ("withheld", reason, "unknown")


def three_small_teams(world: World) -> tuple[Wave, dict[str, Unit]]:
    """Cardiology, where twelve answer, and teams of four, of whom nobody, three or all do."""
    with tenant_transaction(world.organization.pk):
        teams = {
            name: make_unit(world.organization, name, parent=world.root) for name in ("None", "Some", "All")
        }
        staff = {
            unit: [make_person(world.organization, f"{unit} {number}", unit) for number in range(size)]
            for unit, size in ((world.unit, 12), *((team, 4) for team in teams.values()))
        }
        wave = make_live_wave(make_short_instrument(world.organization), staff, closes_on="2999-12-31")
        for unit, answering in ((world.unit, 12), (teams["Some"], 3), (teams["All"], 4)):
            for number, person in enumerate(staff[unit][:answering]):
                answer(wave, person, [1 + number % 5, 3, 3])
    publish(wave, by=world.stella, at=days_ago(1))
    return wave, teams


def test_nothing_tells_whether_nobody_few_or_all_of_a_small_team_answered(
    committed_mercy: World, sign_in: SignIn
) -> None:
    mercy = committed_mercy
    wave, teams = three_small_teams(mercy)
    client = sign_in(mercy.stella)
    overview = {row[0]: row[1:] for row in csv_rows(get(client, mercy, "surveys:wave_csv", wave.pk))}
    assert overview["Cardiology"][2] == "12"  # there is something to show
    heat = {row[0]: row[2:] for row in csv_rows(get(client, mercy, "surveys:heat_csv", wave.pk))}
    cells = get(client, mercy, "surveys_api:cells", wave.pk).json()["results"]
    api = {cell.pop("unit")["name"]: cell for cell in cells}
    seen = []
    for name, unit in teams.items():
        where = (wave.pk, unit.pk)
        page = get(client, mercy, "surveys:report", *where).content.decode()
        seen.append(
            [
                overview[name][1:],
                heat[name],
                {key: value for key, value in api[name].items() if key != "unit"},
                csv_rows(get(client, mercy, "surveys:report_csv", *where)),
                csv_rows(get(client, mercy, "surveys:unit_trends_csv", unit.pk)),
                re.findall(r"Not shown: [^.]*", page),
            ]
        )
    assert seen[0] == seen[1] == seen[2]
    assert any("fewer than 5 answers" in words for words in seen[0][-1])


def test_every_file_of_the_overview_has_the_rows_of_the_page(mercy: World, sign_in: SignIn) -> None:
    wave, _ = surveyed(mercy, {"Registry": 3, "Recovery": 8})
    client = sign_in(mercy.eli)
    screen = get(client, mercy, "surveys:wave", wave.pk).context["rows"]
    expected = printed([list(CSV_HEAD), *[list(row.cells()) for row in screen]])
    assert csv_rows(get(client, mercy, "surveys:wave_csv", wave.pk)) == expected
    assert xlsx_rows(get(client, mercy, "surveys:wave_xlsx", wave.pk)) == typed(expected)
    pages, words = pdf_of(get(client, mercy, "surveys:wave_pdf", wave.pk))
    assert pages == 1
    for row in screen:
        for cell in printed_unit(row):
            if not isinstance(cell, Mark):
                assert squeezed(cell if isinstance(cell, str) else cell.text) in words
    cells = get(client, mercy, "surveys_api:cells", wave.pk).json()["results"]
    assert [cell["unit"]["name"] for cell in cells] == [row.unit for row in screen]
    assert [cell["withheld"] for cell in cells] == [row.withheld for row in screen]


def test_the_overview_takes_as_many_pages_as_it_has_units(mercy: World, sign_in: SignIn) -> None:
    wave, _ = surveyed(mercy, {f"Department of something long {number}": 5 for number in range(45)})
    answer = get(sign_in(mercy.eli), mercy, "surveys:wave_pdf", wave.pk)
    pages, words = pdf_of(answer)
    assert pages > 1
    for number in range(45):
        assert squeezed(f"Department of something long {number}") in words
    for place, page in enumerate(pypdf.PdfReader(io.BytesIO(answer.content)).pages, 1):
        text = squeezed(page.extract_text())
        assert f"Page{place}/{pages}" in text
        assert "Mercy" in text
    rows = get(sign_in(mercy.eli), mercy, "surveys:wave", wave.pk).context["rows"]
    assert len(upper_levels(rows, most=60)) == len(rows) == SHORT
    assert len(upper_levels(rows[1:], most=20)) == 20


def test_more_units_than_can_be_set_are_whole_levels(
    mercy: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, _ = surveyed(mercy, {f"Ward {number}": 5 for number in range(4)})
    monkeypatch.setattr("surveys.sheets.MOST_UNITS", 3)
    words = pdf_of(get(sign_in(mercy.eli), mercy, "surveys:wave_pdf", wave.pk))[1]
    assert squeezed("5 units below these are in the other files.") in words
    assert "Ward0" not in words


def test_the_map_as_a_file_says_what_the_screen_says(mercy: World, sign_in: SignIn) -> None:
    wave, _ = surveyed(mercy, {f"Ward {number}": 12 for number in range(8)} | {"Registry": 3})
    client = sign_in(mercy.eli)
    screen = get(client, mercy, "surveys:heat", wave.pk, within=mercy.root.pk)
    rows = csv_rows(get(client, mercy, "surveys:heat_csv", wave.pk, within=mercy.root.pk))
    assert rows[0][:6] == ["Unit", "Code", "Leader", "n", "Index, % of range", "Index, compared"]
    assert rows[0][6:-1:2] == [f"{group}, % of range" for group in screen.context["groups"]]
    assert rows[1:] == printed([row.values() for row in screen.context["rows"]])
    shown, hidden = rows[2], rows[-1]
    assert shown[4:6] == [screen.context["rows"][1].cells[0].figure.removesuffix(" %"), "no clear difference"]
    assert hidden[3:-1] == [""] * (len(hidden) - 4)
    assert hidden[-1] == screen.context["rows"][-1].withheld != ""
    assert xlsx_rows(get(client, mercy, "surveys:heat_xlsx", wave.pk, within=mercy.root.pk)) == typed(rows)


@pytest.mark.parametrize(("days", "status"), [(6, 403), (8, 200)])
@pytest.mark.parametrize(
    "name", ["surveys:report_csv", "surveys:report_xlsx", "surveys:report_pdf", "surveys_api:report"]
)
def test_files_and_api_keep_the_managers_days(
    mercy: World, sign_in: SignIn, name: str, days: int, status: int
) -> None:
    wave = make_published_wave(mercy, published_at=days_ago(days))
    make_line(mercy.mara, mercy.olga)
    url = reverse(name, args=[mercy.slug, wave.pk, mercy.unit.pk])
    assert sign_in(mercy.mara).get(url).status_code == 200
    assert sign_in(mercy.olga).get(url).status_code == status
    listed = sign_in(mercy.olga).get(reverse("surveys_api:mine", args=[mercy.slug])).json()["results"]
    assert len(listed) == (status == 200)


def test_the_api_lists_waves_with_their_figures(mercy: World, sign_in: SignIn) -> None:
    wave, _ = surveyed(mercy, {"Recovery": 12})
    (entry,) = get(sign_in(mercy.stella), mercy, "surveys_api:waves").json()["results"]
    assert (entry["id"], entry["title"], entry["n"]) == (str(wave.pk), "Staff survey 2025", 42)
    assert 12 < entry["mean"] < 60


def test_files_and_lists_ask_as_often_for_four_units_as_for_one(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.stella)
    one, _ = surveyed(mercy, {})
    addresses = ("surveys:wave_xlsx", "surveys:wave_pdf", "surveys_api:cells")

    def asked(wave: Wave) -> dict[str, int]:
        counts = {name: queries_of(client, reverse(name, args=[mercy.slug, wave.pk])) for name in addresses}
        report = reverse("surveys:report_pdf", args=[mercy.slug, wave.pk, mercy.unit.pk])
        return counts | {"report": queries_of(client, report)}

    few = asked(one)
    many = make_wave(one.instrument, title="Next")
    more = [make_unit(mercy.organization, f"Ward {number}", parent=mercy.root) for number in range(3)]
    cast(many, {unit: spread_answers(12) for unit in [mercy.unit, *more]})
    publish(many, by=mercy.stella)
    assert asked(many) == few
    assert max(few.values()) <= 16


def test_what_people_wrote_is_in_the_files_too_and_the_one_page_says_where(
    committed_mercy: World, sign_in: SignIn
) -> None:
    mercy = committed_mercy
    wave = commented_wave(mercy, {"North": 6, "South": 6})
    client, where = sign_in(mercy.mara), (wave.pk, mercy.unit.pk)
    shown = get(client, mercy, "surveys:report", *where).context["comments"]
    assert len(shown) == 12
    rows = csv_rows(get(client, mercy, "surveys:report_csv", *where))
    assert [row[1] for row in rows if row[0] == "What people wrote"] == shown
    words = pdf_of(get(client, mercy, "surveys:report_pdf", *where))[1]
    assert squeezed("12 comments are read on the page itself.") in words
    assert squeezed("North says") not in words


def test_a_behaviour_told_as_a_bound_is_no_figure_anywhere(mercy: World, sign_in: SignIn) -> None:
    """All of thirty gave the highest answers to the questions of one behaviour."""
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {mercy.unit: [[5.0, 5.0, 5.0, *row[3:]] for row in spread_answers(30)]})
    publish(wave, by=mercy.stella)
    client, where = sign_in(mercy.stella), (wave.pk, mercy.unit.pk)
    page = get(client, mercy, "surveys:report", *where)
    figures = {row.what: row.figure for row in report_rows(page.context) if row.part == "Behaviours"}
    bound = figures["Include"]
    assert re.fullmatch(r"\d+ % or more", bound)
    assert any(re.fullmatch(r"\d+ %", figure) for figure in figures.values())
    assert f">{bound}<" in page.content.decode()
    for rows in (
        csv_rows(get(client, mercy, "surveys:report_csv", *where)),
        xlsx_rows(get(client, mercy, "surveys:report_xlsx", *where)),
        [list(row.values()) for row in get(client, mercy, "surveys_api:report", *where).json()["rows"]],
        csv_rows(get(client, mercy, "surveys:unit_trends_csv", mercy.unit.pk)),
    ):
        [row] = [row for row in rows if row[1] == "Include"]
        assert [cell for cell in row if "%" in cell] == [bound]


def test_the_api_tells_of_everybody_as_of_a_unit(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(14)})
    publish(wave, by=mercy.stella)
    client = sign_in(mercy.stella)
    [everybody] = get(client, mercy, "surveys_api:waves").json()["results"]
    cells = get(client, mercy, "surveys_api:cells", wave.pk).json()["results"]
    [unit] = [cell for cell in cells if cell["unit"]["id"] == str(mercy.unit.pk)]
    same = ("n", "mean", "bound", "interval_low", "interval_high", "percent")
    assert [everybody[name] for name in same] == [unit[name] for name in same]
    assert everybody["interval_low"] >= everybody["scale_low"]
