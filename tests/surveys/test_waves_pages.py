"""What the pages of results show, to whom, and what they never show."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Person, Unit
from surveys.models import PublishedIndex, Wave
from surveys.report import ItemLine, common_n
from tenancy.scope import tenant_scope
from tests.due import due_items
from tests.factories.people import make_appointment, make_line, make_position, make_unit
from tests.factories.surveys import (
    cast,
    days_ago,
    make_instrument,
    make_published_wave,
    make_short_instrument,
    make_wave,
    make_workplace_instrument,
    member_of,
    publish,
    spread_answers,
)
from tests.world import World

SignIn = Callable[[Person], Client]


def page_of(client: Client, world: World, name: str, *arguments: object) -> str:
    answer = client.get(reverse(f"surveys:{name}", args=[world.slug, *arguments]))
    assert answer.status_code == 200
    return answer.content.decode()


def wave_with_small_units(world: World) -> tuple[Wave, Unit, Unit]:
    """Thirty in Cardiology, eight in Recovery, three in the Registry, which nobody may see."""
    middle, small = (
        make_unit(world.organization, name, parent=world.root) for name in ("Recovery", "Registry")
    )
    wave = make_wave(make_instrument(world.organization), title="Staff survey 2025")
    cast(
        wave,
        {
            world.unit: spread_answers(30),
            middle: spread_answers(8, seed=2),
            small: [[1.0] * 12, [2.0] * 12, [1.0] * 12],
        },
    )
    publish(wave, by=world.stella)
    return wave, middle, small


def test_the_overview_shows_units_in_tree_order_and_says_why_others_are_not_shown(
    mercy: World, sign_in: SignIn
) -> None:
    wave, _, _ = wave_with_small_units(mercy)
    html = page_of(sign_in(mercy.eli), mercy, "wave", wave.pk)
    assert "n = 30" in html  # there is something to show
    assert html.index("Cardiology") < html.index("Recovery") < html.index("Registry")
    assert html.count("not shown: fewer than 5 answers, here or in a group that could be worked out") == 2
    for secret in ("n = 3<", "n = 8<", "12.0", "16.0"):
        assert secret not in html


def test_the_export_equals_the_screen(mercy: World, sign_in: SignIn) -> None:
    wave, _, _ = wave_with_small_units(mercy)
    client = sign_in(mercy.stella)
    screen = client.get(reverse("surveys:wave", args=[mercy.slug, wave.pk])).context["rows"]
    content = client.get(reverse("surveys:wave_csv", args=[mercy.slug, wave.pk])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) == 5
    assert rows[1:] == [[str(cell) for cell in row.cells()] for row in screen]
    assert rows[2][0:4] == ["Cardiology", mercy.unit.external_id, "Mara Mercy", "30"]
    assert rows[4][3:12] == [""] * 9


def test_the_overview_can_be_narrowed_to_a_part_of_the_organization(mercy: World, sign_in: SignIn) -> None:
    ward = make_unit(mercy.organization, "Ward 1", parent=mercy.unit)
    other = make_unit(mercy.organization, "Surgery", parent=mercy.root)
    wave = make_wave(make_short_instrument(mercy.organization))
    cast(wave, {ward: spread_answers(6, items=3), other: spread_answers(7, items=3)})
    publish(wave, by=mercy.stella)
    client = sign_in(mercy.henry)
    url = reverse("surveys:wave", args=[mercy.slug, wave.pk])
    assert [row.unit for row in client.get(url).context["rows"]] == [
        "Mercy Hospital",
        "Cardiology",
        "Ward 1",
        "Surgery",
    ]
    within = client.get(url, {"within": mercy.unit.pk}).context["rows"]
    assert [row.unit for row in within] == ["Cardiology", "Ward 1"]


def test_a_report_shows_index_interval_behaviours_and_questions(mercy: World, sign_in: SignIn) -> None:
    wave, _, _ = wave_with_small_units(mercy)
    with tenant_scope(mercy.organization.pk):
        cell = PublishedIndex.objects.get(wave=wave, unit=mercy.unit)
    html = page_of(sign_in(mercy.mara), mercy, "report", wave.pk, mercy.unit.pk)
    assert "How the people of this unit see your leadership." in html
    assert f"{cell.mean:.1f}" in html
    assert f"{cell.low:.1f} to {cell.high:.1f}" in html
    assert f"{cell.percent:.0f}" in html
    for text in (
        "Include",
        "Recognise",
        "My immediate leader treats me with respect.",
        "not cause",
        "Dyrbye",
    ):
        assert text in html


@pytest.mark.parametrize("place", [1, 2])
def test_a_suppressed_report_has_no_figure_whoever_asks(mercy: World, sign_in: SignIn, place: int) -> None:
    found = wave_with_small_units(mercy)
    unit = found[place]
    assert isinstance(unit, Unit)
    html = page_of(sign_in(mercy.stella), mercy, "report", found[0].pk, unit.pk)
    assert "This result is not shown" in html
    assert reverse("surveys:report", args=[mercy.slug, found[0].pk, mercy.root.pk]) in html
    assert reverse("surveys:unit_trends", args=[mercy.slug, unit.pk]) in html
    for word in ("95 % interval", "n = ", "Favourable", "percent"):
        assert word not in html


def test_below_ten_there_are_no_behaviours_questions_or_distribution(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(9)})
    publish(wave, by=mercy.stella)
    html = page_of(sign_in(mercy.mara), mercy, "report", wave.pk, mercy.unit.pk)
    assert "n = 9" in html
    assert "Fewer than 10 answers" in html
    assert "treats me with respect" not in html
    assert "How scores are spread" not in html


def test_a_question_with_too_few_answers_keeps_its_place_and_says_so(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_instrument(mercy.organization))
    answers = spread_answers(11)
    for row in answers[:2]:
        row[1] = np.nan  # nine answers to "treats me with respect"
    cast(wave, {mercy.unit: answers})
    publish(wave, by=mercy.stella)
    answer = sign_in(mercy.mara).get(reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk]))
    words = "not shown: fewer than 10 answers, here or in a group that could be worked out"
    assert [line.text for line in answer.context["items"] if line.withheld] == [
        "My immediate leader treats me with respect."
    ]
    assert len(answer.context["items"]) == 12
    html = answer.content.decode()
    assert html.count(words) == 1
    assert "1 of its 3 questions not shown" in html
    assert "n = 9" not in html


def test_no_part_of_a_report_is_of_fewer_than_five_people(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_instrument(mercy.organization))
    content = [[5.0, *[4.0] * 11] for _ in range(9)]
    cast(wave, {mercy.unit: [*content, [1.0] * 12]})
    publish(wave, by=mercy.stella)
    with tenant_scope(mercy.organization.pk):
        kept = PublishedIndex.objects.get(wave=wave, unit=mercy.unit)
        assert (kept.n, kept.sd, kept.histogram) == (10, None, None)  # all but one are alike
    answer = sign_in(mercy.mara).get(reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk]))
    assert {(line.favourable, line.interval) for line in answer.context["items"]} == {
        ("60 % or more", "not shown")
    }
    assert answer.context["histogram"] is None
    assert "it takes three ranges of scores with 5 people or more in each" in answer.content.decode()
    assert "90 %" not in answer.content.decode()


def test_columns_of_the_spread_hold_five_people_or_more(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(60)})
    publish(wave, by=mercy.stella)
    for name, arguments in {"report": [wave.pk, mercy.unit.pk], "wave": [wave.pk]}.items():
        figure = (
            sign_in(mercy.stella)
            .get(reverse(f"surveys:{name}", args=[mercy.slug, *arguments]))
            .context["histogram"]
        )
        counts = [int(row[1]) for row in figure.table.rows]
        assert sum(counts) == 60
        assert min(counts) >= 5
        assert figure.table.rows[0][0].startswith("12–")
        assert figure.table.rows[-1][0].endswith("–60")


def test_intervals_end_where_the_scale_ends(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_short_instrument(mercy.organization))
    scores = [(5.0, 5.0), (5.0, 5.0), (5.0, 4.0), (5.0, 1.0), (4.0, 1.0), (5.0, 5.0)]
    cast(wave, {mercy.unit: [[*score, 3.0] for score in scores]})
    publish(wave, by=mercy.stella)
    with tenant_scope(mercy.organization.pk):
        kept = PublishedIndex.objects.get(wave=wave, unit=mercy.unit)
        assert kept.high is not None
        assert kept.high > 10  # the kept figure leaves the scale of 2 to 10
    client = sign_in(mercy.stella)
    row = client.get(reverse("surveys:wave", args=[mercy.slug, wave.pk])).context["rows"][-1]
    report = client.get(reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk]))
    assert row.interval.endswith(" to 10.0")
    assert report.context["interval"] == row.interval


def shifted_waves(world: World, *levels: int) -> list[Wave]:
    """Waves of the short instrument, a year apart, each with 18 people around a level."""
    instrument = make_short_instrument(world.organization)
    waves = []
    for year, level in enumerate(levels):
        closed = dt.date(2024 + year, 10, 31)
        wave = make_wave(
            instrument, title=f"Survey {2024 + year}", opens_on=dt.date(2024 + year, 10, 1), closes_on=closed
        )
        cast(wave, {world.unit: [[level - 1 + n % 3, level - 1 + n // 3 % 3, 3.0] for n in range(18)]})
        publish(wave, by=world.stella)
        waves.append(wave)
    return waves


def test_what_holds_for_every_question_is_said_once(mercy: World, sign_in: SignIn) -> None:
    wave, _, _ = wave_with_small_units(mercy)
    answer = sign_in(mercy.mara).get(reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk]))
    html = answer.content.decode()
    assert answer.context["items_n"] == "30"
    assert "n = 30 for each" in html
    assert '<td class="num" data-label="n">30</td>' not in html
    hidden = ItemLine("Q2", "G", withheld="not shown")
    lines = [ItemLine("Q1", "G", n="30"), hidden, ItemLine("Q3", "G", n="29")]
    assert (common_n(lines[:2]), common_n(lines), common_n([])) == ("30", "", "")


def test_the_verdict_comes_before_the_figures(mercy: World, sign_in: SignIn) -> None:
    _, last = shifted_waves(mercy, 2, 4)
    html = page_of(sign_in(mercy.mara), mercy, "report", last.pk, mercy.unit.pk)
    order = ("headline-figure", "Clear rise", "How sure this is", "How to read this")
    places = [html.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("before", "after", "words"), [(2, 4, "clear rise"), (4, 2, "clear fall"), (3, 3, "no clear change")]
)
def test_change_against_the_last_wave_is_said_in_words(
    mercy: World, sign_in: SignIn, before: int, after: int, words: str
) -> None:
    _, last = shifted_waves(mercy, before, after)
    html = page_of(sign_in(mercy.mara), mercy, "report", last.pk, mercy.unit.pk)
    assert words.capitalize() in html
    assert "since Survey 2024" in html
    assert "Over the years" in html


def test_another_leaders_result_is_not_compared(mercy: World, sign_in: SignIn) -> None:
    first, _ = shifted_waves(mercy, 2, 4)
    with tenant_scope(mercy.organization.pk):
        led = PublishedIndex.objects.filter(unit=mercy.unit).values_list("leader", flat=True)
        assert set(led) == {mercy.mara.pk}
        mercy.mara.appointments.update(start_date=dt.date(2026, 1, 1))
    other = make_wave(first.instrument, title="Later survey", closes_on=dt.date(2025, 12, 1))
    cast(other, {mercy.unit: spread_answers(20, items=3)})
    publish(other, by=mercy.stella)
    html = page_of(sign_in(mercy.stella), mercy, "report", other.pk, mercy.unit.pk)
    assert "The last result is about another leader." in html
    assert "since Survey" not in html


def test_the_leaders_manager_sees_the_report_and_a_successor_does_not(mercy: World, sign_in: SignIn) -> None:
    wave = make_published_wave(mercy)
    url = reverse("surveys:report", args=[mercy.slug, wave.pk, mercy.unit.pk])
    assert sign_in(mercy.colin).get(url).status_code == 403
    make_line(mercy.mara, mercy.colin)
    with tenant_scope(mercy.organization.pk):
        mercy.colin.lines.all().delete()
    assert sign_in(mercy.colin).get(url).status_code == 200
    with tenant_scope(mercy.organization.pk):
        mercy.mara.appointments.update(person=mercy.ada)
    assert sign_in(mercy.ada).get(url).status_code == 403
    assert sign_in(mercy.mara).get(url).status_code == 200


def test_everybody_finds_the_reports_that_concern_them(mercy: World, sign_in: SignIn) -> None:
    make_published_wave(mercy, title="Survey of the year")
    assert "Survey of the year" in page_of(sign_in(mercy.mara), mercy, "waves")
    html = page_of(sign_in(mercy.ada), mercy, "waves")
    assert "Survey of the year" not in html
    assert "No report concerns you" in html


def test_whoever_sees_everything_needs_no_report_of_their_own(mercy: World, sign_in: SignIn) -> None:
    make_published_wave(mercy)
    for person in (mercy.eli, mercy.stella):
        assert "No report concerns you" not in page_of(sign_in(person), mercy, "waves")


@pytest.mark.parametrize("about_leaders", [True, False])
def test_debriefs_and_studies_about_leaders_belong_to_surveys_about_leaders(
    mercy: World, sign_in: SignIn, about_leaders: bool
) -> None:
    make = make_short_instrument if about_leaders else make_workplace_instrument
    last = timezone.localdate() - dt.timedelta(days=20)
    wave = make_wave(make(mercy.organization), opens_on=last - dt.timedelta(days=20), closes_on=last)
    cast(wave, {mercy.unit: spread_answers(12, items=3)})
    publish(wave, by=mercy.stella)
    stella = sign_in(mercy.stella)
    overview, report = (
        page_of(stella, mercy, *page) for page in (("wave", wave.pk), ("report", wave.pk, mercy.unit.pk))
    )
    debriefs = reverse("surveys:wave_debriefs", args=[mercy.slug, wave.pk])
    assert (debriefs in overview, "What studies found" in overview, "What studies found" in report) == (
        about_leaders,
        about_leaders,
        about_leaders,
    )


def test_executives_and_hr_hear_of_a_new_result_for_a_month(mercy: World) -> None:
    make_published_wave(mercy, title="Survey of the year", published_at=days_ago(5))
    on = timezone.localdate()
    with tenant_scope(mercy.organization.pk):
        for person, days, told in (
            (mercy.eli, 0, True),
            (mercy.henry, 0, True),
            (mercy.eli, 30, False),
            (mercy.ada, 0, False),
            (mercy.mara, 0, False),
        ):
            items = due_items("surveys", member_of(person), mercy.slug, on + dt.timedelta(days=days))
            assert ("New result: Survey of the year" in [item.title for item in items]) is told


def test_an_unpublished_wave_has_no_page(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_short_instrument(mercy.organization))
    assert sign_in(mercy.stella).get(reverse("surveys:wave", args=[mercy.slug, wave.pk])).status_code == 404


def test_pages_ask_as_many_questions_for_one_unit_as_for_four(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.stella)

    def asked(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    instrument = make_instrument(mercy.organization)
    one = make_wave(instrument, closes_on=dt.date(2025, 1, 1), opens_on=dt.date(2024, 1, 1))
    cast(one, {mercy.unit: spread_answers(12)})
    publish(one, by=mercy.stella)
    few = {
        name: asked(reverse(f"surveys:{name}", args=[mercy.slug, *arguments]))
        for name, arguments in {
            "waves": [],
            "wave": [one.pk],
            "wave_csv": [one.pk],
            "report": [one.pk, mercy.unit.pk],
        }.items()
    }
    more = [make_unit(mercy.organization, f"Ward {n}", parent=mercy.root) for n in range(3)]
    many = make_wave(instrument, closes_on=dt.date(2025, 6, 1), opens_on=dt.date(2025, 1, 1))
    cast(many, {unit: spread_answers(12) for unit in [mercy.unit, *more]})
    publish(many, by=mercy.stella)
    assert few == {
        name: asked(reverse(f"surveys:{name}", args=[mercy.slug, *arguments]))
        for name, arguments in {
            "waves": [],
            "wave": [many.pk],
            "wave_csv": [many.pk],
            "report": [many.pk, mercy.unit.pk],
        }.items()
    }
    assert max(few.values()) <= 21


def latest_report(client: Client, world: World) -> str:
    answer = client.get(reverse("surveys:unit_latest", args=[world.slug, world.unit.pk]))
    return answer["Location"] if answer.status_code == 302 else f"{answer.status_code}"


def report_of(world: World, wave: Wave) -> str:
    return reverse("surveys:report", args=[world.slug, wave.pk, world.unit.pk])


def test_the_unit_page_leads_to_its_latest_report(mercy: World, sign_in: SignIn) -> None:
    mara = sign_in(mercy.mara)
    latest = reverse("surveys:unit_latest", args=[mercy.slug, mercy.unit.pk])
    assert latest in mara.get(reverse("people:unit", args=[mercy.slug, mercy.unit.pk])).content.decode()
    assert "No report for you yet" in mara.get(latest).content.decode()
    assert "Import a past survey" in sign_in(mercy.stella).get(latest).content.decode()
    newest = make_published_wave(mercy)
    make_published_wave(mercy, opens_on=dt.date(2024, 10, 1), closes_on=dt.date(2024, 10, 31))
    assert (
        latest_report(mara, mercy) == latest_report(sign_in(mercy.stella), mercy) == report_of(mercy, newest)
    )
    assert latest_report(sign_in(mercy.colin), mercy) == "403"


def test_a_successor_is_led_to_no_report_about_the_predecessor(mercy: World, sign_in: SignIn) -> None:
    wave = make_published_wave(mercy)
    make_appointment(make_position(mercy.unit, "Deputy head", leads_unit=True), mercy.colin)
    assert latest_report(sign_in(mercy.mara), mercy) == report_of(mercy, wave)
    assert "No report for you yet" in page_of(sign_in(mercy.colin), mercy, "unit_latest", mercy.unit.pk)
