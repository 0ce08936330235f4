"""Debriefs: called for, held, overdue, and told to those who answered. No figure on any of their pages."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from people.models import Person
from people.queries import member_for
from surveys.certificates import assurance_sentences, certificate_sentences
from surveys.debrief_queries import (
    debrief_share,
    debriefs_to_remind_of,
    last_certificate_about,
    units_answered_for,
)
from surveys.enums import ActionState, Behaviour
from surveys.models import Debrief, DebriefAction, ReleaseCertificate
from surveys.services.debriefs import (
    Agreed,
    Outcome,
    correct_debrief,
    name_coach,
    record_debrief,
    remind_of_debriefs,
    say_what_became,
)
from tenancy.models import AuditEntry
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.due import due_items
from tests.factories.people import make_appointment, make_line, make_person, make_position, make_unit
from tests.factories.surveys import (
    cast,
    hold_debrief,
    make_debrief,
    make_instrument,
    make_live_wave,
    make_published_wave,
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


@pytest.fixture
def led(mercy: World) -> World:
    """Mara reports to Olga."""
    make_line(mercy.mara, mercy.olga)
    return mercy


def filled(world: World, **fields: object) -> dict[str, object]:
    on = timezone.localdate()
    return {
        "conducted_by": world.olga.pk,
        "held_on": on,
        "focus": ["inform"],
        "action1": "A huddle every Tuesday",
        "due1": on + dt.timedelta(days=30),
    } | fields


def test_every_report_about_a_leader_calls_for_one_debrief(mercy: World) -> None:
    unled = make_unit(mercy.organization, "Unled", parent=mercy.root)
    small = make_unit(mercy.organization, "Small", parent=mercy.root)
    make_appointment(make_position(small, "Head", leads_unit=True), mercy.colin)
    wave = make_wave(make_short_instrument(mercy.organization))
    cast(
        wave,
        {
            mercy.unit: spread_answers(12, items=3),
            unled: spread_answers(12, items=3),
            small: spread_answers(2, items=3),
        },
    )
    publish(wave, by=mercy.stella)
    with tenant_scope(mercy.organization.pk):
        debrief = Debrief.objects.get(wave=wave)
    assert (debrief.unit_id, debrief.leader_id) == (mercy.unit.pk, mercy.mara.pk)
    published_on = wave.closes_on + dt.timedelta(days=10)
    assert debrief.manager_from == published_on + dt.timedelta(days=7)
    assert debrief.due_on == published_on + dt.timedelta(days=37)


def test_history_calls_for_none(mercy: World) -> None:
    wave = make_published_wave(
        mercy, published_at=timezone.now(), closes_on=dt.date(2016, 10, 31), opens_on=dt.date(2016, 10, 1)
    )
    with tenant_scope(mercy.organization.pk):
        assert not Debrief.objects.filter(wave=wave).exists()
        assert debrief_share(wave, on=timezone.localdate()) == 1.0


def test_leader_and_manager_find_it_each_when_it_is_theirs(led: World, sign_in: SignIn) -> None:
    debrief = make_debrief(led, published_days_ago=3)
    url = address(led, "debrief", debrief.pk)
    assert [sign_in(led.people[who]).get(url).status_code for who in ("mara", "olga", "henry", "ada")] == [
        200,
        404,
        404,
        404,
    ]
    with tenant_scope(led.organization.pk):
        for days, count in ((3, 0), (4, 1)):
            on = timezone.localdate() + dt.timedelta(days=days)
            olga = member_for(led.olga.pk, on=on)
            assert olga is not None
            assert (
                len([item for item in due_items("surveys", olga, led.slug, on) if "Debrief" in item.title])
                == count
            )


def test_the_debrief_is_written_down_once_and_told(led: World, sign_in: SignIn) -> None:
    debrief = make_debrief(led)
    url = address(led, "debrief", debrief.pk)
    mara = sign_in(led.mara)
    assert "How it went" in mara.get(url).content.decode()
    assert mara.post(url, filled(led)).status_code == 302
    html = mara.get(url).content.decode()
    assert "A huddle every Tuesday" in html
    assert "Inform" in html
    assert "How it went" not in html
    assert mara.post(url, filled(led, action1="Something else")).status_code == 200  # it stays as it was
    with tenant_scope(led.organization.pk):
        assert [action.text for action in DebriefAction.objects.all()] == ["A huddle every Tuesday"]
        posted = {title: people for people, title in told()}
    assert posted["The debrief about Cardiology is written down."] == {led.olga.pk}
    answered = posted["What your last answers led to in Cardiology"]
    assert {led.ada.pk, led.colin.pk} <= answered
    assert led.mara.pk not in answered


@pytest.fixture
def held(led: World) -> Debrief:
    """Written down by Mara; a huddle was agreed, due in thirty days."""
    debrief = make_debrief(led)
    hold_debrief(debrief, led.olga)
    return debrief


def test_who_wrote_it_down_corrects_it_and_the_other_side_is_told(
    led: World, held: Debrief, sign_in: SignIn
) -> None:
    mara, url = sign_in(led.mara), address(led, "debrief_correct", held.pk)
    assert url in mara.get(address(led, "debrief", held.pk)).content.decode()
    assert "A huddle of ten minutes every Tuesday" in mara.get(url).content.decode()
    assert mara.post(url, filled(led, focus=[])).status_code == 422
    answer = mara.post(url, filled(led, action1="A huddle on Mondays", focus=["include"]), follow=True)
    assert "Corrected. The other side was told." in answer.content.decode()
    with tenant_scope(led.organization.pk):
        held.refresh_from_db()
        assert (held.focus, [str(action) for action in held.actions.all()]) == (
            ["include"],
            ["A huddle on Mondays"],
        )
        assert ({led.olga.pk}, "Mara Mercy has corrected the debrief about Cardiology.") in told()
        trail = AuditEntry.objects.filter(table_name="surveys_debriefaction")
        assert "A huddle of ten minutes every Tuesday" in str(list(trail.values()))


def test_nobody_else_corrects_it(led: World, held: Debrief, sign_in: SignIn) -> None:
    olga, url = sign_in(led.olga), address(led, "debrief_correct", held.pk)
    assert olga.post(url, filled(led)).status_code == 403
    assert url not in olga.get(address(led, "debrief", held.pk)).content.decode()


def test_a_correction_keeps_what_was_said_of_what_is_still_agreed(led: World, held: Debrief) -> None:
    on = timezone.localdate()
    with tenant_scope(led.organization.pk):
        mara, [action] = member_of(led.mara), held.actions.all()
        say_what_became(action, ActionState.GOING, by=mara, on=on)
        agreed = [Agreed("Something new", on), Agreed(action.text, on)]
        correct_debrief(held, Outcome(led.olga, on, [Behaviour.INFORM], agreed), by=mara, on=on)
        assert [action.state for action in held.actions.all()] == ["agreed", "going"]


def test_what_became_of_it_is_said_in_one_click_and_read_by_staff(
    led: World, held: Debrief, sign_in: SignIn
) -> None:
    with tenant_scope(led.organization.pk):
        action = held.actions.get()
        url = address(led, "debrief_action", held.pk, action.pk)
        for person, state, words in (
            (led.olga, "going", "still going, as of"),
            (led.mara, "done", "done"),
            (led.mara, "dropped", "dropped"),
        ):
            assert sign_in(person).post(url, {"state": state}).status_code == 302
            action.refresh_from_db()
            assert (action.state, action.said_on) == (state, timezone.localdate())
            assert words in sign_in(led.ada).get(address(led, "led_to", held.unit_id)).content.decode()
    for nonsense in ("agreed", "", "finished"):
        answer = sign_in(led.mara).post(url, {"state": nonsense}, follow=True)
        assert "Say whether it is done, still going or dropped." in answer.content.decode()


def test_staff_read_that_there_is_no_word_of_what_was_due(led: World, held: Debrief, sign_in: SignIn) -> None:
    with tenant_scope(led.organization.pk):
        held.actions.update(due_on=timezone.localdate() - dt.timedelta(days=300))
    html = sign_in(led.ada).get(address(led, "led_to", held.unit_id)).content.decode()
    assert "no word of it yet" in html
    assert "What became of" not in html  # only leader and manager say


def test_a_coach_does_not_say_what_became_of_it(led: World, held: Debrief, sign_in: SignIn) -> None:
    with tenant_scope(led.organization.pk):
        Debrief.objects.filter(pk=held.pk).update(coach=led.paula)
        url = address(led, "debrief_action", held.pk, held.actions.get().pk)
    assert sign_in(led.paula).post(url, {"state": "done"}).status_code == 403


def test_today_asks_the_leader_when_it_is_due_and_a_month_after_it_still_goes_on(
    led: World, held: Debrief
) -> None:
    today = timezone.localdate()

    def asked(person: Person, days: int) -> bool:
        items = due_items("surveys", member_of(person), led.slug, today + dt.timedelta(days=days))
        return any("Is it done? A huddle" in item.title for item in items)

    with tenant_scope(led.organization.pk):
        assert [asked(led.mara, days) for days in (0, 29, 30, 31)] == [False, False, True, True]
        assert not asked(led.olga, 31)
        mara, due = member_of(led.mara), today + dt.timedelta(days=30)
        say_what_became(held.actions.get(), ActionState.GOING, by=mara, on=due)
        assert [asked(led.mara, days) for days in (31, 59, 60)] == [False, False, True]
        say_what_became(held.actions.get(), ActionState.DONE, by=mara, on=due)
        assert not asked(led.mara, 90)


@pytest.mark.parametrize(("text", "warned"), [("From 41.5 to 45", True), ("Every Tuesday, at 9", False)])
def test_a_figure_in_what_was_agreed_is_warned_of_and_kept(
    led: World, sign_in: SignIn, text: str, warned: bool
) -> None:
    url = address(led, "debrief", make_debrief(led).pk)
    html = sign_in(led.mara).post(url, filled(led, action1=text), follow=True).content.decode()
    assert text in html
    assert ("Figures belong to the report" in html) is warned


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"focus": []}, "This field is required"),
        ({"focus": ["inform", "include", "develop"]}, "Choose one behaviour or two"),
        ({"focus": ["charm"]}, "is not one of the available choices"),
        ({"action1": ""}, "This field is required"),
        ({"held_on": "2999-01-01", "due1": "2999-02-01"}, "This day is still to come."),
        ({"held_on": "2001-01-01"}, "The survey was still open on this day."),
        ({"due1": "2001-01-01"}, "This is before the conversation."),
        ({"action2": "And more"}, "Say by when."),
        ({"due2": "2999-01-01"}, "Say what was agreed"),
        ({"conducted_by": ""}, "This field is required"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    led: World, sign_in: SignIn, change: dict[str, object], words: str
) -> None:
    debrief = make_debrief(led)
    answer = sign_in(led.mara).post(address(led, "debrief", debrief.pk), filled(led, **change))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with tenant_scope(led.organization.pk):
        debrief.refresh_from_db()
        assert not debrief.is_done


def test_only_manager_or_coach_lead_it(led: World) -> None:
    debrief, on = make_debrief(led), timezone.localdate()
    outcome = Outcome(led.colin, on, [Behaviour.INFORM], [Agreed("Talk", on)])
    with tenant_scope(led.organization.pk):
        with pytest.raises(ValidationError, match="immediate leader or the coach"):
            record_debrief(debrief, outcome, by=member_of(led.mara), on=on)
        with pytest.raises(PermissionDenied):
            record_debrief(debrief, outcome, by=member_of(led.henry), on=on)
        name_coach(debrief, led.colin, by=member_of(led.mara), on=on)
        record_debrief(debrief, outcome, by=member_of(led.colin), on=on)
        debrief.refresh_from_db()
        assert debrief.conducted_by_id == led.colin.pk
        with pytest.raises(ValidationError, match="recorded already"):
            record_debrief(debrief, outcome, by=member_of(led.mara), on=on)


def test_a_coach_is_named_told_and_sees_no_report(led: World, sign_in: SignIn) -> None:
    debrief = make_debrief(led)
    mara, colin = sign_in(led.mara), sign_in(led.colin)
    page, report = address(led, "debrief", debrief.pk), address(led, "report", debrief.wave_id, led.unit.pk)
    assert colin.get(page).status_code == 404
    named = address(led, "debrief_coach", debrief.pk)
    for nobody in ("", "Colin", led.mara.pk, uuid.uuid4()):
        answer = mara.post(named, {"coach": nobody})
        assert answer.status_code == 422
        assert "form-errors" in answer.content.decode()
    assert mara.post(named, {"coach": led.colin.pk}).status_code == 302
    assert colin.get(page).status_code == 200
    assert report not in colin.get(page).content.decode()
    assert colin.get(report).status_code == 403
    assert colin.post(named, {"coach": led.ada.pk}).status_code == 403
    with tenant_scope(led.organization.pk):
        assert (
            {led.colin.pk},
            "Mara Mercy asks you to lead the debrief of Cardiology.",
        ) in told()
        colin_today = due_items("surveys", member_of(led.colin), led.slug, timezone.localdate())
    assert "Debrief of Cardiology" in {item.title for item in colin_today}


def test_a_coach_is_found_by_name_among_those_who_work_here_and_are_not_the_leader(
    led: World, fenwick: World, sign_in: SignIn
) -> None:
    named = address(led, "debrief_coach", make_debrief(led).pk)
    mara = sign_in(led.mara)
    assert named in mara.get(named.removesuffix("coach/")).content.decode()

    def found(text: str) -> str:
        return mara.get(named, {"q": text}).content.decode()

    colin = f'value="{led.colin.pk}"'
    assert colin not in mara.get(named).content.decode()
    assert colin in found("coli")
    assert str(fenwick.colin.pk) not in found("coli")
    assert "Nobody found" in found("mara")
    assert "Nobody found" in found("nobody of this name")
    with tenant_scope(led.organization.pk):
        left = timezone.localdate() - dt.timedelta(days=1)
        Person.objects.filter(pk=led.colin.pk).update(end_date=left)
    assert "Nobody found" in found("coli")
    assert mara.post(named, {"coach": led.colin.pk}).status_code == 422


def test_nobody_coaches_themselves(led: World) -> None:
    debrief = make_debrief(led)
    with tenant_scope(led.organization.pk), pytest.raises(ValidationError, match="Nobody coaches themselves"):
        name_coach(debrief, led.mara, by=member_of(led.mara), on=timezone.localdate())


def test_without_anybody_to_lead_it_the_page_says_so(mercy: World, sign_in: SignIn) -> None:
    debrief = make_debrief(mercy)
    html = sign_in(mercy.mara).get(address(mercy, "debrief", debrief.pk)).content.decode()
    assert "Nobody is there to lead it" in html


def test_after_its_month_a_debrief_is_overdue(led: World, sign_in: SignIn) -> None:
    debrief = make_debrief(led, published_days_ago=40)
    assert "overdue since" in sign_in(led.mara).get(address(led, "debrief", debrief.pk)).content.decode()
    with tenant_scope(led.organization.pk):
        items = due_items("surveys", member_of(led.mara), led.slug, timezone.localdate())
    assert [item.detail.split(":")[0] for item in items if item.due == debrief.due_on] == ["Overdue"]


def test_hr_sees_states_and_nothing_of_what_was_said(led: World, sign_in: SignIn) -> None:
    debrief = make_debrief(led)
    url = address(led, "wave_debriefs", debrief.wave_id)
    henry = sign_in(led.henry)
    assert "0 % were held" in henry.get(url).content.decode()
    hold_debrief(debrief, led.olga)
    html = henry.get(url).content.decode()
    assert "100 % were held" in html
    assert "Olga Mercy" in html
    for secret in ("huddle", "Inform", "95 %", "n ="):
        assert secret not in html
    assert sign_in(led.eli).get(url).status_code == 403


@pytest.fixture
def three(led: World) -> dict[str, Debrief]:
    """Of one wave a debrief that is overdue, one that is still to be held, and one that was."""
    overdue = make_debrief(led, published_days_ago=40)
    standings = {"overdue": overdue}
    with tenant_scope(led.organization.pk):
        for name, due_in in (("open", 3), ("held", 3)):
            unit = make_unit(led.organization, f"Ward {name}", parent=led.unit)
            leader = make_person(led.organization, "Lea", unit)
            make_line(leader, led.olga)
            standings[name] = Debrief.objects.create(
                wave_id=overdue.wave_id,
                unit=unit,
                leader=leader,
                manager_from=overdue.manager_from,
                due_on=timezone.localdate() + dt.timedelta(days=due_in),
                coach=led.colin if name == "open" else None,
            )
    hold_debrief(standings["held"], led.olga)
    return standings


def test_debriefs_are_filtered_by_how_they_stand(
    led: World, three: dict[str, Debrief], sign_in: SignIn
) -> None:
    stella, url = sign_in(led.stella), address(led, "wave_debriefs", three["open"].wave_id)

    def shown(state: str) -> set[str]:
        page = stella.get(url, {"state": state}).content.decode()
        units = {"overdue": led.unit.name, "open": "Ward open", "held": "Ward held"}
        return {name for name, unit in units.items() if f'<th scope="row">{unit}</th>' in page}

    assert shown("") == {"overdue", "open", "held"}
    assert [shown(state) for state in three] == [{state} for state in three]
    assert stella.get(url, {"state": "forgotten"}).status_code == 422
    elsewhere = make_published_wave(led)
    with tenant_scope(led.organization.pk):
        Debrief.objects.filter(pk=three["held"].pk).update(wave=elsewhere.pk)
    assert "No debrief is in this state" in stella.get(url, {"state": "held"}).content.decode()


def test_those_who_have_still_to_talk_are_reminded_once_a_week(
    led: World, three: dict[str, Debrief], sign_in: SignIn
) -> None:
    with tenant_scope(led.organization.pk):
        wave = three["open"].wave
    stella, url = sign_in(led.stella), address(led, "wave_debriefs", wave.pk)
    remind = address(led, "debriefs_remind", wave.pk)
    assert "Remind of 2 open debriefs" in stella.get(url).content.decode()
    page = stella.post(remind, follow=True).content.decode()
    assert "Reminded of 2 debriefs." in page
    assert page.count("reminded ") == 2
    assert remind not in page
    title = (
        f"A debrief of “{wave.title}” waits for you: talk about the report and write down what was agreed."
    )
    # The coach of the open one; of the overdue one Olga, to whom Mara reports.
    asked = {led.mara.pk, led.olga.pk, led.colin.pk, three["open"].leader_id}
    with tenant_scope(led.organization.pk):
        assert [people for people, words in told() if words == title] == [asked]
    assert "Nobody was reminded" in stella.post(remind, follow=True).content.decode()
    with tenant_scope(led.organization.pk):
        assert [words for _, words in told()].count(title) == 1
        later = timezone.localdate() + dt.timedelta(days=7)
        assert [debriefs_to_remind_of(wave, on=later - dt.timedelta(days=day)).count() for day in (0, 1)] == [
            2,
            0,
        ]


def test_before_a_report_is_theirs_to_read_managers_are_not_reminded_nor_are_leavers(led: World) -> None:
    debrief, on = make_debrief(led, published_days_ago=3), timezone.localdate()
    with tenant_scope(led.organization.pk):
        stella = member_of(led.stella)
        with pytest.raises(PermissionDenied):
            remind_of_debriefs(debrief.wave, by=member_of(led.mara), on=on)
        assert remind_of_debriefs(debrief.wave, by=stella, on=on) == 1
        assert led.olga.pk not in set().union(*(people for people, _ in told()))
        Person.objects.filter(pk=led.mara.pk).update(end_date=on)
        assert remind_of_debriefs(debrief.wave, by=stella, on=on + dt.timedelta(days=8)) == 0


def test_the_way_staff_see_it_is_shown_to_those_alone_who_may_see_it(
    led: World, held: Debrief, sign_in: SignIn
) -> None:
    elsewhere = make_unit(led.organization, "Elsewhere", parent=led.root)
    with tenant_scope(led.organization.pk):
        Person.objects.filter(pk=led.olga.pk).update(unit=elsewhere)
    page, staff = address(led, "debrief", held.pk), address(led, "led_to", held.unit_id)
    for person, may in ((led.mara, True), (led.olga, False)):
        client = sign_in(person)
        assert (staff in client.get(page).content.decode()) is may
        assert client.get(staff).status_code == (200 if may else 403)


def test_the_share_counts_leaders_who_still_work_here(led: World) -> None:
    debrief, on = make_debrief(led), timezone.localdate()
    with tenant_scope(led.organization.pk):
        assert debrief_share(debrief.wave, on=on) == 0.0
        Person.objects.filter(pk=led.mara.pk).update(end_date=on - dt.timedelta(days=1))
        assert debrief_share(debrief.wave, on=on) == 1.0


def test_those_who_answered_read_what_it_led_to(led: World, sign_in: SignIn) -> None:
    debrief = make_debrief(led)
    url = address(led, "led_to", led.unit.pk)
    assert "Nothing is agreed yet" in sign_in(led.ada).get(url).content.decode()
    hold_debrief(debrief, led.olga)
    html = sign_in(led.ada).get(url).content.decode()
    assert "A huddle of ten minutes every Tuesday" in html
    assert "Mara Mercy works on" in html
    for figure in ("95 %", "n =", "points"):
        assert figure not in html
    assert url in sign_in(led.ada).get(address(led, "waves")).content.decode()
    with tenant_scope(led.organization.pk):
        items = due_items("surveys", member_of(led.ada), led.slug, timezone.localdate())
    assert url in {item.url for item in items}


def test_those_who_answered_read_that_the_results_were_checked(led: World, sign_in: SignIn) -> None:
    url = address(led, "led_to", led.unit.pk)
    assert "Checked before release" not in sign_in(led.ada).get(url).content.decode()
    debrief = make_debrief(led)
    elsewhere = make_unit(led.organization, "Elsewhere", parent=led.root)
    page = " ".join(sign_in(led.ada).get(url).content.decode().split())
    with tenant_scope(led.organization.pk):
        certificate = ReleaseCertificate.objects.get(wave=debrief.wave_id)
        assert last_certificate_about(led.unit.pk) == certificate
        assert last_certificate_about(elsewhere.pk) is None
        title = debrief.wave.title
    for sentence in assurance_sentences(certificate):
        assert escape(sentence) in page
    assert f'Checked before release</h2> <span class="note">{title}</span>' in page
    # What steward and executives read beside it is about numbers: none of them stands here.
    assert escape(certificate_sentences(certificate)[0]) not in page


def test_whoever_moved_away_reads_it_and_a_stranger_does_not(led: World, sign_in: SignIn) -> None:
    elsewhere = make_unit(led.organization, "Elsewhere", parent=led.root)
    make_live_wave(make_instrument(led.organization), {led.unit: [led.aude]})
    with tenant_scope(led.organization.pk):
        Person.objects.filter(pk__in=[led.aude.pk, led.paula.pk]).update(unit=elsewhere)
        assert units_answered_for(member_of(led.aude), on=timezone.localdate()) == {
            led.unit.pk,
            elsewhere.pk,
        }
    url = address(led, "led_to", led.unit.pk)
    assert sign_in(led.aude).get(url).status_code == 200
    assert sign_in(led.paula).get(url).status_code == 403


def test_the_database_refuses_half_a_debrief(led: World) -> None:
    debrief = make_debrief(led)
    with tenant_scope(led.organization.pk):
        for change in (
            {"state": "done"},
            {"focus": ["inform"]},
            {"coach": led.mara.pk},
            {"held_on": dt.date(2026, 1, 1)},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Debrief.objects.filter(pk=debrief.pk).update(**change)


def test_lists_ask_as_often_for_three_debriefs_as_for_one(led: World, sign_in: SignIn) -> None:
    debrief = make_debrief(led)
    urls = {
        "debriefs": (led.mara, address(led, "debriefs")),
        "wave_debriefs": (led.stella, address(led, "wave_debriefs", debrief.wave_id)),
        "led_to": (led.ada, address(led, "led_to", led.unit.pk)),
        "today": (led.mara, reverse("today", args=[led.slug])),
    }
    hold_debrief(debrief, led.olga)
    few = {name: queries_of(sign_in(who), url) for name, (who, url) in urls.items()}
    for _ in range(2):
        hold_debrief(make_debrief(led), led.olga)
    with tenant_scope(led.organization.pk):
        for number in range(2):
            unit = make_unit(led.organization, f"Ward {number}", parent=led.unit)
            Debrief.objects.create(
                wave_id=debrief.wave_id,
                unit=unit,
                leader=make_person(led.organization, "Lea", unit),
                manager_from=debrief.manager_from,
                due_on=debrief.due_on,
            )
    assert {name: queries_of(sign_in(who), url) for name, (who, url) in urls.items()} == few
    assert max(few.values()) <= 20


def test_a_survey_that_is_not_about_leaders_calls_for_none(mercy: World) -> None:
    wave = make_wave(make_workplace_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(12, items=3)})
    publish(wave, by=mercy.stella)
    with tenant_scope(mercy.organization.pk):
        assert wave.cells.filter(leader=mercy.mara).exists()
        assert not Debrief.objects.exists()
