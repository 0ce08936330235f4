"""The count of a draft: when it is made, what its pages say of it, and how far a launch may differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from people.models import Person
from surveys.draft_counts import count_of
from surveys.enums import WaveState
from surveys.models import DraftCount, RollEntry, SurveyRule, Wave
from surveys.services.calendar import prepare_due_waves, save_rule
from surveys.services.counting import COUNT_JOB, count_drafts, is_another_population, keep_count
from surveys.services.errors import WaveStateError
from surveys.services.waves import CannotLaunchError, count_again, delete_draft, launch_wave, save_draft
from tenancy.jobs.registry import find_job
from tenancy.models import JobRun
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_line, make_person
from tests.factories.surveys import make_calendar_entry, make_draft_wave, make_launched_wave, member_of
from tests.surveys.reading import address
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


def more_people(world: World, number: int) -> None:
    """Who report to Mara; with Ada and Colin she has two more."""
    for place in range(number):
        make_line(make_person(world.organization, f"Rater {place}", world.unit), world.mara)


def asked_by(wave: Wave) -> int:
    return DraftCount.objects.get(wave=wave).asked


# When it is counted


def test_a_draft_is_counted_when_it_is_saved(mercy: World, in_mercy: Scope) -> None:
    wave = make_draft_wave(mercy)
    save_draft(wave, by=member_of(mercy.henry))
    assert asked_by(wave) == 2
    wave.unit = mercy.root
    more_people(mercy, 3)
    assert asked_by(wave) == 2
    save_draft(wave, by=member_of(mercy.henry))
    assert (asked_by(wave), DraftCount.objects.count()) == (5, 1)


def test_a_draft_of_the_calendar_is_counted(mercy: World, in_mercy: Scope) -> None:
    make_calendar_entry(mercy, month=10)
    prepare_due_waves(dt.date(TODAY.year + 1, 9, 20))
    assert [count.asked for count in DraftCount.objects.all()] == [2]


def test_somebody_who_runs_surveys_counts_again(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    wave = make_draft_wave(mercy)
    keep_count(wave)
    more_people(mercy, 4)
    answer = sign_in(mercy.stella).post(address(mercy, "wave_count", wave.pk))
    assert (answer.status_code, answer["Location"]) == (302, address(mercy, "wave_plan", wave.pk))
    assert asked_by(wave) == 6
    with pytest.raises(PermissionDenied):
        count_again(wave, by=member_of(mercy.eli))


def test_a_wave_that_is_open_is_not_counted(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    wave = make_launched_wave(mercy)
    with pytest.raises(WaveStateError):
        count_again(wave, by=member_of(mercy.stella))
    answer = sign_in(mercy.stella).post(address(mercy, "wave_count", wave.pk))
    assert answer["Location"] == address(mercy, "wave_run", wave.pk)
    assert not DraftCount.objects.exists()


def test_another_rule_counts_drafts_again_and_the_same_rule_does_not(mercy: World, in_mercy: Scope) -> None:
    wave, henry = make_draft_wave(mercy), member_of(mercy.henry)
    keep_count(wave)
    before = DraftCount.objects.get().counted_at
    save_rule(SurveyRule(surveys_per_quarter=3, debrief_share=10), by=henry)
    assert DraftCount.objects.get().counted_at == before
    # Ada is in a programme and so asked for the confidence pulse: one survey already.
    save_rule(SurveyRule(surveys_per_quarter=1, debrief_share=10), by=henry)
    assert asked_by(wave) == 1
    assert DraftCount.objects.get().asked_enough == 1


def test_each_night_drafts_are_counted_and_nothing_else(mercy: World, in_mercy: Scope) -> None:
    drafts = [make_draft_wave(mercy), make_draft_wave(mercy)]
    make_launched_wave(mercy)
    assert find_job(COUNT_JOB).work("2026-11-22", "all") == {"drafts": 2}
    assert set(DraftCount.objects.values_list("wave_id", "asked")) == {(wave.pk, 8) for wave in drafts}


def test_a_launch_has_the_other_drafts_counted_and_leaves_no_count(mercy: World, in_mercy: Scope) -> None:
    SurveyRule.objects.create(surveys_per_quarter=2)
    more_people(mercy, 6)
    wave, other = make_draft_wave(mercy), make_draft_wave(mercy)
    count_drafts()
    assert (asked_by(wave), asked_by(other)) == (8, 8)
    launch_wave(wave, by=member_of(mercy.stella), on=TODAY)
    assert list(DraftCount.objects.values_list("wave_id", flat=True)) == [other.pk]
    run = JobRun.objects.get(job=COUNT_JOB)
    find_job(COUNT_JOB).work(run.period, "all")
    assert asked_by(other) == 7  # Ada was asked twice this quarter


def test_a_draft_takes_its_count_along(mercy: World, in_mercy: Scope) -> None:
    wave = make_draft_wave(mercy)
    keep_count(wave)
    delete_draft(wave, by=member_of(mercy.stella))
    assert not DraftCount.objects.exists()


def test_what_nobody_has_counted_yet_is_counted_on_the_spot(mercy: World, in_mercy: Scope) -> None:
    count = count_of(make_draft_wave(mercy), on=TODAY)
    assert (count.asked, DraftCount.objects.count()) == (2, 0)


# What the pages say


def test_the_page_says_when_it_was_counted(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    wave = make_draft_wave(mercy)
    now = timezone.localtime(keep_count(wave).counted_at)
    client, url = sign_in(mercy.stella), address(mercy, "wave_plan", wave.pk)
    html = client.get(url).content.decode()
    assert "Counted today at " in html
    assert address(mercy, "wave_count", wave.pk) in html
    DraftCount.objects.update(counted_at=now - dt.timedelta(days=3))
    html = client.get(url).content.decode()
    assert "Counted on " in html
    assert "Counted today" not in html


def test_the_pages_of_a_draft_do_not_count_its_people(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    """At 73,000 people a count takes sixty times as long as a page may."""
    wave, client = make_draft_wave(mercy), sign_in(mercy.stella)
    more_people(mercy, 5)
    keep_count(wave)
    Person.objects.update(end_date=TODAY - dt.timedelta(days=1), start_date=TODAY - dt.timedelta(days=9))
    Person.objects.filter(pk=mercy.stella.pk).update(end_date=None)
    assert "Open it and ask 7 people" in client.get(address(mercy, "wave_launch", wave.pk)).content.decode()
    assert client.get(address(mercy, "wave_plan", wave.pk)).context["counted"].asked == 7
    assert count_again(wave, by=member_of(mercy.stella)).asked == 0


def test_the_pages_cost_the_same_however_many_are_left_out(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    wave, client = make_draft_wave(mercy), sign_in(mercy.stella)
    costs = []
    for _ in range(2):
        keep_count(wave)
        costs.append(
            [queries_of(client, address(mercy, name, wave.pk)) for name in ("wave_plan", "wave_launch")]
        )
        for place in range(3):
            make_person(mercy.organization, f"Nobody leads {place}", mercy.unit)
    assert costs[0] == costs[1]


def test_a_wave_that_just_asked_the_same_is_said_from_the_count_and_found_by_a_launch(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    more_people(mercy, 6)
    first = make_draft_wave(mercy)
    second = make_draft_wave(mercy, first.instrument)
    count_drafts()
    launch_wave(first, by=member_of(mercy.stella), on=TODAY)
    client, url = sign_in(mercy.stella), address(mercy, "wave_plan", second.pk)
    words = f"“{first.title}” asks some of the same people the same questions."
    assert words not in client.get(url).content.decode()  # nobody has counted since
    answer = client.post(address(mercy, "wave_launch", second.pk), {"asked": 8}, follow=True)
    assert words in answer.content.decode()
    assert DraftCount.objects.get(wave=second).asked_before_id == first.pk
    second.refresh_from_db()
    assert second.state == WaveState.DRAFT
    find_job(COUNT_JOB).work("2026-11-22", "all")
    assert words in client.get(url).content.decode()


# How far a launch may differ


@pytest.mark.parametrize(
    ("shown", "found", "another"),
    [
        (8, 8, False),
        (8, 10, False),
        (8, 6, False),
        (8, 11, True),
        (8, 5, True),
        (1_000, 1_010, False),
        (1_000, 989, True),
        (73_000, 73_730, False),
        (73_000, 72_269, True),
        (0, 2, False),
    ],
)
def test_a_few_come_and_go_and_more_are_another_population(shown: int, found: int, another: bool) -> None:
    assert is_another_population(shown, found) is another


def test_a_launch_that_would_ask_others_than_shown_is_refused_and_counted_again(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    more_people(mercy, 5)
    wave, client = make_draft_wave(mercy, planned=True), sign_in(mercy.stella)
    keep_count(wave)
    more_people(mercy, 3)
    answer = client.post(address(mercy, "wave_launch", wave.pk), {"asked": 7}, follow=True)
    assert answer.redirect_chain[-1][0] == address(mercy, "wave_plan", wave.pk)
    assert "It would ask 10 people now, and not 7 as its page said." in answer.content.decode()
    wave.refresh_from_db()
    assert (wave.state, wave.planned, RollEntry.objects.count()) == (WaveState.DRAFT, True, 0)
    assert (asked_by(wave), JobRun.objects.count()) == (10, 0)
    answer = client.post(address(mercy, "wave_launch", wave.pk), {"asked": 10}, follow=True)
    assert "is open: 10 people are asked." in answer.content.decode()


def test_a_few_more_or_fewer_open_and_the_roll_is_whom_it_asks(mercy: World, in_mercy: Scope) -> None:
    more_people(mercy, 5)
    wave = make_draft_wave(mercy)
    assert launch_wave(wave, by=member_of(mercy.stella), on=TODAY, shown=9) == 7
    assert RollEntry.objects.filter(wave=wave).count() == 7


def test_a_population_that_shrank_below_the_threshold_is_said_with_the_new_number(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    more_people(mercy, 3)
    wave, client = make_draft_wave(mercy), sign_in(mercy.stella)
    keep_count(wave)
    Person.objects.filter(given_name__startswith="Rater").update(end_date=TODAY - dt.timedelta(days=1))
    answer = client.post(address(mercy, "wave_launch", wave.pk), {"asked": 5}, follow=True)
    assert "It would ask 2 people. Results of fewer than 5 people are never shown" in answer.content.decode()
    assert address(mercy, "wave_launch", wave.pk) not in answer.content.decode()
    with pytest.raises(CannotLaunchError, match="It would ask 2 people"):
        launch_wave(wave, by=member_of(mercy.stella), on=TODAY)
    assert RollEntry.objects.count() == 0


@pytest.mark.parametrize(
    "sent", [{}, {"asked": ""}, {"asked": "many"}, {"asked": "-1"}, {"asked": "9" * 400}]
)
def test_a_form_without_a_number_opens_what_is_there(
    mercy: World, in_mercy: Scope, sign_in: SignIn, sent: dict[str, str]
) -> None:
    more_people(mercy, 5)
    wave = make_draft_wave(mercy)
    sign_in(mercy.stella).post(address(mercy, "wave_launch", wave.pk), sent)
    wave.refresh_from_db()
    assert wave.state == WaveState.OPEN
