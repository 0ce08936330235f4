from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from people.models import Notification, Person
from tenancy.jobs import post
from tenancy.jobs.outbox import deliver_waiting
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.world import World

SignIn = Callable[[Person], Client]


def tell(world: World, person: Person, title: str) -> None:
    with tenant_transaction(world.organization.pk):
        post("notification", recipient_id=person.pk, payload={"title": title, "path": "notifications/"})
    deliver_waiting(world.organization.pk)


def test_what_was_posted_is_told_to_its_recipient_alone(mercy: World, sign_in: SignIn) -> None:
    tell(mercy, mercy.ada, "Your stamp was verified")
    url = reverse("people:notifications", args=[mercy.slug])
    assert "Your stamp was verified" in sign_in(mercy.ada).get(url).content.decode()
    assert "Your stamp was verified" not in sign_in(mercy.mara).get(url).content.decode()


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
