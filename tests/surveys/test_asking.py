"""Asking and reminding: whom, how often, what the mails say, and that nothing of it outlives the close."""

from __future__ import annotations

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from people.models import Notification, Person
from surveys import tasks
from surveys.ballot_box import to_remind
from surveys.models import RollEntry, Wave
from surveys.reminder_links import entry_of, stop_url
from surveys.services.asking import (
    INVITATION_TOPIC,
    REMINDER_TOPIC,
    clear_traces_of_asking,
    invite_roll,
    remind,
    stop_reminders,
)
from surveys.services.closing import close_wave
from surveys.services.running import REMIND_JOB, request_what_is_due
from tenancy.jobs.ledger import work_all_steps
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import AuditEntry, JobRun, JobStep, Organization, OutboxMessage
from tenancy.scope import Scope, tenant_scope
from tests.due import due_items
from tests.factories.surveys import OTHER_QUESTIONS, answer, make_instrument, make_launched_wave, member_of
from tests.world import World

TODAY = timezone.localdate()
GIVEN = [4, 5, 2]


@pytest.fixture
def wave(mercy: World, in_mercy: Scope) -> Wave:
    """Open: Ada, Colin and six others are asked. Nobody has been told so far."""
    made = make_launched_wave(mercy)
    JobStep.objects.all().delete()
    return made


def mails_to(person: Person) -> list[EmailMessage]:
    return [message for message in mail.outbox if message.to == [person.email]]


def told(person: Person) -> list[str]:
    return list(Notification.objects.filter(person=person).values_list("title", flat=True))


# Who is asked and reminded


def test_a_title_of_two_lines_makes_one_subject(mercy: World, in_mercy: Scope) -> None:
    invite_roll(make_launched_wave(mercy, title="How we\nare led"))
    deliver_waiting(mercy.organization.pk)
    assert {message.subject for message in mail.outbox} == {"Your view is asked for: How we are led"}


def test_everybody_on_the_roll_is_asked_on_their_page_and_by_mail(mercy: World, wave: Wave) -> None:
    invite_roll(wave)
    deliver_waiting(mercy.organization.pk)
    assert len(mail.outbox) == 8
    [message] = mails_to(mercy.ada)
    assert message.subject == f"Your view is asked for: {wave.title}"
    assert "/answers/mercy/" in message.body
    assert told(mercy.ada)[0].startswith(f"You are asked: “{wave.title}”.")
    assert told(mercy.olga) == []


def test_the_launch_asks_for_the_invitation_once(mercy: World, in_mercy: Scope) -> None:
    make_launched_wave(mercy)
    for _ in range(2):
        work_all_steps(mercy.organization.pk)
    assert OutboxMessage.objects.filter(topic=INVITATION_TOPIC).count() == 8


def test_only_those_who_have_not_answered_are_reminded(mercy: World, wave: Wave) -> None:
    answer(wave, mercy.ada, GIVEN)
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    assert len(mail.outbox) == 7
    assert (mails_to(mercy.ada), told(mercy.ada)) == ([], [])
    assert [message.subject for message in mails_to(mercy.colin)] == [f"Reminder: {wave.title}"]
    assert len(told(mercy.colin)) == 1


def test_whoever_answers_before_the_mail_leaves_gets_none(mercy: World, wave: Wave) -> None:
    remind(wave)
    answer(wave, mercy.colin, GIVEN)
    deliver_waiting(mercy.organization.pk)
    assert len(mail.outbox) == 7
    assert mails_to(mercy.colin) == []


def test_whoever_left_or_has_no_address_gets_no_mail(mercy: World, wave: Wave) -> None:
    Person.objects.filter(pk=mercy.ada.pk).update(end_date=TODAY - dt.timedelta(days=1))
    Person.objects.filter(pk=mercy.colin.pk).update(email="")
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    assert len(mail.outbox) == 6
    assert (mails_to(mercy.ada), told(mercy.ada)) == ([], [])
    assert len(told(mercy.colin)) == 1


def test_mails_say_nothing_about_anybodys_answers(mercy: World, wave: Wave) -> None:
    answer(wave, mercy.ada, GIVEN, "A word nobody else uses")
    invite_roll(wave)
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    for message in mail.outbox:
        words = f"{message.subject} {message.body}".lower()
        assert not re.search(r"you have not|not answered yet|a word nobody|mara", words)


def test_an_address_that_is_refused_holds_up_nobody(
    mercy: World, wave: Wave, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sent = EmailMessage.send

    def send(message: EmailMessage, **options: Any) -> int:
        if message.to == [mercy.ada.email]:
            raise SMTPRecipientsRefused({mercy.ada.email: (550, b"unknown")})
        return sent(message, **options)

    monkeypatch.setattr(EmailMessage, "send", send)
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    assert len(mail.outbox) == 7
    assert mercy.ada.email not in caplog.text


# The nightly job


def on_day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number - 1)


@pytest.mark.parametrize(("number", "reminders"), [(3, 0), (4, 1), (5, 1), (8, 1), (21, 1)])
def test_a_night_asks_for_the_reminder_that_is_due(wave: Wave, number: int, reminders: int) -> None:
    request_what_is_due(on_day(number))
    assert JobRun.objects.filter(job=REMIND_JOB).count() == reminders


def test_through_a_whole_wave_three_reminders_are_sent_however_often_jobs_are_tried(
    mercy: World, wave: Wave
) -> None:
    for number in range(1, 22):
        for _ in range(2):
            request_what_is_due(on_day(number))
            work_all_steps(mercy.organization.pk)
        deliver_waiting(mercy.organization.pk)
    assert len(mails_to(mercy.ada)) == 3
    assert len(told(mercy.ada)) == 3


def test_a_reminder_that_fails_half_way_is_tried_again_and_reminds_once(
    mercy: World, wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tasks.asking.remind
    failures = iter([True, False])

    def fail_once(wave: Wave) -> None:
        written(wave)
        if next(failures):
            raise ConnectionError

    monkeypatch.setattr(tasks.asking, "remind", fail_once)
    request_what_is_due(on_day(4))
    work_all_steps(mercy.organization.pk)
    assert OutboxMessage.objects.filter(topic=REMINDER_TOPIC).count() == 0
    JobStep.objects.update(not_before=timezone.now())
    work_all_steps(mercy.organization.pk)
    assert OutboxMessage.objects.filter(topic=REMINDER_TOPIC).count() == 8


def test_the_ledger_does_not_say_how_many_were_reminded(mercy: World, wave: Wave) -> None:
    request_what_is_due(on_day(4))
    work_all_steps(mercy.organization.pk)
    [step] = JobStep.objects.filter(run__job=REMIND_JOB)
    assert (step.state, step.result) == ("done", {})


# The link that stops reminders


def stop_path(wave: Wave, person: Person) -> str:
    entry = RollEntry.objects.get(wave=wave, person=person)
    return urlsplit(stop_url(entry.organization.slug, entry.pk)).path


def test_opening_the_link_changes_nothing_and_the_button_stops(
    mercy: World, wave: Wave, client: Client
) -> None:
    path = stop_path(wave, mercy.ada)
    page = client.get(path)
    assert (page.status_code, "Stop reminders" in page.content.decode()) == (200, True)
    assert mercy.ada.name not in page.content.decode()
    assert mercy.ada.pk in to_remind(wave)
    assert "No more reminders" in client.post(path).content.decode()
    again = client.get(path).content.decode()
    assert ("They are stopped" in again, "Stop the reminders?" in again) == (True, False)
    assert mercy.ada.pk not in to_remind(wave)
    assert len(to_remind(wave)) == 7


def test_a_mail_program_may_stop_without_a_page(mercy: World, wave: Wave) -> None:
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    [message] = mails_to(mercy.ada)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(message.extra_headers["List-Unsubscribe"].strip("<>")).path
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mercy.ada.pk not in to_remind(wave)


def test_whoever_stopped_is_not_reminded_even_by_a_mail_on_its_way(mercy: World, wave: Wave) -> None:
    remind(wave)
    stop_reminders(RollEntry.objects.get(wave=wave, person=mercy.ada).pk)
    deliver_waiting(mercy.organization.pk)
    assert mails_to(mercy.ada) == []
    assert len(mail.outbox) == 7


def test_a_link_nobody_was_sent_opens_nothing(
    mercy: World, fenwick: World, wave: Wave, client: Client
) -> None:
    path = stop_path(wave, mercy.ada)
    changed = path[:-2] + ("A" if path[-2] != "A" else "B") + "/"
    elsewhere = path.replace("/mercy/", "/fenwick/")
    nowhere = path.replace("/mercy/", "/nowhere/")
    for wrong in (changed, elsewhere, nowhere, "/reminders/mercy/x/"):
        for answered in (client.get(wrong), client.post(wrong)):
            assert (answered.status_code, "does not work" in answered.content.decode()) == (404, True)
    assert mercy.ada.pk in to_remind(wave)
    assert entry_of("") is None


def test_after_the_close_the_link_says_so(mercy: World, wave: Wave, client: Client) -> None:
    path = stop_path(wave, mercy.ada)
    close_wave(wave, by=member_of(mercy.stella))
    for answered in (client.get(path), client.post(path)):
        assert "This survey is over" in answered.content.decode()


# What is left of it


def test_a_mails_row_forgets_for_whom_it_was_as_soon_as_it_is_sent(mercy: World, wave: Wave) -> None:
    remind(wave)
    assert set(
        OutboxMessage.objects.filter(topic=REMINDER_TOPIC).values_list("recipient_id", flat=True)
    ) == set(to_remind(wave))
    deliver_waiting(mercy.organization.pk)
    rows = OutboxMessage.objects.filter(topic=REMINDER_TOPIC)
    assert list(rows.values_list("recipient_id", "payload").distinct()) == [(None, {"wave": str(wave.pk)})]


def test_reminders_leave_no_list_of_people_in_the_outbox(mercy: World, wave: Wave) -> None:
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    answer(wave, mercy.ada, GIVEN)
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    written = str(list(OutboxMessage.objects.values_list("recipient_id", "payload")))
    assert str(mercy.colin.pk) not in written


def words_with(person: Person, wave: Wave) -> list[str]:
    """Every row that names both a person and a wave, of every table the application reads but the roll."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(oid, 'SELECT') AND relname <> 'surveys_rollentry'"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT t::text FROM "{table}" t WHERE t::text LIKE %s AND t::text LIKE %s',
                [f"%{person.pk}%", f"%{wave.pk}%"],
            )
            found += [f"{table}: {text}" for (text,) in cursor.fetchall()]
    return found


def test_after_the_close_nobody_can_tell_who_was_reminded_when(mercy: World, wave: Wave) -> None:
    """Ada answers before the first reminder, Colin between the first and the second; a third person stops."""
    invite_roll(wave)
    deliver_waiting(mercy.organization.pk)
    answer(wave, mercy.ada, GIVEN)
    remind(wave)
    deliver_waiting(mercy.organization.pk)
    answer(wave, mercy.colin, GIVEN)
    remind(wave)
    third = RollEntry.objects.filter(wave=wave).exclude(person__in=[mercy.ada.pk, mercy.colin.pk]).first()
    assert third is not None
    stop_reminders(third.pk)
    assert words_with(mercy.colin, wave)  # there is something to forget
    assert (len(told(mercy.ada)), len(told(mercy.colin))) == (1, 2)
    close_wave(wave, by=member_of(mercy.stella))
    people = (mercy.ada, mercy.colin, third.person)
    assert [words_with(person, wave) for person in people] == [[], [], []]
    assert [told(person) for person in people] == [[], [], []]
    assert not OutboxMessage.objects.filter(topic__in=[INVITATION_TOPIC, REMINDER_TOPIC]).exists()
    # The roll says who was asked, of everybody the same.
    entries = RollEntry.objects.filter(wave=wave).values_list("wants_reminders", "unit_id", "leader_id")
    assert len(set(entries)) == 1
    assert not AuditEntry.objects.filter(table_name__in=["surveys_rollentry", "people_notification"]).exists()


def test_places_and_transactions_of_the_roll_do_not_tell_who_stopped(mercy: World, wave: Wave) -> None:
    def rows() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT xmin::text, person_id FROM surveys_rollentry ORDER BY ctid")
            return list(cursor.fetchall())

    entry = RollEntry.objects.get(wave=wave, person=mercy.ada)
    with transaction.atomic():  # a transaction number of its own, as from a request
        stop_reminders(entry.pk)
    stopped = rows()
    assert (len({xmin for xmin, _ in stopped}), stopped[-1][1]) == (2, mercy.ada.pk)
    close_wave(wave, by=member_of(mercy.stella))
    closed = rows()
    assert len({xmin for xmin, _ in closed}) == 1
    assert [person for _, person in closed] != [person for _, person in stopped]


def test_notices_of_other_waves_stay(mercy: World, wave: Wave) -> None:
    questions = make_instrument(mercy.organization, OTHER_QUESTIONS, minimum_answered=1)
    other = make_launched_wave(mercy, questions, raters=0)
    invite_roll(wave)
    invite_roll(other)
    deliver_waiting(mercy.organization.pk)
    close_wave(wave, by=member_of(mercy.stella))
    day = date_format(other.closes_on, "DATE_FORMAT")
    assert told(mercy.ada) == [f"You are asked: “{other.title}”. It is open until {day}."]
    assert OutboxMessage.objects.filter(topic=INVITATION_TOPIC).count() == 8


def test_a_wave_that_is_not_open_asks_and_reminds_nobody(mercy: World, wave: Wave) -> None:
    close_wave(wave, by=member_of(mercy.stella))
    invite_roll(wave)
    remind(wave)
    assert not OutboxMessage.objects.filter(topic__in=[INVITATION_TOPIC, REMINDER_TOPIC]).exists()
    assert not Notification.objects.exists()


def test_the_application_may_clear_the_space_of_what_was_deleted(
    committed_organization: Organization,
) -> None:
    clear_traces_of_asking()
    assert not [notice for notice in connection.connection.notices if "permission denied" in notice]


# Today


def test_today_asks_whoever_has_not_answered(mercy: World, wave: Wave) -> None:
    def titles(person: Person, on: dt.date = TODAY) -> list[str]:
        with tenant_scope(mercy.organization.pk, actor_id=person.pk):
            due = due_items("surveys", member_of(person), mercy.slug, on)
            return [item.title for item in due if item.icon == "message-question"]

    assert titles(mercy.ada) == [f"Answer: {wave.title}"]
    assert titles(mercy.olga) == []
    assert (titles(mercy.ada, wave.closes_on) != [], titles(mercy.ada, on_day(22))) == (True, [])
    answer(wave, mercy.ada, GIVEN)
    assert (titles(mercy.ada), titles(mercy.colin)) == ([], [f"Answer: {wave.title}"])


def test_today_asks_stewards_to_publish_what_is_closed(mercy: World, wave: Wave) -> None:
    def titles(person: Person) -> list[str]:
        due = due_items("surveys", member_of(person), mercy.slug, TODAY)
        return [item.title for item in due if item.icon == "shield-check"]

    assert titles(mercy.stella) == []
    close_wave(wave, by=member_of(mercy.stella))
    assert titles(mercy.henry) == [f"Check and publish: {wave.title}"]
    assert titles(mercy.eli) == []
