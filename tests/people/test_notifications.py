from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.enums import ImportKind
from people.models import Notification, Person
from people.notices import Notice, forget_notices, notify, tell_at_once
from people.queries import member_for
from people.services.imports import (
    apply_import,
    check_import,
    start_import,
    suggested_columns,
    undo_import,
)
from people.services.notifications import deliver_notification
from tenancy.jobs import job, request_run
from tenancy.jobs.ledger import MAX_ATTEMPTS, work_all_steps
from tenancy.jobs.outbox import deliver_waiting
from tenancy.jobs.registry import _jobs
from tenancy.models import JobStep, OutboxMessage
from tenancy.scope import Scope, tenant_transaction
from tests.counting import queries_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def fails_twice() -> Iterator[str]:
    """The name of a job with two steps, neither of which can be done."""
    before = dict(_jobs)

    @job("test.fails", title="Fail twice", plan=lambda period: ["a", "b"])
    def fail(period: str, key: str) -> None:
        raise ValueError

    yield "test.fails"
    _jobs.clear()
    _jobs.update(before)


def tell(world: World, person: Person, title: str) -> None:
    with tenant_transaction(world.organization.pk):
        notify([person.pk], Notice(title, "notifications/"))
    deliver_waiting(world.organization.pk)


def test_what_was_posted_is_told_to_its_recipient_alone(mercy: World, sign_in: SignIn) -> None:
    tell(mercy, mercy.ada, "Your stamp was verified")
    url = reverse("people:notifications", args=[mercy.slug])
    assert "Your stamp was verified" in sign_in(mercy.ada).get(url).content.decode()
    home = reverse("today", args=[mercy.slug])
    link = f'<a href="{home}notifications/">Your stamp was verified</a>'
    assert link in sign_in(mercy.ada).get(url).content.decode()
    assert "Your stamp was verified" not in sign_in(mercy.mara).get(url).content.decode()


def test_telling_at_once_leaves_no_list_in_the_outbox(mercy: World, in_mercy: Scope) -> None:
    Person.objects.filter(pk=mercy.colin.pk).update(end_date=timezone.localdate() - dt.timedelta(days=1))
    tell_at_once([mercy.ada.pk, mercy.colin.pk], Notice("N" * 300, "surveys/"))
    [notification] = Notification.objects.all()
    assert (notification.person_id, notification.title) == (mercy.ada.pk, "N" * 200)
    assert not OutboxMessage.objects.exists()


def test_forgetting_takes_what_was_told_of_one_page_delivered_or_not(mercy: World, in_mercy: Scope) -> None:
    for path in ("surveys/1/", "surveys/2/"):
        tell_at_once([mercy.ada.pk], Notice("Told", path))
        notify([mercy.mara.pk], Notice("Waiting", path))
    forget_notices("surveys/1/")
    assert [one.path for one in Notification.objects.all()] == ["surveys/2/"]
    assert [message.payload["path"] for message in OutboxMessage.objects.all()] == ["surveys/2/"]


def test_many_are_told_in_as_many_statements_as_one_but_no_leavers(mercy: World, in_mercy: Scope) -> None:
    Person.objects.filter(pk=mercy.colin.pk).update(end_date=timezone.localdate() - dt.timedelta(days=1))

    def statements(*people: Person) -> int:
        notify([person.pk for person in people], Notice("News", "surveys/"))
        message = OutboxMessage.objects.latest("created_at")
        with CaptureQueriesContext(connection) as captured:
            deliver_notification(message)
        return len(captured)

    assert statements(mercy.ada) == statements(mercy.mara, mercy.paula, mercy.colin)
    found = Notification.objects.values_list("person_id", flat=True)
    assert set(found) == {mercy.ada.pk, mercy.mara.pk, mercy.paula.pk}


def test_a_long_title_is_cut(mercy: World, in_mercy: Scope) -> None:
    notify([mercy.ada.pk], Notice("x" * 300, "surveys/"))
    deliver_waiting(mercy.organization.pk)
    assert Notification.objects.get().title == "x" * 200


def test_admins_are_told_once_of_a_run_that_stops(mercy: World, in_mercy: Scope, fails_twice: str) -> None:
    request_run(fails_twice, "p1", by=None)
    for _ in range(MAX_ATTEMPTS):
        assert work_all_steps(mercy.organization.pk) == 2
        JobStep.objects.update(not_before=timezone.now())
    assert JobStep.objects.filter(state=JobStep.State.PARKED).count() == 2
    deliver_waiting(mercy.organization.pk)
    notification = Notification.objects.get()
    assert notification.person_id == mercy.olga.pk
    assert notification.title.startswith("This job has stopped: Fail twice, p1.")
    assert notification.path == "jobs/?state=parked"


def test_the_uploader_is_told_how_far_a_file_has_come(mercy: World, in_mercy: Scope) -> None:
    henry = member_for(mercy.henry.pk, on=timezone.localdate())
    assert henry is not None
    for name in ("Kardiologie", ""):
        content = f"Unit ID,Name,Kind,Parent unit ID\nK,{name},division,{mercy.root.external_id}\n"
        imported = start_import(ImportKind.UNITS, io.BytesIO(content.encode()), file_name="u.csv", by=henry)
        imported.columns = suggested_columns(ImportKind.UNITS, content.splitlines()[0].split(","))
        imported.save()
        if check_import(imported, by=henry).clean:
            apply_import(imported, by=henry)
            undo_import(imported, by=henry)
    assert told() == [
        ({mercy.henry.pk}, title)
        for title in (
            "“u.csv” is checked. Apply it or delete it.",
            "“u.csv” is imported.",
            "The import of “u.csv” is taken back.",
            "“u.csv” has faults. Nothing was imported.",
        )
    ]


def test_the_bell_counts_what_is_unread_until_it_is_read(mercy: World, sign_in: SignIn) -> None:
    tell(mercy, mercy.ada, "One")
    tell(mercy, mercy.ada, "Two")
    client = sign_in(mercy.ada)
    home = reverse("today", args=[mercy.slug])
    assert "Notifications, 2 unread" in client.get(home).content.decode()
    client.post(reverse("people:notifications_read", args=[mercy.slug]))
    assert "unread" not in client.get(home).content.decode()
    with tenant_transaction(mercy.organization.pk):
        assert Notification.objects.filter(read_at=None).count() == 0


def test_notifications_ask_as_much_for_one_as_for_three(mercy: World, sign_in: SignIn) -> None:
    url, client = reverse("people:notifications", args=[mercy.slug]), sign_in(mercy.ada)
    tell(mercy, mercy.ada, "One")
    one = queries_of(client, url)
    tell(mercy, mercy.ada, "Two")
    tell(mercy, mercy.ada, "Three")
    assert queries_of(client, url) == one
