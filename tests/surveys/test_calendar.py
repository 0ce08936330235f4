"""The calendar of surveys: when waves are prepared, once each, and what the page shows and takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from surveys.calendar_queries import calendar_entries, quarters_of
from surveys.enums import InstrumentState, Rhythm, WaveState
from surveys.models import CalendarEntry, Debrief, Instrument, SurveyRule, Wave
from surveys.rolls import debriefs_of_last_wave, rule_in_force
from surveys.services.calendar import (
    delete_entry,
    prepare_due_waves,
    save_entry,
    save_rule,
    start_usual_calendar,
)
from surveys.services.errors import TitleTakenError
from surveys.services.instruments import ensure_built_in_instruments
from surveys.services.waves import CannotLaunchError, launch_wave
from surveys.survey_calendar import first_monday, next_opening, opening_days
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.surveys import (
    OTHER_QUESTIONS,
    cast,
    make_calendar_entry,
    make_debrief,
    make_draft,
    make_draft_wave,
    make_launched_wave,
    make_live_wave,
    make_short_instrument,
    make_wave,
    make_workplace_instrument,
    member_of,
    publish,
    spread_answers,
)
from tests.notices import told
from tests.surveys.reading import address
from tests.world import World

SignIn = Callable[[Person], Client]
AUTUMN = dt.date(2026, 9, 10)  # 25 days before the first Monday of October
OPENING = dt.date(2026, 10, 5)


# Pure dates


@given(year=st.integers(2000, 2100), month=st.integers(1, 12))
def test_the_first_monday_is_a_monday_within_the_first_week(year: int, month: int) -> None:
    day = first_monday(year, month)
    assert (day.year, day.month, day.weekday(), day.day <= 7) == (year, month, 0, True)


def test_a_survey_opens_once_a_year_or_in_the_same_month_of_each_quarter() -> None:
    assert opening_days(Rhythm.YEARLY, 10, 2026) == [OPENING]
    assert [day.month for day in opening_days(Rhythm.QUARTERLY, 2, 2026)] == [2, 5, 8, 11]


@given(
    rhythm=st.sampled_from(Rhythm.values),
    month=st.integers(1, 3),
    after=st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)),
)
def test_the_next_opening_is_the_first_after_a_day(rhythm: str, month: int, after: dt.date) -> None:
    day = next_opening(rhythm, month, after=after)
    days = [*opening_days(rhythm, month, after.year), *opening_days(rhythm, month, after.year + 1)]
    assert day == min(one for one in days if one > after)


# Waves by night


def test_a_draft_is_prepared_four_weeks_before_its_first_day(mercy: World, in_mercy: Scope) -> None:
    make_calendar_entry(mercy, title="How we are led", threshold=7, unit=mercy.unit, days_open=14)
    assert prepare_due_waves(dt.date(2026, 9, 6)) == {"prepared": 0}
    assert prepare_due_waves(dt.date(2026, 9, 7)) == {"prepared": 1}
    [wave] = Wave.objects.all()
    assert (wave.title, wave.state, wave.planned) == ("How we are led 2026", WaveState.DRAFT, False)
    assert (wave.opens_on, wave.closes_on) == (OPENING, dt.date(2026, 10, 18))
    assert (wave.threshold, wave.unit_id, wave.scale_low, wave.scale_high) == (7, mercy.unit.pk, 2, 10)
    [(people, title)] = told()
    assert people == {mercy.stella.pk, mercy.henry.pk}
    assert title == "“How we are led 2026” is prepared, as the calendar says. Look it over."


def test_a_draft_is_prepared_once_and_does_not_come_back_when_deleted(mercy: World, in_mercy: Scope) -> None:
    make_calendar_entry(mercy)
    for night in range(3):
        prepare_due_waves(AUTUMN + dt.timedelta(days=night))
    assert Wave.objects.count() == 1
    Wave.objects.all().delete()
    prepare_due_waves(AUTUMN + dt.timedelta(days=4))
    assert Wave.objects.count() == 0
    prepare_due_waves(AUTUMN + dt.timedelta(days=365))
    assert Wave.objects.get().opens_on == dt.date(2027, 10, 4)


def test_a_quarterly_survey_is_prepared_each_quarter_under_a_name_of_its_own(
    mercy: World, in_mercy: Scope
) -> None:
    make_calendar_entry(mercy, title="Pulse", rhythm=Rhythm.QUARTERLY, month=1, opens_by_itself=True)
    day = dt.date(2026, 1, 1)
    while day.year == 2026:
        prepare_due_waves(day)
        day += dt.timedelta(days=1)
    titles = list(Wave.objects.order_by("opens_on").values_list("title", "planned"))
    assert titles == [(f"Pulse Q{n} 2026", True) for n in (1, 2, 3, 4)] + [("Pulse Q1 2027", True)]


def test_after_days_without_a_job_only_what_still_lies_ahead_is_prepared(
    mercy: World, in_mercy: Scope
) -> None:
    make_calendar_entry(mercy)
    assert prepare_due_waves(OPENING + dt.timedelta(days=1)) == {"prepared": 0}
    assert prepare_due_waves(OPENING + dt.timedelta(days=340)) == {"prepared": 1}


def test_the_newest_version_in_use_is_asked_and_a_retired_one_not(mercy: World, in_mercy: Scope) -> None:
    old = make_draft(mercy.organization, key="climate", version=1)
    entry = make_calendar_entry(mercy, instrument=old)
    assert prepare_due_waves(AUTUMN) == {"prepared": 0}
    new = make_draft(mercy.organization, key="climate", version=2)
    Instrument.objects.filter(key="climate").update(state=InstrumentState.ACTIVE)
    assert prepare_due_waves(AUTUMN) == {"prepared": 1}
    assert Wave.objects.get().instrument_id == new.pk
    entry.refresh_from_db()
    assert entry.made_until == OPENING


def test_a_wave_somebody_made_by_hand_is_not_made_again(mercy: World, in_mercy: Scope) -> None:
    make_calendar_entry(mercy, title="Staff survey")
    make_draft_wave(mercy, title="Staff survey 2026")
    assert prepare_due_waves(AUTUMN) == {"prepared": 0}
    assert Wave.objects.count() == 1
    assert told() == []


# Entries and the rule


@pytest.mark.parametrize("name", ["ada", "paula", "olga", "eli", "aude"])
def test_only_stewards_and_hr_keep_the_calendar(mercy: World, in_mercy: Scope, name: str) -> None:
    entry, member = make_calendar_entry(mercy), member_of(mercy.people[name])
    for act in (
        lambda: save_entry(entry, by=member),
        lambda: delete_entry(entry, by=member),
        lambda: save_rule(SurveyRule(), by=member),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_two_entries_cannot_have_one_title(mercy: World, in_mercy: Scope) -> None:
    first, second = make_calendar_entry(mercy), make_calendar_entry(mercy)
    second.title = first.title
    with pytest.raises(TitleTakenError):
        save_entry(second, by=member_of(mercy.stella))


def test_the_rule_is_one_row_however_often_it_changes(mercy: World, in_mercy: Scope) -> None:
    for number in (2, 5):
        save_rule(SurveyRule(surveys_per_quarter=number, debrief_share=50), by=member_of(mercy.henry))
    assert SurveyRule.objects.count() == 1
    assert (rule_in_force().surveys_per_quarter, rule_in_force().debrief_share) == (5, 50)


def test_leaders_are_not_asked_about_again_before_the_debriefs_are_closed(
    mercy: World, in_mercy: Scope
) -> None:
    debrief = make_debrief(mercy)
    last = debriefs_of_last_wave(on=timezone.localdate())
    assert last is not None
    assert (last.wave, last.due, last.closed) == (debrief.wave.title, 1, 0)
    with pytest.raises(CannotLaunchError, match=r"1 more debrief of “.*” must be closed"):
        make_launched_wave(mercy)
    questions = make_workplace_instrument(mercy.organization, wordings=OTHER_QUESTIONS, minimum_answered=1)
    about_work = make_draft_wave(mercy, questions)
    assert launch_wave(about_work, by=member_of(mercy.stella), on=timezone.localdate())
    save_rule(SurveyRule(surveys_per_quarter=3, debrief_share=0), by=member_of(mercy.stella))
    assert make_launched_wave(mercy).state == WaveState.OPEN


def test_a_file_of_a_survey_does_not_stand_in_for_one_that_ran_here(mercy: World, in_mercy: Scope) -> None:
    ran = make_live_wave(
        make_short_instrument(mercy.organization),
        {mercy.unit: [mercy.ada]},
        opens_on=dt.date(2026, 1, 1),
        closes_on=dt.date(2026, 2, 1),
    )
    dates = {"manager_from": dt.date(2026, 3, 1), "due_on": dt.date(2026, 4, 1)}
    Debrief.objects.create(wave=ran, unit=mercy.unit, leader=mercy.mara, **dates)
    from_file = make_debrief(mercy)
    assert from_file.wave.closes_on > ran.closes_on
    last = debriefs_of_last_wave(on=timezone.localdate())
    assert last is not None
    assert last.wave == ran.title


def test_an_empty_calendar_can_start_with_the_usual_year(mercy: World, in_mercy: Scope) -> None:
    ensure_built_in_instruments()
    for _ in range(2):
        start_usual_calendar(by=member_of(mercy.stella))
    found = CalendarEntry.objects.order_by("month").values_list("instrument__key", "rhythm", "month")
    assert list(found) == [
        ("commitment_pulse", "quarterly", 2),
        ("annual_survey", "yearly", 4),
        ("leader_index", "yearly", 10),
    ]


def test_what_is_on_a_calendar_stays_alone(mercy: World, in_mercy: Scope) -> None:
    ensure_built_in_instruments()
    make_calendar_entry(mercy)
    start_usual_calendar(by=member_of(mercy.stella))
    assert CalendarEntry.objects.count() == 1


def test_the_page_says_who_changed_the_rule(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    client = sign_in(mercy.stella)
    assert "nobody has changed it yet" in client.get(address(mercy, "calendar")).content.decode()
    save_rule(SurveyRule(surveys_per_quarter=2, debrief_share=80), by=member_of(mercy.henry))
    assert "In force as Henry Mercy set it on" in client.get(address(mercy, "calendar")).content.decode()


# Pages


def typed(world: World, **fields: object) -> dict[str, object]:
    with_instrument = make_calendar_entry(world).instrument_id
    return {
        "title": "Each spring",
        "instrument": with_instrument,
        "audience": "everybody",
        "threshold": 5,
        "rhythm": "yearly",
        "month": 4,
        "days_open": 21,
    } | fields


def test_a_survey_is_put_on_the_calendar_changed_and_taken_off(
    mercy: World, sign_in: SignIn, in_mercy: Scope
) -> None:
    client, filled = sign_in(mercy.stella), typed(mercy)
    client.post(address(mercy, "calendar_new"), filled)
    entry = CalendarEntry.objects.get(title="Each spring")
    assert "Each spring" in client.get(address(mercy, "calendar")).content.decode()
    client.post(address(mercy, "calendar_edit", entry.pk), filled | {"days_open": 7})
    entry.refresh_from_db()
    assert entry.days_open == 7
    answered = client.post(address(mercy, "calendar_delete", entry.pk), follow=True)
    assert "“Each spring” is off the calendar." in answered.content.decode()
    assert not CalendarEntry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rhythm": "quarterly"}, "Choose January, February or March."),
        ({"month": 13}, "not one of the available choices"),
        ({"days_open": 61}, "less than or equal to 60"),
        ({"days_open": 1}, "greater than or equal to 2"),
        ({"threshold": 3}, "answers could be traced to people"),
        ({"title": "x" * 151}, "at most 150 characters"),
        ({"rhythm": "daily"}, "not one of the available choices"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(
    mercy: World, sign_in: SignIn, fields: dict[str, object], words: str
) -> None:
    answered = sign_in(mercy.henry).post(address(mercy, "calendar_new"), typed(mercy, **fields))
    assert (answered.status_code, words in answered.content.decode()) == (422, True)


def test_a_taken_title_is_said(mercy: World, sign_in: SignIn) -> None:
    entry = make_calendar_entry(mercy)
    answered = sign_in(mercy.stella).post(address(mercy, "calendar_new"), typed(mercy, title=entry.title))
    assert (answered.status_code, "with this name already" in answered.content.decode()) == (422, True)


@pytest.mark.parametrize(("name", "value"), [("surveys_per_quarter", 0), ("debrief_share", 101)])
def test_a_rule_that_cannot_be_is_refused(mercy: World, sign_in: SignIn, name: str, value: int) -> None:
    rule = {"surveys_per_quarter": 3, "debrief_share": 80} | {name: value}
    assert sign_in(mercy.stella).post(address(mercy, "calendar_rule"), rule).status_code == 422


def test_the_rule_is_changed_on_the_page(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    rule = {"surveys_per_quarter": 4, "debrief_share": 60}
    sign_in(mercy.henry).post(address(mercy, "calendar_rule"), rule)
    assert (rule_in_force().surveys_per_quarter, rule_in_force().debrief_share) == (4, 60)


def test_a_year_shows_waves_and_what_will_come(mercy: World, in_mercy: Scope) -> None:
    make_calendar_entry(
        mercy, title="Pulse", rhythm=Rhythm.QUARTERLY, month=2, made_until=dt.date(2026, 5, 4)
    )
    wave = make_draft_wave(mercy, opens_on=dt.date(2026, 5, 4), closes_on=dt.date(2026, 5, 20))
    make_wave(wave.instrument, opens_on=dt.date(2026, 5, 4), closes_on=dt.date(2026, 5, 20))  # half imported
    past = make_wave(wave.instrument, opens_on=dt.date(2026, 1, 4), closes_on=dt.date(2026, 1, 20))
    cast(past, {mercy.unit: spread_answers(8, items=3)})
    publish(past, by=mercy.stella)
    quarters = quarters_of(2026, calendar_entries(), on=dt.date(2026, 4, 20))
    found = [[(one.title, one.wave is not None) for one in quarter.surveys] for quarter in quarters]
    assert found == [[(past.title, True)], [(wave.title, True)], [("Pulse", False)], [("Pulse", False)]]
    assert [quarter.label for quarter in quarters] == ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"]


@pytest.mark.parametrize("year", ["", "soon", "1999", "99999", "-1", "²", "9" * 5000])
def test_a_year_that_is_none_shows_this_one(mercy: World, sign_in: SignIn, year: str) -> None:
    page = sign_in(mercy.stella).get(address(mercy, "calendar"), {"year": year})
    assert (page.status_code, page.context["year"]) == (200, timezone.localdate().year)


def test_the_calendar_costs_the_same_with_one_entry_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client, costs = sign_in(mercy.stella), []
    for _ in range(3):
        make_calendar_entry(mercy)
        make_draft_wave(mercy)
        costs.append(queries_of(client, address(mercy, "calendar")))
    assert costs[0] == costs[2]
