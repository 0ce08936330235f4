"""Leaders and the led, from the launch through the ballot box to what is published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from people.models import Unit
from people.unit_tree import place_units
from surveys.ballot_box import Cast, close_box, take_gap_sums
from surveys.models import GapBlock, PublishedGap, ReleaseCertificate, RollEntry, Wave
from surveys.services.closing import close_wave
from surveys.services.publishing import publish_wave
from tests.factories.people import make_line, make_person, make_unit
from tests.factories.surveys import (
    answer,
    cast,
    make_engagement_instrument,
    make_launched_wave,
    make_live_wave,
    make_wave,
    member_of,
    publish,
    spread_answers,
)
from tests.surveys.compared import LEADERS, LED, TEAMS, Poll, compared_teams
from tests.surveys.reading import rows
from tests.world import World

Turn = Callable[[], None]


@pytest.fixture
def mercy(committed_mercy: World) -> World:
    """Sums are given after the transaction of the close alone."""
    return committed_mercy


@pytest.fixture
def poll(mercy: World, next_transaction: Turn) -> Poll:
    return compared_teams(mercy)


def blocks(wave: Wave) -> dict[str, str]:
    return {
        block.unit.name: block.block.name
        for block in GapBlock.objects.filter(wave=wave).select_related("unit", "block")
    }


def taken(poll: Poll, next_transaction: Turn) -> dict[tuple[str, bool], tuple[int, float]]:
    """The sums of a wave that is closed now, by block and side."""
    close_box(poll.wave)
    next_transaction()
    names = {unit.pk: unit.name for unit in Unit.objects.all()}
    return {(names[unit], leads): (n, total) for unit, leads, n, total in take_gap_sums(poll.wave)}


def published(poll: Poll, world: World, next_transaction: Turn) -> list[PublishedGap]:
    by = member_of(world.stella)
    close_wave(poll.wave, by=by)
    next_transaction()
    publish_wave(poll.wave, by=by)
    return list(PublishedGap.objects.select_related("unit").order_by("position"))


def test_the_roll_says_who_leads_where_engagement_is_asked_for(mercy: World, next_transaction: Turn) -> None:
    """Mara leads Cardiology and has people who report to her; a manager without a unit leads as well."""
    chief = make_person(mercy.organization, "Chief", mercy.unit)
    make_line(make_person(mercy.organization, "Nora", mercy.unit), chief)
    make_line(chief, mercy.mara)
    make_line(mercy.mara, mercy.eli)
    wave = make_launched_wave(mercy, make_engagement_instrument(mercy.organization))
    leads = dict(RollEntry.objects.filter(wave=wave).values_list("person__given_name", "leads"))
    assert {name for name, does in leads.items() if does} == {"Mara", "Chief"}
    assert {leads["Nora"], leads["Rater 0"]} == {False}


def test_where_nothing_asks_about_engagement_the_roll_does_not_say_who_leads(
    mercy: World, next_transaction: Turn
) -> None:
    plain = make_launched_wave(mercy)
    assert set(RollEntry.objects.filter(wave=plain).values_list("leads", flat=True)) == {None}
    assert blocks(plain) == {}


def test_blocks_have_enough_leaders_and_led_of_the_roll(poll: Poll) -> None:
    """Three leaders in each of six teams: the division is the lowest unit with ten."""
    assert blocks(poll.wave) == dict.fromkeys(["Division", *(team.name for team in poll.teams)], "Division")


def test_a_wave_with_too_few_leaders_compares_nobody(mercy: World, next_transaction: Turn) -> None:
    people = [make_person(mercy.organization, f"Person {n}", mercy.unit) for n in range(25)]
    wave = make_live_wave(
        make_engagement_instrument(mercy.organization), {mercy.unit: people}, leaders=people[:9]
    )
    assert blocks(wave) == {}
    for person in people:
        answer(wave, person, [4, 4, 4, 4])
    close_box(wave)
    next_transaction()
    assert take_gap_sums(wave) == []


def test_the_sums_are_those_of_the_answers(poll: Poll, next_transaction: Turn) -> None:
    poll.vote()
    leaders = TEAMS * (4.5 + 5.0 + 4.5)
    led = TEAMS * sum((1 + place % 5 + 2 + place % 3) / 2 for place in range(LED))
    assert taken(poll, next_transaction) == {
        ("Division", True): (TEAMS * LEADERS, pytest.approx(leaders)),
        ("Division", False): (TEAMS * LED, pytest.approx(led)),
    }


def test_answers_that_do_not_count_are_in_no_sum(poll: Poll, next_transaction: Turn) -> None:
    """Too few answers to the index, or none about engagement."""
    poll.vote()
    extra = make_person(poll.wave.organization, "Extra", poll.teams[0])
    assert answer(poll.wave, extra, [4, 4, 4, 4]) == Cast.NOT_ASKED
    assert sum(n for n, _total in taken(poll, next_transaction).values()) == TEAMS * (LEADERS + LED)


def test_incomplete_answers_are_in_no_sum(poll: Poll, next_transaction: Turn) -> None:
    first, second = poll.led[poll.teams[0]][:2]
    everybody = {person for some in (*poll.leaders.values(), *poll.led.values()) for person in some}
    answer(poll.wave, first, [None, None, 5, 5])
    answer(poll.wave, second, [4, 4, None, None])
    for person in everybody - {first, second}:
        answer(poll.wave, person, [4, 4, 3, 3])
    assert {side: n for (_block, side), (n, _total) in taken(poll, next_transaction).items()} == {
        True: TEAMS * LEADERS,
        False: TEAMS * LED - 2,
    }


def test_sums_are_given_between_closing_and_publishing_and_once(
    poll: Poll, mercy: World, next_transaction: Turn
) -> None:
    poll.vote()
    with pytest.raises(DatabaseError, match="only between closing"), transaction.atomic():
        take_gap_sums(poll.wave)
    close_box(poll.wave)
    next_transaction()
    assert len(take_gap_sums(poll.wave)) == 2
    assert take_gap_sums(poll.wave) == []
    publish_wave(poll.wave, by=member_of(mercy.stella))
    with pytest.raises(DatabaseError, match="only between closing"), transaction.atomic():
        take_gap_sums(poll.wave)


@pytest.mark.parametrize(
    "call",
    [
        "surveys_gap_blocks({organization}, '{wave}')",
        "surveys_settle_tallies({organization}, '{wave}')",
        "surveys_join_gap_block({organization}, '{wave}', '{wave}', '{wave}')",
    ],
)
def test_the_inner_functions_are_closed_to_the_application(poll: Poll, call: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(f"SELECT {call.format(organization=poll.wave.organization_id, wave=poll.wave.pk)}")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO surveys_gaptally SELECT gen_random_uuid()",
        "SELECT leads FROM surveys_pendingballot",
        "UPDATE surveys_rollentry SET leads = true",
        "UPDATE surveys_gapblock SET block_id = unit_id",
        "DELETE FROM surveys_gapblock",
        "UPDATE surveys_publishedgap SET gap = 0",
        "DELETE FROM surveys_publishedgap",
    ],
)
def test_the_application_changes_neither_sums_nor_blocks_nor_gaps(poll: Poll, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(statement)


def test_blocks_and_gaps_are_written_in_their_time_alone(poll: Poll, mercy: World) -> None:
    late = GapBlock(wave=poll.wave, unit=mercy.unit, block=poll.teams[0], scale=3)
    with pytest.raises(DatabaseError, match="only while the wave is draft"), transaction.atomic():
        late.save(force_insert=True)
    figures = {
        "leaders_mean": 4,
        "led_mean": 3,
        "gap": 1,
        "low": 0,
        "high": 2,
        "scale_low": 1,
        "scale_high": 5,
    }
    early = PublishedGap(
        wave=poll.wave, unit=poll.teams[0], position=0, depth=0, leaders_n=10, led_n=10, **figures
    )
    with pytest.raises(DatabaseError, match="only while the wave is closed"), transaction.atomic():
        early.save(force_insert=True)


def test_blocks_in_which_too_few_answered_are_joined_at_the_close(
    mercy: World, next_transaction: Turn
) -> None:
    """Two divisions with enough of both on the roll; of one only nine leaders answer."""
    units = [make_unit(mercy.organization, name, parent=mercy.root) for name in ("North", "South")]
    leaders = {unit: [make_person(mercy.organization, f"L{n}", unit) for n in range(12)] for unit in units}
    led = {unit: [make_person(mercy.organization, f"S{n}", unit) for n in range(15)] for unit in units}
    staff = [make_person(mercy.organization, f"R{n}", mercy.root) for n in range(11)]
    wave = make_live_wave(
        make_engagement_instrument(mercy.organization),
        {unit: [*leaders[unit], *led[unit]] for unit in units} | {mercy.root: staff},
        leaders=[*leaders[units[0]], *leaders[units[1]]],
    )
    # Eleven led and no leader are left at the root: it takes in the smaller block, of equals the first.
    assert blocks(wave) == {mercy.root.name: mercy.root.name, "Cardiology": mercy.root.name} | {
        "North": mercy.root.name,
        "South": "South",
    }
    poll = Poll(wave, mercy.root, units, leaders, led)
    for person in (*leaders[units[0]], *led[units[0]], *leaders[units[1]][:9], *led[units[1]], *staff):
        answer(wave, person, [4, 4, 3, 4])
    assert {key: n for key, (n, _total) in taken(poll, next_transaction).items()} == {
        (mercy.root.name, True): 21,
        (mercy.root.name, False): 41,
    }
    assert set(blocks(wave).values()) == {mercy.root.name}


def test_a_root_with_too_few_answers_takes_in_the_block_below(mercy: World, next_transaction: Turn) -> None:
    north = make_unit(mercy.organization, "North", parent=mercy.root)
    people = {
        unit: [make_person(mercy.organization, f"{unit.name} {n}", unit) for n in range(24)]
        for unit in (mercy.root, north)
    }
    wave = make_live_wave(
        make_engagement_instrument(mercy.organization),
        people,
        leaders=[person for some in people.values() for person in some[:12]],
    )
    assert blocks(wave)["North"] == "North"
    for person in (*people[north], *people[mercy.root][5:]):
        answer(wave, person, [4, 4, 3, 4])
    poll = Poll(wave, mercy.root, [north], {}, {})
    assert {key: n for key, (n, _total) in taken(poll, next_transaction).items()} == {
        (mercy.root.name, True): 19,
        (mercy.root.name, False): 24,
    }


def test_where_too_few_of_one_side_answered_at_all_the_sums_are_deleted_at_the_close(
    poll: Poll, next_transaction: Turn
) -> None:
    """Of eighteen leaders nine answer."""
    poll.vote(skip=3)
    assert taken(poll, next_transaction) == {}
    assert blocks(poll.wave) == {}


def test_a_published_wave_tells_the_gap_of_units_with_enough_of_both(
    poll: Poll, mercy: World, next_transaction: Turn
) -> None:
    poll.vote()
    root, division = published(poll, mercy, next_transaction)
    assert (root.unit.name, division.unit.name) == (mercy.root.name, "Division")
    assert (division.leaders_n, division.led_n) == (18, 54)
    assert (division.leaders_mean, division.led_mean, division.gap) == (4.67, 2.89, 1.78)
    assert division.low < division.gap < division.high
    assert division.is_clear
    certificate = ReleaseCertificate.objects.get(wave=poll.wave)
    assert (certificate.gaps, certificate.gaps_withheld) == (2, 0)


def test_leaders_who_all_stand_at_the_end_of_the_scale_are_not_told(
    poll: Poll, mercy: World, next_transaction: Turn
) -> None:
    for team in poll.teams:
        for person in poll.leaders[team]:
            answer(poll.wave, person, [4, 4, 5, 5])
        for place, person in enumerate(poll.led[team]):
            answer(poll.wave, person, [3, 1 + place % 5, 1 + place % 5, 2 + place % 3])
    assert published(poll, mercy, next_transaction) == []
    certificate = ReleaseCertificate.objects.get(wave=poll.wave)
    assert (certificate.gaps, certificate.gaps_withheld) == (0, 2)


def test_units_that_moved_between_blocks_meanwhile_cost_the_gap_of_those_around(
    poll: Poll, mercy: World, next_transaction: Turn
) -> None:
    """A team left the division after the launch: the hospital still has everybody, the division has not."""
    poll.vote()
    Unit.objects.filter(pk=poll.teams[0].pk).update(parent=mercy.unit)
    place_units()
    assert [gap.unit.name for gap in published(poll, mercy, next_transaction)] == [mercy.root.name]


def test_a_wave_from_a_file_has_no_gap(mercy: World, next_transaction: Turn) -> None:
    wave = make_wave(make_engagement_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(60, items=4)})
    publish(wave, by=mercy.stella)
    assert not PublishedGap.objects.exists()
    assert ReleaseCertificate.objects.get(wave=wave).gaps == 0
