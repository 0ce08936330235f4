"""Pooled results from the ballots of two and three waves to the report."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from people.models import Person, Unit
from surveys.models import Instrument, PublishedIndex, PublishedPool, Wave
from surveys.services.closing import close_wave
from surveys.services.publishing import publish_wave
from tenancy.scope import Scope, tenant_transaction
from tests.factories.people import make_person, make_unit
from tests.factories.surveys import (
    answer,
    cast,
    days_ago,
    make_instrument,
    make_live_wave,
    make_short_instrument,
    make_wave,
    member_of,
    publish,
    spread_answers,
)
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def teams(mercy: World, in_mercy: Scope) -> list[Unit]:
    return [make_unit(mercy.organization, name, parent=mercy.unit) for name in ("Small", "Beside", "Large")]


def one_wave(
    mercy: World, instrument: Instrument, teams: list[Unit], year: int, small: int, **fields: int
) -> Wave:
    """A wave in which some people of a small team, eight of another and thirty of a third answered."""
    wave = make_wave(
        instrument,
        opens_on=days_ago(1_400 - 365 * year).date(),
        closes_on=days_ago(1_380 - 365 * year).date(),
        **fields,
    )
    sizes = (small, 8, 30)
    cast(wave, {team: spread_answers(n, seed=10 * year + n) for team, n in zip(teams, sizes, strict=True)})
    return wave


def test_two_waves_are_told_together_and_labelled(mercy: World, teams: list[Unit], sign_in: SignIn) -> None:
    instrument = make_instrument(mercy.organization)
    first = one_wave(mercy, instrument, teams, 0, 3)
    publish(first, by=mercy.stella)
    assert not PublishedPool.objects.exists()
    second = one_wave(mercy, instrument, teams, 1, 4)
    publish(second, by=mercy.stella)
    assert PublishedIndex.objects.get(wave=second, unit=teams[0]).state == "withheld"
    pool = PublishedPool.objects.get()
    assert (pool.wave_id, pool.unit_id, pool.waves, pool.n) == (second.pk, teams[0].pk, 2, 7)
    rows = [*spread_answers(3, seed=3), *spread_answers(4, seed=14)]
    assert pool.mean == pytest.approx(sum(map(sum, rows)) / 7, abs=0.05)
    client = sign_in(mercy.stella)
    page = client.get(reverse("surveys:report", args=[mercy.slug, second.pk, teams[0].pk])).content.decode()
    assert "Two surveys together" in page
    assert f"{pool.mean:.1f}" in page
    assert "n = 7" in page
    overview = client.get(reverse("surveys:wave", args=[mercy.slug, second.pk])).content.decode()
    assert "Two surveys together" in overview
    assert f"{pool.mean:.1f} <span" in overview
    earlier = client.get(reverse("surveys:wave", args=[mercy.slug, first.pk])).content.decode()
    assert "Two surveys together" not in earlier
    file = client.get(reverse("surveys:report_csv", args=[mercy.slug, second.pk, teams[0].pk]))
    assert f"Two surveys together,7,{pool.mean:.1f}" in file.content.decode()


def test_no_two_pooled_results_share_a_wave(mercy: World, teams: list[Unit]) -> None:
    instrument = make_instrument(mercy.organization)
    for year, small in enumerate((3, 4, 3, 4)):
        publish(one_wave(mercy, instrument, teams, year, small), by=mercy.stella)
    pools = PublishedPool.objects.order_by("wave__closes_on")
    assert [(pool.waves, pool.n) for pool in pools] == [(2, 7), (2, 7)]


def test_it_takes_three_waves_where_two_are_not_enough(mercy: World, teams: list[Unit]) -> None:
    instrument = make_instrument(mercy.organization)
    for year in range(3):
        publish(one_wave(mercy, instrument, teams, year, 3, threshold=7), by=mercy.stella)
    assert [(pool.waves, pool.n) for pool in PublishedPool.objects.all()] == [(3, 9)]


def test_a_team_of_two_stays_one_however_often_it_is_asked(mercy: World, teams: list[Unit]) -> None:
    instrument = make_instrument(mercy.organization)
    for year in range(3):
        publish(one_wave(mercy, instrument, teams, year, 2), by=mercy.stella)
    assert not PublishedPool.objects.exists()


def test_waves_published_out_of_order_share_none(mercy: World, teams: list[Unit]) -> None:
    """First and third were pooled. First and second would tell what third and second differ by."""
    instrument = make_instrument(mercy.organization)
    first, second, third = (one_wave(mercy, instrument, teams, year, 3 + year % 2) for year in range(3))
    publish(first, by=mercy.stella)
    publish(third, by=mercy.stella)
    assert PublishedPool.objects.get().wave_id == third.pk
    close_wave(second, by=member_of(mercy.stella))
    with pytest.raises(DatabaseError, match="pooled already"), transaction.atomic():
        pooled_sums(second.pk, first.pk)
    publish_wave(second, by=member_of(mercy.stella))
    assert PublishedPool.objects.count() == 1


def pooled_sums(wave: uuid.UUID, *earlier: uuid.UUID) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_pooled_sums(%s, %s::uuid[])", [wave, list(earlier)])
        return list(cursor.fetchall())


def test_sums_of_an_earlier_wave_come_out_pooled_and_for_a_closed_wave_only(
    mercy: World, teams: list[Unit]
) -> None:
    instrument = make_instrument(mercy.organization)
    first, second = one_wave(mercy, instrument, teams, 0, 3), one_wave(mercy, instrument, teams, 1, 4)
    publish(first, by=mercy.stella)
    with pytest.raises(DatabaseError, match="only between closing and publication"), transaction.atomic():
        pooled_sums(second.pk, first.pk)
    close_wave(second, by=member_of(mercy.stella))
    ((unit, ns, *_),) = pooled_sums(second.pk, first.pk)
    assert (unit, ns) == (teams[0].pk, [3, 4])  # of no team that was large enough in any wave
    other = one_wave(mercy, make_instrument(mercy.organization), teams, 0, 3)
    for earlier in ([], [other.pk], [second.pk], [first.pk, first.pk], [uuid.uuid4()]):
        with pytest.raises(DatabaseError, match="published waves of the same terms"), transaction.atomic():
            pooled_sums(second.pk, *earlier)


def test_a_pooled_result_can_neither_be_changed_nor_deleted(mercy: World, teams: list[Unit]) -> None:
    instrument = make_instrument(mercy.organization)
    for year in range(2):
        publish(one_wave(mercy, instrument, teams, year, 4), by=mercy.stella)
    pools = PublishedPool.objects.all()
    assert pools.count() == 1
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        pools.update(n=99)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        pools._raw_delete("default")


def live_wave(
    mercy: World, instrument: Instrument, roll: Mapping[Unit, Sequence[Person]], year: int, few: int
) -> Wave:
    """A wave that ran here, in which everybody answered but in small teams: there the first, or last, few."""
    with tenant_transaction(mercy.organization.pk):
        wave = make_live_wave(
            instrument,
            roll,
            opens_on=days_ago(1_400 - 365 * year).date(),
            closes_on=days_ago(1_380 - 365 * year).date(),
        )
        for people in roll.values():
            small = people[:few] if year == 0 else people[-few:]
            for number, person in enumerate(people if len(people) > 6 else small):
                answer(wave, person, [1 + (number + year) % 5, 1 + number % 4, 3])
    publish(wave, by=mercy.stella)
    return wave


@pytest.fixture
def asked(committed_mercy: World) -> Mapping[Unit, Sequence[Person]]:
    """Four and six people of two small teams, fourteen of a large one, eight beside them."""
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        teams = [make_unit(mercy.organization, name, parent=mercy.unit) for name in ("Four", "Six", "Large")]
        sizes = zip((*teams, mercy.unit), (4, 6, 14, 8), strict=True)
        return {
            team: [make_person(mercy.organization, f"{team.name} {number}", team) for number in range(n)]
            for team, n in sizes
        }


def test_waves_that_ran_here_are_pooled_where_enough_different_people_were_asked(
    committed_mercy: World, asked: Mapping[Unit, Sequence[Person]]
) -> None:
    """Of teams of four and of six, three and four answer: of the four mostly the same ones."""
    with tenant_transaction(committed_mercy.organization.pk):
        instrument = make_short_instrument(committed_mercy.organization)
    for year, few in enumerate((3, 4)):
        live_wave(committed_mercy, instrument, asked, year, few)
    with tenant_transaction(committed_mercy.organization.pk):
        states = PublishedIndex.objects.filter(unit__name__in=["Four", "Six"]).values_list("state", flat=True)
        assert set(states) == {"withheld"}
        assert [(pool.unit.name, pool.n) for pool in PublishedPool.objects.all()] == [("Six", 7)]


def test_a_file_is_never_pooled_with_a_wave_that_ran_here(
    committed_mercy: World, asked: Mapping[Unit, Sequence[Person]]
) -> None:
    """Whoever invents a file with three answers of a team would read off what the three of the wave said."""
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        instrument = make_short_instrument(mercy.organization)
    live = live_wave(mercy, instrument, asked, 0, 3)
    rows = [[3.0, 3.0, 3.0], [2.0, 4.0, 3.0], [4.0, 3.0, 2.0]]
    with tenant_transaction(mercy.organization.pk):
        invented = make_wave(instrument, opens_on=days_ago(400), closes_on=days_ago(390))
        cast(invented, {team: rows if len(people) < 8 else rows * 4 for team, people in asked.items()})
        close_wave(invented, by=member_of(mercy.stella))
        with pytest.raises(DatabaseError, match="published waves of the same terms"), transaction.atomic():
            pooled_sums(invented.pk, live.pk)
        publish_wave(invented, by=member_of(mercy.stella))
        assert not PublishedPool.objects.exists()
