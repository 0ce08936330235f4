"""Preparing and opening waves: what is demanded, what is written, what cannot be changed afterwards."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from people.enums import Role
from people.models import Person
from surveys.ballot_box import to_remind
from surveys.debrief_gate import Debriefs, missing_debriefs
from surveys.enums import WaveState
from surveys.models import Instrument, RollEntry, SurveyRule, Wave
from surveys.rolls import counted
from surveys.services.closing import close_wave
from surveys.services.errors import TitleTakenError, WaveStateError
from surveys.services.waves import (
    INVITE_JOB,
    CannotLaunchError,
    delete_draft,
    launch_wave,
    plan_opening,
    save_draft,
)
from tenancy.models import JobRun, Organization
from tenancy.scope import Scope, tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_cohort_membership, make_grant, make_line, make_person, make_unit
from tests.factories.surveys import (
    OTHER_QUESTIONS,
    SHORT,
    make_debrief,
    make_draft,
    make_draft_wave,
    make_instrument,
    make_launched_wave,
    make_live_wave,
    make_short_instrument,
    make_wave,
    member_of,
)
from tests.surveys.reading import address
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


@pytest.fixture
def team(mercy: World) -> list[Person]:
    """Six more people who report to Mara; with Ada and Colin she has eight."""
    people = [make_person(mercy.organization, f"Rater {n}", mercy.unit) for n in range(6)]
    for person in people:
        make_line(person, mercy.mara)
    return people


# Services


def test_a_drafts_scale_is_its_questionnaires(mercy: World, in_mercy: Scope) -> None:
    wave = Wave(
        instrument=make_short_instrument(mercy.organization), title="New", opens_on=TODAY, closes_on=days(9)
    )
    save_draft(wave, by=member_of(mercy.henry))
    wave.refresh_from_db()
    assert (wave.state, wave.imported, wave.scale_low, wave.scale_high) == (WaveState.DRAFT, False, 2, 10)


def test_two_waves_cannot_have_one_title(mercy: World, in_mercy: Scope) -> None:
    first, second = make_draft_wave(mercy), make_draft_wave(mercy)
    second.title = first.title
    with pytest.raises(TitleTakenError):
        save_draft(second, by=member_of(mercy.stella))


def test_launching_writes_the_roll_and_opens_the_box(
    mercy: World, in_mercy: Scope, team: list[Person]
) -> None:
    wave = make_draft_wave(mercy, opens_on=days(3), closes_on=days(20), planned=True)
    assert launch_wave(wave, by=member_of(mercy.stella), on=TODAY) == 8
    assert (wave.state, wave.opens_on, wave.planned) == (WaveState.OPEN, TODAY, False)
    assert set(RollEntry.objects.values_list("leader_id", "unit_id")) == {(mercy.mara.pk, mercy.unit.pk)}
    assert set(to_remind(wave)) == {mercy.ada.pk, mercy.colin.pk, *(person.pk for person in team)}
    assert JobRun.objects.filter(job=INVITE_JOB, period=str(wave.pk)).count() == 1


@pytest.mark.parametrize("name", ["ada", "mara", "paula", "olga", "eli", "aude", "colin"])
def test_only_stewards_and_hr_prepare_and_launch(mercy: World, in_mercy: Scope, name: str) -> None:
    wave, member = make_draft_wave(mercy), member_of(mercy.people[name])
    for act in (
        lambda: save_draft(wave, by=member),
        lambda: delete_draft(wave, by=member),
        lambda: plan_opening(wave, planned=True, by=member),
        lambda: launch_wave(wave, by=member, on=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_fewer_people_than_the_threshold_cannot_be_asked(mercy: World, in_mercy: Scope) -> None:
    make_line(make_person(mercy.organization, "Third", mercy.unit), mercy.mara)
    wave = make_draft_wave(mercy)
    with pytest.raises(CannotLaunchError, match=r"It would ask 3 people. Results of fewer than 5 people"):
        launch_wave(wave, by=member_of(mercy.stella), on=TODAY)
    wave.refresh_from_db()
    assert (wave.state, RollEntry.objects.count(), JobRun.objects.count()) == (WaveState.DRAFT, 0, 0)


@pytest.mark.parametrize("last", [-1, 0])
def test_a_last_day_that_leaves_no_time_refuses_the_launch(
    mercy: World, in_mercy: Scope, team: list[Person], last: int
) -> None:
    wave = make_draft_wave(mercy, opens_on=days(-9), closes_on=days(last))
    with pytest.raises(CannotLaunchError, match="leaves no time to answer"):
        launch_wave(wave, by=member_of(mercy.stella), on=TODAY)


def test_a_launched_wave_is_no_draft_any_more(mercy: World, in_mercy: Scope, team: list[Person]) -> None:
    wave, stella = make_launched_wave(mercy, raters=0), member_of(mercy.stella)
    for act in (
        lambda: launch_wave(wave, by=stella, on=TODAY),
        lambda: save_draft(wave, by=stella),
        lambda: delete_draft(wave, by=stella),
        lambda: plan_opening(wave, planned=True, by=stella),
    ):
        with pytest.raises(WaveStateError):
            act()
    assert RollEntry.objects.count() == 8


def test_an_imported_wave_is_never_launched(mercy: World, in_mercy: Scope, team: list[Person]) -> None:
    wave = make_wave(make_short_instrument(mercy.organization), state=WaveState.DRAFT)
    with pytest.raises(WaveStateError):
        launch_wave(wave, by=member_of(mercy.stella), on=TODAY)


@pytest.mark.parametrize("change", [{"threshold": 6}, {"scale_high": 99}, {"opens_on": days(1)}])
def test_the_terms_of_an_open_wave_are_locked_by_the_database(
    mercy: World, in_mercy: Scope, change: dict[str, Any]
) -> None:
    wave = make_launched_wave(mercy)
    with pytest.raises(DatabaseError, match="are fixed"), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(**change)


def test_the_roll_stays_as_it_was_at_the_launch(mercy: World, in_mercy: Scope, team: list[Person]) -> None:
    wave = make_launched_wave(mercy, raters=0)
    surgery = make_unit(mercy.organization, "Surgery", parent=mercy.root)
    Person.objects.filter(pk=team[0].pk).update(unit=surgery)
    assert set(RollEntry.objects.filter(wave=wave).values_list("unit_id", flat=True)) == {mercy.unit.pk}


def test_closing_a_wave_that_runs_here_empties_the_box(mercy: World, in_mercy: Scope) -> None:
    wave = make_launched_wave(mercy)
    assert to_remind(wave)
    close_wave(wave, by=member_of(mercy.henry))
    wave.refresh_from_db()
    assert (wave.state, to_remind(wave)) == (WaveState.CLOSED, [])
    with pytest.raises(WaveStateError):
        close_wave(wave, by=member_of(mercy.henry))


# The same questions again


@pytest.fixture
def asked_before(mercy: World, in_mercy: Scope, team: list[Person]) -> Wave:
    """The unit's eight have been asked today."""
    return make_launched_wave(mercy, raters=0, title="Cardiology", unit=mercy.unit)


def again(mercy: World, instrument: Instrument, **fields: Any) -> str:
    """Launch a draft with a questionnaire; the refusal, or nothing."""
    wave = make_draft_wave(mercy, instrument, **fields)
    try:
        launch_wave(wave, by=member_of(mercy.stella), on=TODAY)
    except CannotLaunchError as refusal:
        return str(refusal)
    return ""


def test_the_same_people_but_one_are_not_asked_the_same_at_the_same_time(
    mercy: World, asked_before: Wave, team: list[Person]
) -> None:
    for person in team:
        make_cohort_membership(mercy.cohort, person)
    refusal = again(mercy, asked_before.instrument, cohort=mercy.cohort)
    assert refusal.startswith("“Cardiology” asks some of the same people the same questions.")
    assert RollEntry.objects.exclude(wave=asked_before).count() == 0


def test_people_whom_the_survey_load_leaves_out_do_not_make_a_second_population(
    mercy: World, asked_before: Wave
) -> None:
    """Ada is in a programme and has been asked twice: without her the second total would tell her answers."""
    SurveyRule.objects.create(surveys_per_quarter=2)
    assert counted(make_draft_wave(mercy, asked_before.instrument), on=TODAY).asked_enough == 1
    assert "asks some of the same people" in again(mercy, asked_before.instrument)


def test_another_version_or_a_questionnaire_with_a_question_in_common_asks_the_same(
    mercy: World, asked_before: Wave
) -> None:
    old = asked_before.instrument
    newer = make_instrument(mercy.organization, OTHER_QUESTIONS, key=old.key, minimum_answered=1)
    in_part = make_instrument(
        mercy.organization, [*OTHER_QUESTIONS, SHORT[-1]], key="in-part", minimum_answered=1
    )
    assert newer.version == 2
    for instrument in (newer, in_part):
        assert "asks some of the same people" in again(mercy, instrument)


def test_other_questions_or_other_people_may_be_asked(mercy: World, asked_before: Wave) -> None:
    other = make_instrument(mercy.organization, OTHER_QUESTIONS, key="other", minimum_answered=1)
    assert again(mercy, other) == ""
    surgery = make_unit(mercy.organization, "Surgery", parent=mercy.root)
    for number in range(5):
        make_line(make_person(mercy.organization, f"Surgeon {number}", surgery), mercy.mara)
    assert again(mercy, asked_before.instrument, unit=surgery) == ""


@pytest.mark.parametrize(("closed", "refused"), [(1, True), (59, True), (60, False)])
def test_the_same_may_be_asked_again_sixty_days_after_the_close(
    mercy: World, in_mercy: Scope, team: list[Person], closed: int, refused: bool
) -> None:
    before = make_live_wave(
        make_short_instrument(mercy.organization),
        {mercy.unit: team},
        opens_on=days(-closed - 10),
        closes_on=days(-closed),
    )
    close_wave(before, by=member_of(mercy.stella))
    assert bool(again(mercy, before.instrument)) == refused


def test_a_file_of_the_past_is_no_survey_that_asked_here(
    mercy: World, in_mercy: Scope, team: list[Person]
) -> None:
    past = make_wave(make_short_instrument(mercy.organization), closes_on=days(-1), opens_on=days(-9))
    assert again(mercy, past.instrument) == ""


def test_the_page_says_which_survey_asks_the_same(mercy: World, sign_in: SignIn, asked_before: Wave) -> None:
    wave = make_draft_wave(mercy, asked_before.instrument)
    html = sign_in(mercy.stella).get(address(mercy, "wave_plan", wave.pk)).content.decode()
    assert "“Cardiology” asks some of the same people the same questions." in html
    assert address(mercy, "wave_launch", wave.pk) not in html


# The debrief gate


@pytest.mark.parametrize(
    ("due", "closed", "share", "missing"),
    [
        (10, 8, 80, 0),
        (10, 7, 80, 1),
        (3, 2, 80, 1),
        (3, 3, 80, 0),
        (0, 0, 80, 0),
        (5, 0, 0, 0),
        (5, 4, 100, 1),
    ],
)
def test_debriefs_open_the_gate_from_their_share_on(due: int, closed: int, share: int, missing: int) -> None:
    assert missing_debriefs(Debriefs(uuid4(), "Last year", due, closed), share) == missing


def test_without_an_earlier_wave_the_gate_is_open() -> None:
    assert missing_debriefs(None, 100) == 0


# Pages


def typed(wave: Wave, **fields: object) -> dict[str, object]:
    return {
        "title": "How we are led",
        "instrument": wave.instrument_id,
        "audience": "everybody",
        "unit": "",
        "cohort": "",
        "threshold": 5,
        "opens_on": TODAY.isoformat(),
        "closes_on": days(14).isoformat(),
    } | fields


def test_a_wave_goes_from_the_form_to_the_open_box(
    mercy: World, sign_in: SignIn, team: list[Person], in_mercy: Scope
) -> None:
    client, other = sign_in(mercy.stella), make_draft_wave(mercy)
    answer = client.post(address(mercy, "wave_new"), typed(other), follow=True)
    wave = Wave.objects.get(title="How we are led")
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == address(mercy, "wave_plan", wave.pk)
    assert "No immediate leader on record" in html
    assert "Olga Mercy" in html
    assert "Open it now" in html
    before = client.get(address(mercy, "wave_launch", wave.pk)).content.decode()
    assert "What respondents read before the first question" in before
    assert "At least 5 people for a result" in before
    assert f"It opens today, {date_format(timezone.localdate(), 'DATE_FORMAT')}" in before
    assert "(the link, different for each person)" in before  # the mail
    assert address(mercy, "instrument", wave.instrument_id) in before
    opened = client.post(address(mercy, "wave_launch", wave.pk), follow=True).content.decode()
    assert "“How we are led” is open: 8 people are asked." in opened
    assert "fewer than ten were asked" in opened  # "fewer than 10 of 8" would be strange
    assert "fewer than 10" not in opened
    confirm = client.get(address(mercy, "wave_close", wave.pk)).content.decode()
    assert "How many of the 8 have answered is not told: fewer than ten were asked." in confirm
    closed = client.post(address(mercy, "wave_close", wave.pk), follow=True).content.decode()
    assert "Check and publish" in closed


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"threshold": 4}, "At least 5: with fewer, answers could be traced to people."),
        ({"closes_on": days(-3).isoformat()}, "The last day lies before the first."),
        ({"closes_on": TODAY.isoformat()}, "Give people at least until the next day."),
        ({"closes_on": days(60).isoformat()}, "A survey is open for 60 days at most."),
        ({"opens_on": days(-1).isoformat()}, "This day is past."),
        ({"title": ""}, "This field is required."),
        ({"title": "How we\nare led"}, "Write it on one line"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"instrument": ""}, "This field is required."),
        ({"audience": "nobody"}, "not one of the available choices"),
        ({"unit": "nowhere"}, "not one of the available choices"),
        ({"opens_on": "soon"}, "Enter a valid date."),
    ],
)
def test_a_draft_that_cannot_be_is_refused_with_what_is_wrong(
    mercy: World, sign_in: SignIn, in_mercy: Scope, fields: dict[str, object], words: str
) -> None:
    wave = make_draft_wave(mercy)
    answer = sign_in(mercy.henry).post(address(mercy, "wave_new"), typed(wave, **fields))
    assert (answer.status_code, Wave.objects.filter(title="How we are led").count()) == (422, 0)
    assert words in answer.content.decode()


def test_a_taken_title_is_said_beside_it_and_ones_own_is_not_taken(
    mercy: World, sign_in: SignIn, in_mercy: Scope
) -> None:
    first, second = make_draft_wave(mercy), make_draft_wave(mercy)
    client = sign_in(mercy.stella)
    answer = client.post(address(mercy, "wave_edit", second.pk), typed(second, title=first.title))
    assert (answer.status_code, "There is a survey with this name" in answer.content.decode()) == (422, True)
    own = client.post(address(mercy, "wave_edit", second.pk), typed(second, title=second.title, threshold=7))
    second.refresh_from_db()
    assert (own.status_code, second.threshold) == (302, 7)


def test_what_hinders_an_opening_is_explained_with_the_rule(
    mercy: World, sign_in: SignIn, in_mercy: Scope
) -> None:
    make_debrief(mercy)
    make_line(make_person(mercy.organization, "One more", mercy.unit), mercy.mara)
    wave = make_draft_wave(mercy, opens_on=days(3), closes_on=days(20))
    html = sign_in(mercy.stella).get(address(mercy, "wave_plan", wave.pk)).content.decode()
    assert "It cannot be opened like this" in html
    assert f'{address(mercy, "calendar")}#rule">See the rule' in html
    assert "Open it now" not in html
    assert "It cannot be opened now: see above." in html


def test_a_unit_and_a_cohort_together_are_no_population(mercy: World, sign_in: SignIn) -> None:
    wave = make_draft_wave(mercy)
    both = typed(wave, unit=mercy.unit.pk, cohort=mercy.cohort.pk)
    answer = sign_in(mercy.stella).post(address(mercy, "wave_new"), both)
    assert (answer.status_code, "not both" in answer.content.decode()) == (422, True)


def test_another_organizations_unit_cohort_or_questionnaire_is_no_choice(
    mercy: World, fenwick: World, sign_in: SignIn
) -> None:
    wave, theirs = make_draft_wave(mercy), make_draft_wave(fenwick)
    client = sign_in(mercy.stella)
    for fields in (
        {"unit": fenwick.unit.pk},
        {"cohort": fenwick.cohort.pk},
        {"instrument": theirs.instrument_id},
    ):
        assert client.post(address(mercy, "wave_new"), typed(wave, **fields)).status_code == 422


def test_a_questionnaire_that_is_still_written_is_no_choice(mercy: World, sign_in: SignIn) -> None:
    fields = typed(make_draft_wave(mercy), instrument=make_draft(mercy.organization).pk)
    assert sign_in(mercy.stella).post(address(mercy, "wave_new"), fields).status_code == 422


def test_a_population_of_three_is_said_plainly_and_cannot_be_launched(
    mercy: World, sign_in: SignIn, in_mercy: Scope
) -> None:
    make_line(make_person(mercy.organization, "Third", mercy.unit), mercy.mara)
    wave, client = make_draft_wave(mercy), sign_in(mercy.stella)
    html = client.get(address(mercy, "wave_plan", wave.pk)).content.decode()
    assert "It would ask 3 people. Results of fewer than 5 people are never shown" in html
    assert f'href="{address(mercy, "wave_edit", wave.pk)}">Change whom it asks</a>' in html
    assert address(mercy, "wave_launch", wave.pk) not in html
    answer = client.post(address(mercy, "wave_launch", wave.pk), follow=True)
    assert answer.redirect_chain[-1][0] == address(mercy, "wave_plan", wave.pk)
    wave.refresh_from_db()
    assert wave.state == WaveState.DRAFT


def test_a_draft_can_be_left_to_open_by_itself_and_taken_back(
    mercy: World, sign_in: SignIn, in_mercy: Scope
) -> None:
    wave, client = make_draft_wave(mercy, opens_on=days(2)), sign_in(mercy.henry)
    for planned in ("yes", "no"):
        client.post(address(mercy, "wave_schedule", wave.pk), {"planned": planned})
        wave.refresh_from_db()
        assert wave.planned == (planned == "yes")


def test_a_draft_can_be_deleted(mercy: World, sign_in: SignIn, in_mercy: Scope) -> None:
    wave = make_draft_wave(mercy)
    answer = sign_in(mercy.stella).post(address(mercy, "wave_delete", wave.pk), follow=True)
    assert "Nobody had been asked." in answer.content.decode()
    assert not Wave.objects.filter(pk=wave.pk).exists()


def test_the_pages_of_a_draft_lead_on_once_it_is_open(mercy: World, sign_in: SignIn) -> None:
    wave, client = make_launched_wave(mercy), sign_in(mercy.stella)
    run = address(mercy, "wave_run", wave.pk)
    for name in ("wave_plan", "wave_edit", "wave_launch"):
        assert client.get(address(mercy, name, wave.pk))["Location"] == run
    for name in ("wave_schedule", "wave_delete", "wave_launch"):
        assert client.post(address(mercy, name, wave.pk))["Location"] == run
    draft = make_draft_wave(mercy)
    assert client.get(address(mercy, "wave_run", draft.pk))["Location"] == address(
        mercy, "wave_plan", draft.pk
    )


def test_the_list_shows_what_is_on_its_way_to_those_who_run_it(mercy: World, sign_in: SignIn) -> None:
    draft, running = make_draft_wave(mercy), make_launched_wave(mercy)
    html = sign_in(mercy.stella).get(address(mercy, "waves")).content.decode()
    assert address(mercy, "wave_plan", draft.pk) in html
    assert address(mercy, "wave_run", running.pk) in html
    html = sign_in(mercy.eli).get(address(mercy, "waves")).content.decode()
    assert draft.title not in html
    assert running.title not in html


def test_the_list_shows_everybody_what_asks_them(mercy: World, sign_in: SignIn) -> None:
    wave, draft = make_launched_wave(mercy), make_draft_wave(mercy)
    html = sign_in(mercy.ada).get(address(mercy, "waves")).content.decode()
    assert wave.title in html
    assert "not answered yet" in html
    assert draft.title not in html
    assert wave.title not in sign_in(mercy.olga).get(address(mercy, "waves")).content.decode()


def test_the_lists_cost_the_same_with_one_wave_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.stella)
    costs = []
    for _ in range(3):
        make_draft_wave(mercy)
        costs.append(queries_of(client, address(mercy, "waves")))
    assert costs[0] == costs[2]


# Races


def launched_together(organization: Organization, drafts: int) -> list[str]:
    """Two stewards launch at once, each a draft for the same six people; the same one where there is one."""
    with tenant_transaction(organization.pk):
        unit = make_unit(organization)
        people = [make_person(organization, f"P{n}", unit) for n in range(7)]
        for person in people[1:]:
            make_line(person, people[0])
        make_grant(people[0], Role.SURVEY_STEWARD)
        instrument = make_short_instrument(organization)
        values = {"state": WaveState.DRAFT, "imported": False, "opens_on": TODAY, "closes_on": days(9)}
        waves = [make_wave(instrument, **values) for _ in range(drafts)]
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def launch(wave: Wave) -> None:
        try:
            with tenant_transaction(organization.pk):
                steward = member_of(people[0])
                together.wait(10)
                outcomes.append(str(launch_wave(wave, by=steward, on=TODAY)))
        except (WaveStateError, CannotLaunchError) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=launch, args=[waves[number % drafts]]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with tenant_transaction(organization.pk):
        assert RollEntry.objects.count() == 6
        assert JobRun.objects.filter(job=INVITE_JOB).count() == 1
    return sorted(outcomes)


def test_two_stewards_who_launch_at_once_write_one_roll(committed_organization: Organization) -> None:
    assert launched_together(committed_organization, drafts=1) == ["6", "WaveStateError"]


def test_of_two_drafts_for_the_same_people_launched_at_once_one_opens(
    committed_organization: Organization,
) -> None:
    assert launched_together(committed_organization, drafts=2) == ["6", "CannotLaunchError"]
