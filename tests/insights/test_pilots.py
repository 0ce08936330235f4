"""Pilots: what is declared before they begin stays, and what their outcomes say."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from insights.models import Pilot, PilotOutcome, PilotUnit, PilotValue
from insights.pilot_enums import Arm, Better, Every, OutcomeKind, Verdict
from insights.pilot_words import cautions, sentence, trend_sentence, verdict_of
from insights.queries.pilots import Reading, outcomes_of, readings, units_of
from insights.services.pilot_values import Measured, enter_values, set_period
from insights.services.pilots import (
    OutcomePlan,
    PilotPlan,
    add_outcome,
    add_unit,
    call_off_pilot,
    change_pilot,
    plan_pilot,
    remove_outcome,
    remove_unit,
)
from people.models import Person
from tenancy.scope import Scope
from tests.factories.people import make_unit
from tests.factories.pilots import (
    DAY,
    QUARTERS,
    STARTED,
    begin,
    make_measured_pilot,
    make_outcome,
    make_pilot,
    make_pilot_unit,
    make_value,
)
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
PLACE = "/o/mercy/insights/pilots/"
FALLS = OutcomePlan("Falls", OutcomeKind.QUALITY, "points", Better.HIGHER, Every.QUARTER)


def plan(name: str = "Dyads", *, days: int = 30, **fields: dt.date | None) -> PilotPlan:
    return PilotPlan(name, "Two lead together.", timezone.localdate() + days * DAY, **fields)  # type: ignore[arg-type]


def read(pilot: Pilot) -> list[Reading]:
    return readings(pilot, outcomes_of(pilot), units_of(pilot))


@pytest.mark.usefixtures("in_mercy")
class TestPlanning:
    def test_hr_alone_plans_and_enters(self, mercy: World) -> None:
        pilot = make_pilot(mercy)
        outcome = make_outcome(pilot)
        unit = make_pilot_unit(pilot, mercy.unit)
        eli = member_of(mercy.eli)
        acts: list[Callable[[], object]] = [
            lambda: plan_pilot(plan("Other"), by=eli),
            lambda: change_pilot(pilot, plan(), by=eli),
            lambda: call_off_pilot(pilot, by=eli),
            lambda: add_unit(pilot, mercy.root, Arm.PILOT, by=eli),
            lambda: remove_unit(unit, by=eli),
            lambda: add_outcome(pilot, FALLS, by=eli),
            lambda: remove_outcome(outcome, by=eli),
            lambda: enter_values([], by=eli),
            lambda: set_period(outcome, QUARTERS[0], {}, by=eli),
        ]
        for act in acts:
            with pytest.raises(PermissionDenied):
                act()
        assert plan_pilot(plan(" Other "), by=member_of(mercy.henry)).name == "Other"

    def test_a_name_is_there_once_and_the_last_day_comes_last(self, mercy: World) -> None:
        henry = member_of(mercy.henry)
        plan_pilot(plan(), by=henry)
        with pytest.raises(ValidationError, match="of this name"):
            plan_pilot(plan(), by=henry)
        with pytest.raises(ValidationError, match="comes after"):
            plan_pilot(plan("Other", ends_on=timezone.localdate()), by=henry)

    def test_the_first_day_moves_only_while_it_lies_ahead(self, mercy: World) -> None:
        henry, pilot = member_of(mercy.henry), make_pilot(mercy)
        moved = change_pilot(pilot, plan("Dyads", days=60), by=henry)
        assert moved.starts_on == timezone.localdate() + 60 * DAY
        with pytest.raises(ValidationError, match="not in the past"):
            change_pilot(pilot, plan(days=-1), by=henry)
        make_outcome(pilot)
        with pytest.raises(ValidationError, match="declared on that day"):
            change_pilot(pilot, plan(days=0), by=henry)
        begun = make_pilot(mercy, "Begun", starts_on=STARTED)
        with pytest.raises(ValidationError, match="first day stays"):
            change_pilot(begun, plan("Begun"), by=henry)
        with pytest.raises(ValidationError, match="it stays"):
            call_off_pilot(begun, by=henry)

    def test_units_are_in_it_once_and_do_not_overlap(self, mercy: World) -> None:
        henry, pilot = member_of(mercy.henry), make_pilot(mercy)
        unit = add_unit(pilot, mercy.unit, Arm.PILOT, by=henry)
        for other, words in ((mercy.unit, "already"), (mercy.root, "overlaps")):
            with pytest.raises(ValidationError, match=words):
                add_unit(pilot, other, Arm.COMPARISON, by=henry)
        remove_unit(unit, by=henry)
        assert add_unit(pilot, mercy.root, Arm.COMPARISON, by=henry).arm == Arm.COMPARISON

    def test_outcomes_are_declared_before_it_begins(self, mercy: World) -> None:
        henry, pilot = member_of(mercy.henry), make_pilot(mercy)
        declared = add_outcome(pilot, FALLS, by=henry)
        assert not declared.exploratory
        with pytest.raises(ValidationError, match="of this name"):
            add_outcome(pilot, FALLS, by=henry)
        begun = make_measured_pilot(mercy, "Begun")
        late = add_outcome(begun, OutcomePlan("Late", *FALLS_AS), by=henry)
        assert late.exploratory
        with pytest.raises(ValidationError, match="before the pilot began"):
            remove_outcome(begun.outcomes.get(exploratory=False), by=henry)
        for outcome in (declared, late):
            remove_outcome(outcome, by=henry)
        assert not PilotOutcome.objects.filter(pk__in=[declared.pk, late.pk]).exists()

    def test_nothing_with_values_is_taken_away(self, mercy: World) -> None:
        henry, pilot = member_of(mercy.henry), make_pilot(mercy)
        outcome, unit = make_outcome(pilot), make_pilot_unit(pilot, mercy.unit)
        make_value(outcome, unit, QUARTERS[0], "1")
        acts: list[Callable[[], None]] = [
            lambda: remove_unit(unit, by=henry),
            lambda: remove_outcome(outcome, by=henry),
            lambda: call_off_pilot(pilot, by=henry),
        ]
        for act in acts:
            with pytest.raises(ValidationError, match="Values were entered"):
                act()


FALLS_AS = (FALLS.kind, FALLS.measure, FALLS.better, FALLS.every)


@pytest.mark.usefixtures("in_mercy")
class TestWhatTheDatabaseHolds:
    @pytest.fixture
    def begun(self, mercy: World) -> Pilot:
        return make_measured_pilot(mercy)

    def refused(self, act: Callable[[], object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

    def test_a_pilot_that_has_begun(self, begun: Pilot) -> None:
        pilots = Pilot.objects.filter(pk=begun.pk)
        self.refused(lambda: pilots.update(starts_on=timezone.localdate() + 30 * DAY))
        PilotValue.objects.filter(outcome__pilot=begun).delete()
        self.refused(lambda: begun.units.all().delete() and pilots.delete())
        self.refused(lambda: PilotOutcome.objects.filter(pilot=begun).delete())
        assert pilots.update(name="Renamed") == 1

    def test_an_outcome_is_never_reworded_nor_added_late_as_declared(self, begun: Pilot) -> None:
        self.refused(lambda: begun.outcomes.update(name="Reworded"))
        self.refused(lambda: make_outcome(begun, "Late"))
        assert make_outcome(begun, "Late", exploratory=True).exploratory

    def test_a_value_is_of_its_pilot_and_of_its_periods(self, mercy: World, begun: Pilot) -> None:
        outcome, unit = begun.outcomes.get(), begun.units.first()
        assert unit is not None
        stranger = make_pilot_unit(make_pilot(mercy, "Other"), mercy.unit)
        quarter = dt.date(2023, 1, 1)
        self.refused(lambda: make_value(outcome, stranger, quarter, "1"))
        self.refused(lambda: make_value(outcome, unit, dt.date(2023, 2, 1), "1"))
        self.refused(lambda: make_value(outcome, unit, dt.date(2023, 1, 2), "1"))
        make_value(outcome, unit, quarter, "1")

    def test_a_value_of_people_says_how_many(self, begun: Pilot) -> None:
        wellbeing = make_outcome(begun, "Wellbeing", kind=OutcomeKind.WELLBEING, exploratory=True)
        unit = begun.units.first()
        assert unit is not None
        self.refused(lambda: make_value(wellbeing, unit, QUARTERS[0], "1"))
        self.refused(lambda: make_value(wellbeing, unit, QUARTERS[0], "1", people=0))
        make_value(wellbeing, unit, QUARTERS[0], "1", people=5)


@pytest.mark.usefixtures("in_mercy")
class TestReading:
    def test_the_difference_of_the_mean_changes(self, mercy: World) -> None:
        pilot = make_measured_pilot(mercy)
        (found,) = read(pilot)
        assert found.difference is not None
        made = found.difference
        assert (made.pilot.n, made.comparison.n, made.left_out) == (3, 2, 0)
        assert made.contrast.value == pytest.approx(5 - 2)
        # Welch over units: sd 1 of three and sqrt(2) of two, 4/3 in square, 1.684 degrees of freedom.
        assert made.contrast.low == pytest.approx(-2.9770, abs=1e-3)
        assert made.contrast.high == pytest.approx(8.9770, abs=1e-3)
        assert verdict_of(found) == Verdict.UNCLEAR
        assert "+3.0 points" in sentence(found)
        assert "it takes three" in trend_sentence(found)
        said = " ".join(cautions(pilot, units_of(pilot), [found]))
        assert "fewer than five in an arm" in said
        assert "named when the pilot had begun" not in said

    def test_the_direction_of_an_outcome_decides_what_is_better(self, mercy: World) -> None:
        pilot = make_pilot(mercy)
        outcomes = [
            make_outcome(pilot, each.value, better=each, declared_on=STARTED - DAY) for each in Better
        ]
        for place, change in enumerate((5, 6, 7, 0, 1, 2)):
            unit = make_unit(mercy.organization, f"Ward {place}", mercy.root)
            arm = make_pilot_unit(pilot, unit, Arm.PILOT if place < 3 else Arm.COMPARISON)
            for outcome in outcomes:
                make_value(outcome, arm, QUARTERS[0], "10")
                make_value(outcome, arm, QUARTERS[2], str(10 + change))
        begin(pilot, STARTED)
        found = {each.outcome.better: verdict_of(each) for each in read(pilot)}
        assert found == {Better.HIGHER: Verdict.BETTER, Better.LOWER: Verdict.WORSE}

    def test_a_value_of_fewer_than_five_people_is_not_known(self, mercy: World) -> None:
        pilot = make_pilot(mercy)
        outcome = make_outcome(pilot, kind=OutcomeKind.WELLBEING, declared_on=STARTED - DAY)
        for place, n in enumerate((5, 4, 9)):
            unit = make_unit(mercy.organization, f"Ward {place}", mercy.root)
            arm = make_pilot_unit(pilot, unit, Arm.COMPARISON if place == 2 else Arm.PILOT)
            make_value(outcome, arm, QUARTERS[0], "10", people=n)
            make_value(outcome, arm, QUARTERS[2], "12", people=9)
        begin(pilot, STARTED)
        (found,) = read(pilot)
        assert found.difference is not None
        assert (found.hidden, found.difference.pilot.n, found.difference.left_out) == (1, 1, 1)
        assert verdict_of(found) == Verdict.NO_INTERVAL

    def test_nothing_measured_says_so(self, mercy: World) -> None:
        pilot = make_pilot(mercy)
        make_outcome(pilot)
        (found,) = read(pilot)
        assert verdict_of(found) == Verdict.NOTHING
        assert "Each arm needs a unit" in sentence(found)

    def test_what_was_added_and_named_late_is_told(self, mercy: World) -> None:
        pilot = make_measured_pilot(mercy)
        make_outcome(pilot, "Late", exploratory=True)
        make_pilot_unit(pilot, mercy.unit)
        said = " ".join(cautions(pilot, units_of(pilot), read(pilot)))
        assert "1 unit was named when the pilot had begun." in said
        assert "2 outcomes are looked at" in said
        assert "raise questions only" in said


@pytest.mark.usefixtures("in_mercy")
class TestEntering:
    def test_a_period_is_set_unit_by_unit(self, mercy: World) -> None:
        pilot = make_pilot(mercy)
        outcome, henry = make_outcome(pilot), member_of(mercy.henry)
        first = make_pilot_unit(pilot, mercy.unit)
        second = make_pilot_unit(pilot, make_unit(mercy.organization, "East", mercy.root))
        set_period(
            outcome, QUARTERS[0], {first.pk: (Decimal("1.5"), 8), second.pk: (Decimal(2), None)}, by=henry
        )
        set_period(outcome, QUARTERS[0], {first.pk: (Decimal("1.5"), 9), second.pk: None}, by=henry)
        (left,) = PilotValue.objects.filter(outcome=outcome)
        assert (left.unit_id, left.value, left.people) == (first.pk, Decimal("1.5"), 9)

    def test_what_is_entered_again_is_written_over(self, mercy: World) -> None:
        pilot = make_measured_pilot(mercy)
        value = PilotValue.objects.filter(outcome__pilot=pilot).first()
        assert value is not None
        again = Measured(value.outcome_id, value.unit_id, value.period, Decimal(99))
        before = PilotValue.objects.count()
        assert enter_values([again], by=member_of(mercy.henry)) == 1
        value.refresh_from_db()
        assert (value.value, PilotValue.objects.count()) == (Decimal(99), before)


class TestPages:
    def test_plan_units_outcomes_values(self, mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
        client, today = sign_in(mercy.henry), timezone.localdate()
        first = (today + 30 * DAY).isoformat()
        answer = client.post(f"{PLACE}new/", {"name": "Dyads", "tried": "Two lead.", "starts_on": first})
        pilot = Pilot.objects.get()
        assert answer.headers["Location"] == f"{PLACE}{pilot.pk}/set-up/"
        client.post(f"{PLACE}{pilot.pk}/units/", {"unit": str(mercy.unit.pk), "arm": "pilot"})
        unit = PilotUnit.objects.get()
        outcome = {"name": "Wellbeing", "kind": "wellbeing", "measure": "points"}
        ways = {"better": "higher", "every": "quarter"}
        client.post(f"{PLACE}{pilot.pk}/outcomes/", {**outcome, **ways})
        values = f"/o/mercy/insights/pilot-outcomes/{PilotOutcome.objects.get().pk}/values/"
        refused = client.post(values, {unit.pk.hex: "3.2"})
        assert (refused.status_code, PilotValue.objects.count()) == (422, 0)
        assert "Say how many people" in refused.text
        assert client.post(values, {unit.pk.hex: "3.2", f"{unit.pk.hex}-n": "7"}).status_code == 302
        assert [(each.value, each.people) for each in PilotValue.objects.all()] == [(Decimal("3.2"), 7)]
        assert 'value="3.2"' in client.get(values).text

    def test_a_period_that_does_not_exist_is_refused(self, mercy: World, sign_in: SignIn) -> None:
        outcome = make_outcome(make_pilot(mercy))
        place = f"/o/mercy/insights/pilot-outcomes/{outcome.pk}/values/"
        client = sign_in(mercy.henry)
        for method in (client.get, client.post):
            assert method(f"{place}?period=1999-02-03").status_code == 422

    def test_the_page_says_it_in_words_with_n_and_interval(self, mercy: World, sign_in: SignIn) -> None:
        pilot = make_measured_pilot(mercy)
        text = sign_in(mercy.eli).get(f"{PLACE}{pilot.pk}/").text
        for words in ("+3.0 points", "95 % interval", "No clear difference", "were chosen and not drawn"):
            assert words in text
        assert text.count("<svg") >= 1
        assert "Enter values" not in text

    def test_the_file_says_what_the_page_says(self, mercy: World, sign_in: SignIn) -> None:
        pilot = make_measured_pilot(mercy)
        answer = sign_in(mercy.eli).get(f"{PLACE}{pilot.pk}/pilot.csv")
        (row,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
        assert (row["Pilot units"], row["Comparison units"]) == ("3", "2")
        assert (row["Difference"], row["Reading"]) == ("3.0", "No clear difference")
        assert (row["Low"], row["High"]) == ("-3.0", "9.0")

    def test_the_list_has_all_of_them(self, mercy: World, sign_in: SignIn) -> None:
        client = sign_in(mercy.eli)
        assert "No pilot yet" in client.get(PLACE).text
        make_measured_pilot(mercy)
        assert "Dyads" in client.get(PLACE).text
