"""The heat map: bands by probability, words beside colours, nothing that disclosure control withheld."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import closing
from importlib import import_module

import numpy as np
import psycopg2
import pytest
from django.test import Client
from django.urls import reverse

from people.enums import Role
from people.models import Person, Unit
from surveys.bands import behaviour_bands, placed, standard_errors
from surveys.enums import ItemPart
from surveys.group_statistics import GroupSums, group_statistics
from surveys.models import PublishedIndex, PublishedScale, Wave
from surveys.shrinkage import Band
from tenancy.models import Organization
from tenancy.scope import Scope, tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_grant, make_person, make_unit
from tests.factories.surveys import (
    cast,
    make_instrument,
    make_published_wave,
    make_wave,
    publish,
    spread_answers,
)
from tests.world import World

SignIn = Callable[[Person], Client]


def test_a_standard_error_is_read_back_from_its_interval() -> None:
    sums = GroupSums(
        n=np.array([20, 12]), total=np.array([60.0, 40.0]), total_squares=np.array([200.0, 150.0])
    )
    statistics = group_statistics(sums)
    found = standard_errors(statistics.n.astype(float), statistics.low, statistics.high)
    np.testing.assert_allclose(found, statistics.se)
    assert np.isnan(standard_errors(np.array([1.0]), np.array([1.0]), np.array([2.0])))[0]


def test_a_mean_is_placed_by_probability_and_not_by_its_order() -> None:
    mean, se = np.array([4.0, 4.0, 3.0, 2.0, np.nan]), np.array([0.1, 2.0, 0.1, 0.1, 0.1])
    assert placed(mean, se, centre=3.0, between_variance=0.25).tolist() == [
        Band.ABOVE,
        Band.AROUND,
        Band.AROUND,
        Band.BELOW,
        Band.UNKNOWN,
    ]
    assert set(placed(mean[:4], se[:4], centre=3.0, between_variance=0.0).tolist()) == {Band.AROUND}


def bands_of(means: list[float], *, above: int = 0, everybody: bool = False) -> list[str]:
    """The bands of units of twenty; the last `above` contain others, the very last perhaps everybody."""
    mean = np.array(means)
    places = np.arange(len(means))
    lowest = places < len(means) - above
    return [
        str(band)
        for band in behaviour_bands(
            np.full(len(means), 20.0),
            mean,
            mean - 0.4,
            mean + 0.4,
            lowest=lowest,
            everybody=(places == len(means) - 1) & everybody,
        )
    ]


def test_behaviours_are_compared_from_eight_units_on() -> None:
    assert set(bands_of([4.0] * 6 + [9.0])) == {Band.UNKNOWN}
    assert bands_of([4.0] * 7 + [9.0])[-1] == Band.ABOVE


def test_a_unit_above_others_is_compared_with_everybody_and_moves_nobody() -> None:
    small = [4.0, 5.0, 6.0, 4.5, 5.5, 5.0, 4.8, 5.2]
    bands = bands_of([*small, 9.5, 7.0, 7.0], above=3, everybody=True)
    # Far above the small teams, and no different from the organisation.
    assert bands[8:] == [Band.ABOVE, Band.AROUND, Band.AROUND]
    assert bands[:8] == bands_of(small)
    assert bands_of([*small, 9.5], above=1)[-1] == Band.UNKNOWN


def test_a_mean_whose_interval_is_not_told_is_not_placed_and_moves_nobody() -> None:
    mean = np.array([4.0, 5.0, 6.0, 4.5, 5.5, 5.0, 4.8, 5.2, 9.0])
    margin = np.where(mean == 9, np.nan, 0.4)
    none = np.zeros(9, dtype=np.bool_)
    found = behaviour_bands(
        np.full(9, 20.0), mean, mean - margin, mean + margin, lowest=~none, everybody=none
    )
    assert found.tolist() == [*bands_of(mean[:8].tolist()), Band.UNKNOWN]


def make_map(world: World) -> tuple[Wave, list[Unit]]:
    """Nine wards below Cardiology, one of them far better, one with four answers only."""
    return make_published_map(world.organization, world.unit, by=world.stella)


def make_published_map(organization: Organization, unit: Unit, *, by: Person) -> tuple[Wave, list[Unit]]:
    wards = [make_unit(organization, f"Ward {number}", parent=unit) for number in range(10)]
    wave = make_wave(make_instrument(organization), title="Annual")
    answers = {ward: spread_answers(24, seed=place) for place, ward in enumerate(wards[:9])}
    answers[wards[0]] = [[5.0] * 12] * 20 + [[4.0] * 12] * 4
    cast(wave, answers | {wards[9]: spread_answers(4)})
    publish(wave, by=by)
    return wave, wards


def test_the_map_shows_one_level_and_opens_the_next(mercy: World, sign_in: SignIn) -> None:
    wave, _ = make_map(mercy)
    client, url = sign_in(mercy.eli), reverse("surveys:heat", args=[mercy.slug, wave.pk])
    top = client.get(url)
    assert [row.unit for row in top.context["rows"]] == ["Mercy Hospital", "Cardiology"]
    assert f"{url}?within={mercy.unit.pk}" in top.content.decode()
    below = client.get(url, {"within": mercy.unit.pk})
    assert [row.unit for row in below.context["rows"]] == [
        "Cardiology",
        *[f"Ward {number}" for number in range(10)],
    ]
    html = below.content.decode()
    assert "clearly above" in html
    assert "band-above" in html
    assert below.context["groups"] == ["Include", "Inform", "Inquire", "Develop", "Recognise"]


def test_all_lowest_units_stand_side_by_side_those_that_are_not_shown_among_them(
    mercy: World, sign_in: SignIn
) -> None:
    wave, wards = make_map(mercy)
    client, url = sign_in(mercy.eli), reverse("surveys:heat", args=[mercy.slug, wave.pk])
    page = client.get(url, {"units": "lowest"})
    assert [row.unit for row in page.context["rows"]] == [ward.name for ward in wards]
    assert page.context["rows"][-1].withheld
    assert [tab.current for tab in page.context["tabs"]] == [False, True]
    within = client.get(page.context["tabs"][1].url, {"within": wards[0].pk, "units": "lowest"})
    assert [row.unit for row in within.context["rows"]] == ["Ward 0"]
    file = client.get(reverse("surveys:heat_csv", args=[mercy.slug, wave.pk]), {"units": "lowest"})
    assert [line.split(",")[0] for line in file.content.decode("utf-8-sig").splitlines()[1:]] == [
        ward.name for ward in wards
    ]


def test_the_publisher_stores_the_bands_of_behaviours(mercy: World, in_mercy: Scope) -> None:
    wave, wards = make_map(mercy)
    stored = PublishedScale.objects.filter(wave=wave)
    assert set(stored.filter(part=ItemPart.OUTCOME).values_list("band", flat=True)) <= {Band.UNKNOWN}
    scales = {scale.unit_id: scale for scale in stored.filter(group="inform")}
    cells = {cell.unit_id: cell for cell in PublishedIndex.objects.filter(wave=wave)}
    ordered = [scales[unit_id] for unit_id in scales]
    lowest = np.array([cells[scale.unit_id].lowest for scale in ordered])
    again = behaviour_bands(
        *(
            np.array([getattr(scale, name) for scale in ordered], dtype=np.float64)
            for name in ("n", "mean", "low", "high")
        ),
        lowest=lowest,
        everybody=np.array([cells[scale.unit_id].depth == 0 for scale in ordered]),
    )
    assert [scale.band for scale in ordered] == again.tolist()
    assert scales[wards[0].pk].band == Band.ABOVE
    assert scales[mercy.unit.pk].band == Band.AROUND


def test_the_migration_gives_earlier_waves_the_bands_that_a_publisher_stores(
    committed_organization: Organization, owner_url: str
) -> None:
    with tenant_transaction(committed_organization.pk):
        root = make_unit(committed_organization)
        steward = make_person(committed_organization, "Stella", root)
        make_grant(steward, Role.SURVEY_STEWARD)
        make_published_map(committed_organization, root, by=steward)
        published = dict(PublishedScale.objects.values_list("pk", "band"))
    assert {Band.ABOVE, Band.AROUND} <= set(published.values())
    migration = import_module("surveys.migrations.0016_behaviour_bands")
    with closing(psycopg2.connect(owner_url)) as owner, owner, owner.cursor() as cursor:
        cursor.execute(
            "UPDATE surveys_publishedscale SET band = 'unknown' WHERE organization_id = %s",
            [committed_organization.pk],
        )
        migration.fill_bands(cursor)
    with tenant_transaction(committed_organization.pk):
        assert dict(PublishedScale.objects.values_list("pk", "band")) == published


def test_a_behaviour_that_is_told_of_no_unit_here_keeps_its_column(mercy: World, sign_in: SignIn) -> None:
    wave, wards = make_map(mercy)
    url = reverse("surveys:heat", args=[mercy.slug, wave.pk])
    page = sign_in(mercy.stella).get(url, {"within": wards[9].pk})
    assert [row.unit for row in page.context["rows"]] == ["Ward 9"]
    assert len(page.context["groups"]) == 5


def test_without_a_behaviour_of_any_unit_there_is_the_index_alone(mercy: World, sign_in: SignIn) -> None:
    wave = make_wave(make_instrument(mercy.organization), title="Seven answered")
    cast(wave, {mercy.unit: spread_answers(7)})
    publish(wave, by=mercy.stella)
    page = sign_in(mercy.stella).get(reverse("surveys:heat", args=[mercy.slug, wave.pk]))
    assert page.context["groups"] == []
    assert {len(row.cells) for row in page.context["rows"]} == {1}


def test_the_map_says_what_a_behaviour_takes_in_this_survey(mercy: World, sign_in: SignIn) -> None:
    wave = make_published_wave(mercy, threshold=12)
    page = sign_in(mercy.stella).get(reverse("surveys:heat", args=[mercy.slug, wave.pk])).content.decode()
    assert "fewer than 12 answers; behaviours need 12." in page


def test_what_is_suppressed_is_hatched_and_says_why(mercy: World, sign_in: SignIn) -> None:
    wave, _ = make_map(mercy)
    url = reverse("surveys:heat", args=[mercy.slug, wave.pk])
    page = sign_in(mercy.stella).get(url, {"within": mercy.unit.pk})
    by_unit = {row.unit: row for row in page.context["rows"]}
    small = by_unit["Ward 9"]
    assert (small.n, small.cells) == ("", [])
    assert "fewer than 5 answers" in small.withheld
    assert 'class="heat-none" colspan="6"' in page.content.decode()
    assert by_unit["Ward 0"].cells[0].words == "clearly above"
    assert len(by_unit["Ward 0"].cells) == 6


def test_everybody_together_is_not_compared_with_everybody(mercy: World, sign_in: SignIn) -> None:
    wave, _ = make_map(mercy)
    rows = sign_in(mercy.stella).get(reverse("surveys:heat", args=[mercy.slug, wave.pk])).context["rows"]
    assert {cell.words for cell in rows[0].cells} <= {"not compared", "not shown"}


@pytest.mark.parametrize("asked", ["nonsense", "", str(uuid.uuid4())])
def test_a_unit_that_is_not_there_is_not_found(mercy: World, sign_in: SignIn, asked: str) -> None:
    wave, _ = make_map(mercy)
    answer = sign_in(mercy.stella).get(reverse("surveys:heat", args=[mercy.slug, wave.pk]), {"within": asked})
    assert answer.status_code == (404 if "-" in asked else 200)


def test_the_map_asks_as_often_for_ten_units_as_for_one(mercy: World, sign_in: SignIn) -> None:
    wave, wards = make_map(mercy)
    client, url = sign_in(mercy.stella), reverse("surveys:heat", args=[mercy.slug, wave.pk])
    one = queries_of(client, f"{url}?within={wards[0].pk}")
    assert queries_of(client, f"{url}?within={mercy.unit.pk}") == one
    assert one <= 14
