"""The heat map: bands by probability, words beside colours, nothing that disclosure control withheld."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person, Unit
from surveys.group_statistics import GroupSums, group_statistics
from surveys.heat import ScaleRow, behaviour_bands, placed, standard_errors
from surveys.models import Wave
from surveys.shrinkage import Band
from tests.counting import queries_of
from tests.factories.people import make_unit
from tests.factories.surveys import cast, make_instrument, make_wave, publish, spread_answers
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


def rows_of(means: list[float]) -> list[ScaleRow]:
    return [ScaleRow(uuid.uuid4(), "inform", 20, mean, 2, 10, mean - 0.4, mean + 0.4) for mean in means]


def test_behaviours_are_compared_from_eight_units_on() -> None:
    seven, eight = rows_of([4.0] * 6 + [9.0]), rows_of([4.0] * 7 + [9.0])
    assert set(behaviour_bands(seven, {row.unit_id for row in seven})) == {Band.UNKNOWN}
    assert behaviour_bands(eight, {row.unit_id for row in eight})[-1] == Band.ABOVE


def test_a_unit_above_others_is_compared_with_everybody_and_moves_nobody() -> None:
    small = rows_of([4.0, 5.0, 6.0, 4.5, 5.5, 5.0, 4.8, 5.2])
    division, alike, everybody = rows_of([9.5, 7.0, 7.0])
    base = {row.unit_id for row in small}
    bands = behaviour_bands([*small, division, alike, everybody], base, {everybody.unit_id})
    # Far above the small teams, and no different from the organisation.
    assert bands[8:] == [Band.ABOVE, Band.AROUND, Band.AROUND]
    assert bands[:8] == behaviour_bands(small, base)
    assert behaviour_bands([*small, division], base)[-1] == Band.UNKNOWN


def make_map(world: World) -> tuple[Wave, list[Unit]]:
    """Nine wards below Cardiology, one of them far better, one with four answers only."""
    wards = [make_unit(world.organization, f"Ward {number}", parent=world.unit) for number in range(10)]
    wave = make_wave(make_instrument(world.organization), title="Annual")
    answers = {ward: spread_answers(24, seed=place) for place, ward in enumerate(wards[:9])}
    answers[wards[0]] = [[5.0] * 12] * 20 + [[4.0] * 12] * 4
    cast(wave, answers | {wards[9]: spread_answers(4)})
    publish(wave, by=world.stella)
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
