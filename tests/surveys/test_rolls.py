"""Who is asked in a wave, where their answers count, and who is left out."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Person, ReportingLine
from surveys.enums import Audience
from surveys.models import RollEntry, SurveyRule, Wave
from surveys.rolls import counted, people_without_leader, rule_in_force, write_roll
from tenancy.scope import Scope
from tests.factories.people import (
    make_appointment,
    make_cohort_membership,
    make_line,
    make_person,
    make_position,
    make_unit,
)
from tests.factories.surveys import make_draft_wave, make_launched_wave, make_workplace_instrument
from tests.world import World

TODAY = timezone.localdate()


def roll(wave: Wave) -> dict[str, tuple[UUID, UUID | None]]:
    """By given name: where the answers count, and about whom they are."""
    write_roll(wave, on=TODAY)
    found = RollEntry.objects.filter(wave=wave).select_related("person")
    return {entry.person.given_name: (entry.unit_id, entry.leader_id) for entry in found}


def asked(wave: Wave) -> set[str]:
    return set(roll(wave))


@pytest.fixture
def tree(mercy: World, in_mercy: Scope) -> dict[str, Any]:
    """Below Cardiology, which Mara leads, a ward that Wanda leads, and in it a bay that nobody leads. Wanda
    reports to Mara, Mara to Eli, who leads the whole hospital."""
    ward = make_unit(mercy.organization, "Ward 1", parent=mercy.unit)
    bay = make_unit(mercy.organization, "Bay A", parent=ward)
    wanda = make_person(mercy.organization, "Wanda", ward)
    nurse = make_person(mercy.organization, "Nina", bay)
    make_appointment(make_position(ward, "Ward manager", leads_unit=True), wanda)
    make_appointment(make_position(mercy.root, "Chief executive", leads_unit=True), mercy.eli)
    for person, leader in ((wanda, mercy.mara), (nurse, wanda), (mercy.mara, mercy.eli)):
        make_line(person, leader)
    return {"ward": ward, "bay": bay, "wanda": wanda, "nina": nurse}


def test_answers_about_a_leader_count_in_the_deepest_unit_that_leader_leads(
    mercy: World, tree: dict[str, Any]
) -> None:
    found = roll(make_draft_wave(mercy))
    assert found == {
        "Ada": (mercy.unit.pk, mercy.mara.pk),
        "Colin": (mercy.unit.pk, mercy.mara.pk),
        "Nina": (tree["ward"].pk, tree["wanda"].pk),
        # Who leads a unit counts in the one above, led by their immediate leader.
        "Wanda": (mercy.unit.pk, mercy.mara.pk),
        "Mara": (mercy.root.pk, mercy.eli.pk),
    }


def test_of_several_units_a_leader_leads_the_deepest_around_the_rater_counts(
    mercy: World, tree: dict[str, Any]
) -> None:
    make_appointment(make_position(tree["ward"], "Deputy", leads_unit=True), mercy.mara)
    make_line(make_person(mercy.organization, "Nora", tree["bay"]), mercy.mara)
    assert roll(make_draft_wave(mercy))["Nora"] == (tree["ward"].pk, mercy.mara.pk)


def test_who_is_led_from_elsewhere_counts_in_the_own_unit(mercy: World, tree: dict[str, Any]) -> None:
    surgery = make_unit(mercy.organization, "Surgery", parent=mercy.root)
    make_line(make_person(mercy.organization, "Sue", surgery), mercy.mara)
    assert roll(make_draft_wave(mercy))["Sue"] == (surgery.pk, mercy.mara.pk)


def test_answers_about_the_workplace_count_in_the_own_unit_and_need_no_leader(
    mercy: World, tree: dict[str, Any]
) -> None:
    found = roll(make_draft_wave(mercy, make_workplace_instrument(mercy.organization)))
    assert len(found) == len(mercy.people) + 2
    assert found["Nina"] == (tree["bay"].pk, tree["wanda"].pk)
    assert found["Mara"] == (mercy.unit.pk, mercy.eli.pk)
    assert found["Stella"] == (mercy.unit.pk, None)


def change_line(person: Person, **fields: dt.date) -> None:
    ReportingLine.objects.filter(person=person).update(**fields)


def change(person: Person, **fields: dt.date) -> None:
    Person.objects.filter(pk=person.pk).update(**fields)


def test_only_who_works_here_and_has_a_leader_that_day_is_asked(mercy: World, in_mercy: Scope) -> None:
    yesterday, tomorrow = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
    people = {
        name: make_person(mercy.organization, name, mercy.unit) for name in ("Gone", "New", "Free", "Last")
    }
    for person in people.values():
        make_line(person, mercy.mara)
    change(people["Gone"], end_date=yesterday)
    change(people["Last"], end_date=TODAY)  # the last day is a working day
    change(people["New"], start_date=tomorrow)
    change_line(people["Free"], end_date=TODAY)  # the first day it no longer holds
    assert asked(make_draft_wave(mercy)) == {"Ada", "Colin", "Last"}


def test_a_leader_who_left_is_nobodys_leader(mercy: World, in_mercy: Scope) -> None:
    change(mercy.mara, end_date=TODAY - dt.timedelta(days=1))
    assert asked(make_draft_wave(mercy)) == set()


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.EVERYBODY, {"Ada", "Colin", "Wanda", "Nina", "Mara"}),
        (Audience.LEADERS, {"Wanda", "Mara"}),
        (Audience.MEMBERS, {"Ada"}),
    ],
)
def test_an_audience(mercy: World, tree: dict[str, Any], audience: Audience, expected: set[str]) -> None:
    assert asked(make_draft_wave(mercy, audience=audience)) == expected


def test_a_unit_is_asked_with_everything_below_and_nothing_beside(mercy: World, tree: dict[str, Any]) -> None:
    workplace = make_workplace_instrument(mercy.organization)
    assert asked(make_draft_wave(mercy, workplace, unit=tree["ward"])) == {"Wanda", "Nina"}


def test_who_leads_the_surveyed_unit_is_not_asked_about_a_leader_above_it(
    mercy: World, tree: dict[str, Any]
) -> None:
    assert asked(make_draft_wave(mercy, unit=tree["ward"])) == {"Nina"}


def test_nothing_counts_above_the_surveyed_unit(mercy: World, tree: dict[str, Any]) -> None:
    make_line(make_person(mercy.organization, "Nora", tree["bay"]), mercy.mara)
    found = roll(make_draft_wave(mercy, unit=tree["ward"]))
    assert found["Nora"] == (tree["bay"].pk, mercy.mara.pk)


def test_a_cohort_is_asked_as_it_is_that_day(mercy: World, in_mercy: Scope) -> None:
    make_cohort_membership(mercy.cohort, mercy.colin, end_date=TODAY)
    assert asked(make_draft_wave(mercy, cohort=mercy.cohort)) == {"Ada"}


def test_nobody_of_another_organization_is_asked(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    assert asked(make_draft_wave(mercy)) == {"Ada", "Colin"}


def test_whoever_was_asked_often_enough_this_quarter_is_left_out(mercy: World, in_mercy: Scope) -> None:
    SurveyRule.objects.create(surveys_per_quarter=1)
    # Ada is in a programme and so asked for the confidence pulse: one survey already.
    assert asked(make_draft_wave(mercy)) == {"Colin"}


def test_surveys_of_the_quarter_count_and_those_before_do_not(mercy: World, in_mercy: Scope) -> None:
    SurveyRule.objects.create(surveys_per_quarter=2)
    make_launched_wave(mercy)
    found = counted(make_draft_wave(mercy), on=TODAY)
    assert (found.asked, found.asked_enough) == (7, 1)  # Ada's second was the wave, with her pulse
    next_quarter = TODAY + dt.timedelta(days=95)
    found = counted(make_draft_wave(mercy), on=next_quarter)
    assert (found.asked, found.asked_enough) == (8, 0)


def test_without_a_rule_three_surveys_a_quarter_are_allowed(in_mercy: Scope) -> None:
    assert (rule_in_force().surveys_per_quarter, rule_in_force().debrief_share) == (3, 80)


def test_a_count_says_what_the_launch_writes(mercy: World, tree: dict[str, Any]) -> None:
    for number in range(3):
        make_line(make_person(mercy.organization, f"N{number}", tree["bay"]), tree["wanda"])
    wave = make_draft_wave(mercy)
    found = counted(wave, on=TODAY)
    assert found.asked == len(roll(wave)) == 8
    assert (found.leaders, found.leaderless, found.asked_enough) == (3, 6, 0)
    assert found.left_out == 6
    # The ward has four; Cardiology with the ward seven, the hospital all eight.
    assert (found.large_units, found.units) == (2, 3)
    # In a survey of Cardiology nothing is counted above it: Mara, who leads it, is not asked.
    within = counted(make_draft_wave(mercy, unit=mercy.unit), on=TODAY)
    assert (within.asked, within.large_units, within.units) == (7, 1, 2)
    within = counted(make_draft_wave(mercy, unit=tree["ward"]), on=TODAY)
    assert (within.asked, within.large_units, within.units) == (4, 0, 1)


def test_a_count_names_some_of_those_without_a_leader(
    mercy: World, in_mercy: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = make_draft_wave(mercy)
    names = {person.given_name for person in people_without_leader(counted(wave, on=TODAY))}
    assert names == {"Mara", "Paula", "Henry", "Olga", "Stella", "Eli", "Aude"}
    monkeypatch.setattr("surveys.rolls.NAMED", 2)
    assert len(people_without_leader(counted(wave, on=TODAY))) == 2


def test_statistics_of_a_small_table_do_not_mislead_the_plan_of_a_large_one(
    mercy: World, in_mercy: Scope
) -> None:
    """Row by row, 73,000 people were counted for more than a minute where PostgreSQL knew of sixty."""
    with CaptureQueriesContext(connection) as captured:
        counted(make_draft_wave(mercy), on=TODAY)
    statements = [query["sql"] for query in captured]
    place = next(place for place, sql in enumerate(statements) if "placed AS" in sql)
    assert "SET LOCAL enable_nestloop = off" in statements[:place]
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        assert cursor.fetchone() == ("on",)


def test_a_roll_is_one_statement_however_many_people(mercy: World, in_mercy: Scope) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            write_roll(make_draft_wave(mercy), on=TODAY)
        return len(captured)

    few = statements()
    for number in range(5):
        make_line(make_person(mercy.organization, f"N{number}", mercy.unit), mercy.mara)
    assert statements() == few
