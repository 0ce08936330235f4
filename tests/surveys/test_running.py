"""An open wave: what is seen of it, more time, and what happens by itself at night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from people.models import Person
from surveys.enums import WaveState
from surveys.models import PublishedWave, Wave
from surveys.services.closing import close_wave
from surveys.services.errors import WaveStateError
from surveys.services.running import (
    CLOSE_JOB,
    OPEN_JOB,
    extend_wave,
    request_publication,
    request_what_is_due,
)
from surveys.wave_queries import PUBLISH_JOB
from tenancy.jobs.ledger import work_all_steps
from tenancy.models import JobRun, JobStep
from tenancy.scope import Scope, tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_line, make_person
from tests.factories.surveys import (
    OTHER_QUESTIONS,
    answer,
    make_draft_wave,
    make_instrument,
    make_launched_wave,
    make_published_wave,
    member_of,
)
from tests.notices import told
from tests.surveys.reading import address
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
GIVEN = [4, 5, 2]


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def titles_told() -> list[str]:
    return [title for _, title in told()]


# More time


def test_an_open_wave_becomes_longer(mercy: World, in_mercy: Scope) -> None:
    wave = make_launched_wave(mercy)
    extend_wave(wave, days(30), by=member_of(mercy.henry))
    wave.refresh_from_db()
    assert wave.closes_on == days(30)


@pytest.mark.parametrize("last", [19, 20, 60, 400])
def test_a_wave_becomes_neither_shorter_nor_endless(mercy: World, in_mercy: Scope, last: int) -> None:
    wave = make_launched_wave(mercy)
    with pytest.raises(ValueError, match="only become longer"):
        extend_wave(wave, days(last), by=member_of(mercy.stella))


def test_only_an_open_wave_is_extended_and_only_by_those_who_run_surveys(
    mercy: World, in_mercy: Scope
) -> None:
    wave = make_launched_wave(mercy)
    with pytest.raises(PermissionDenied):
        extend_wave(wave, days(30), by=member_of(mercy.eli))
    close_wave(wave, by=member_of(mercy.stella))
    for state in (wave, make_draft_wave(mercy)):
        with pytest.raises(WaveStateError):
            extend_wave(state, days(30), by=member_of(mercy.stella))


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (
            days(20).isoformat(),
            f"until {date_format(days(20), 'DATE_FORMAT')} already. It can only",
        ),
        (days(3).isoformat(), "It can only become longer."),
        (days(60).isoformat(), "A survey is open for 60 days at most."),
        ("", "This field is required."),
        ("never", "Enter a valid date."),
    ],
)
def test_a_last_day_that_cannot_be_is_refused_on_the_page(
    mercy: World, sign_in: SignIn, in_mercy: Scope, last: str, words: str
) -> None:
    wave = make_launched_wave(mercy)
    refused = sign_in(mercy.stella).post(address(mercy, "wave_extend", wave.pk), {"closes_on": last})
    assert (refused.status_code, words in refused.content.decode()) == (422, True)
    wave.refresh_from_db()
    assert wave.closes_on == days(20)


def test_more_time_is_given_on_the_page(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    wave = make_launched_wave(mercy)
    path = address(mercy, "wave_extend", wave.pk)
    answered = sign_in(mercy.stella).post(path, {"closes_on": days(40).isoformat()}, follow=True)
    assert "Everybody has more time now." in answered.content.decode()


# What is seen


def test_turnout_is_shown_in_tens_and_for_everybody_alone(
    mercy: World, sign_in: SignIn, in_mercy: Scope
) -> None:
    wave = make_launched_wave(mercy, raters=11)
    people = list(Person.objects.filter(given_name__startswith="Rater"))
    client, url = sign_in(mercy.stella), address(mercy, "wave_run", wave.pk)
    seen = []
    for person in people:
        answer(wave, person, GIVEN)
        html = client.get(url).content.decode()
        seen.append("10 or more" in html)
        assert ("fewer than 10" in html) != seen[-1]
        assert not any(name in html for name in (mercy.unit.name, mercy.mara.name, person.given_name))
    assert seen == [False] * 9 + [True, True]


def test_the_page_of_an_open_wave_costs_the_same_for_few_and_for_many(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.stella)
    few = make_launched_wave(mercy, raters=3)
    other = make_instrument(mercy.organization, OTHER_QUESTIONS, minimum_answered=1)
    many = make_launched_wave(mercy, other, raters=6)
    costs = [queries_of(client, address(mercy, "wave_run", wave.pk)) for wave in (few, many)]
    assert costs[0] == costs[1]


def test_closing_is_confirmed_first_and_twice_is_once(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    wave, client = make_launched_wave(mercy), sign_in(mercy.henry)
    url = address(mercy, "wave_close", wave.pk)
    assert "Close it for good" in client.get(url).content.decode()
    wave.refresh_from_db()
    assert wave.state == WaveState.OPEN
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    wave.refresh_from_db()
    assert wave.state == WaveState.CLOSED


def test_a_wave_closed_early_ended_that_day(mercy: World, in_mercy: Scope) -> None:
    wave = make_launched_wave(mercy)
    close_wave(wave, by=member_of(mercy.stella))
    wave.refresh_from_db()
    assert wave.closes_on == TODAY


def test_a_draft_or_a_published_wave_has_no_running_page(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.stella)
    draft, published = make_draft_wave(mercy), make_published_wave(mercy)
    url = address(mercy, "wave_run", draft.pk)
    assert client.get(url)["Location"] == address(mercy, "wave_plan", draft.pk)
    url = address(mercy, "wave_run", published.pk)
    assert client.get(url)["Location"] == address(mercy, "wave", published.pk)


# Publishing by a job


def closed_wave(world: World) -> Wave:
    wave = make_launched_wave(world)
    for person in Person.objects.filter(given_name__startswith="Rater"):
        answer(wave, person, GIVEN)
    close_wave(wave, by=member_of(world.stella))
    JobStep.objects.all().delete()
    return wave


def test_a_closed_wave_is_checked_and_published_by_a_job_once(
    committed_mercy: World, sign_in: SignIn
) -> None:
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        wave = closed_wave(mercy)
    client = sign_in(mercy.stella)
    url = address(mercy, "wave_publish", wave.pk)
    assert "You may leave this page." in client.post(url, follow=True).content.decode()
    client.post(url)
    with tenant_transaction(mercy.organization.pk):
        assert JobStep.objects.filter(run__job=PUBLISH_JOB).count() == 1
    part = address(mercy, "wave_publishing", wave.pk)
    assert client.get(part).status_code == 200
    work_all_steps(mercy.organization.pk)
    finished = client.get(part)
    assert (finished.status_code, "Checked and published" in finished.content.decode()) == (286, True)
    with tenant_transaction(mercy.organization.pk):
        assert PublishedWave.objects.get(wave=wave).responses == 6


def test_a_publication_that_stopped_is_said(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    wave = closed_wave(mercy)
    request_publication(wave, by=member_of(mercy.stella))
    JobStep.objects.filter(run__job=PUBLISH_JOB).update(state=JobStep.State.PARKED)
    answered = sign_in(mercy.henry).get(address(mercy, "wave_publishing", wave.pk))
    assert (answered.status_code, "Nothing was published" in answered.content.decode()) == (286, True)


def test_only_a_closed_wave_is_published_and_only_by_those_who_run_surveys(
    mercy: World, in_mercy: Scope
) -> None:
    wave = make_launched_wave(mercy)
    with pytest.raises(WaveStateError):
        request_publication(wave, by=member_of(mercy.stella))
    close_wave(wave, by=member_of(mercy.stella))
    with pytest.raises(PermissionDenied):
        request_publication(wave, by=member_of(mercy.eli))


def test_nothing_is_published_for_somebody_who_left_meanwhile(mercy: World, in_mercy: Scope) -> None:
    wave = closed_wave(mercy)
    request_publication(wave, by=member_of(mercy.stella))
    Person.objects.filter(pk=mercy.stella.pk).update(end_date=days(-1))
    work_all_steps(mercy.organization.pk)
    assert JobStep.objects.get(run__job=PUBLISH_JOB).error == "PermissionDenied"
    assert not PublishedWave.objects.exists()


# By night


def team(world: World) -> None:
    for number in range(4):
        make_line(make_person(world.organization, f"Rater {number}", world.unit), world.mara)


def at_night(world: World, on: dt.date) -> None:
    request_what_is_due(on)
    work_all_steps(world.organization.pk)


def test_a_planned_wave_opens_on_its_day_and_stewards_are_told(mercy: World, in_mercy: Scope) -> None:
    team(mercy)
    wave = make_draft_wave(mercy, planned=True)
    unplanned, later = make_draft_wave(mercy), make_draft_wave(mercy, planned=True, opens_on=days(1))
    for _ in range(2):
        at_night(mercy, TODAY)
    states = [Wave.objects.get(pk=one.pk).state for one in (wave, unplanned, later)]
    assert states == [WaveState.OPEN, WaveState.DRAFT, WaveState.DRAFT]
    assert titles_told().count(f"“{wave.title}” has been opened as planned.") == 1


def test_a_planned_wave_that_cannot_open_says_why_once_and_waits(mercy: World, in_mercy: Scope) -> None:
    wave = make_draft_wave(mercy, planned=True)
    for _ in range(2):
        at_night(mercy, TODAY)
    wave.refresh_from_db()
    assert (wave.state, wave.planned) == (WaveState.DRAFT, False)
    [title] = titles_told()
    assert title.startswith(f"“{wave.title}” could not be opened. It would ask 2 people.")


def test_a_wave_closes_after_its_last_day_and_stewards_are_told(mercy: World, in_mercy: Scope) -> None:
    wave = make_launched_wave(mercy)
    JobStep.objects.all().delete()
    Wave.objects.filter(pk=wave.pk).update(closes_on=days(1))
    request_what_is_due(days(1))
    assert not JobRun.objects.filter(job=CLOSE_JOB).exists()
    request_what_is_due(days(2))
    assert JobRun.objects.filter(job=CLOSE_JOB).count() == 1
    Wave.objects.filter(pk=wave.pk).update(closes_on=days(20))
    work_all_steps(mercy.organization.pk)
    wave.refresh_from_db()
    assert wave.state == WaveState.OPEN  # extended between the night's two transactions


def test_the_nightly_close_is_a_close_like_any_other(
    mercy: World, in_mercy: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = make_launched_wave(mercy)
    JobStep.objects.all().delete()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: days(21))
    for _ in range(2):
        at_night(mercy, days(21))
    wave.refresh_from_db()
    assert wave.state == WaveState.CLOSED
    assert titles_told() == [f"“{wave.title}” is closed. Check and publish it."]
    with pytest.raises(WaveStateError):
        close_wave(wave, by=member_of(mercy.stella))


def test_an_imported_wave_is_left_alone_at_night(mercy: World, in_mercy: Scope) -> None:
    make_published_wave(mercy)
    at_night(mercy, TODAY)
    assert not JobRun.objects.filter(job__in=[OPEN_JOB, CLOSE_JOB]).exists()
