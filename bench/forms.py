"""Forms at the scale of 73,000 people: one POST against a page with three queries.

The forms that most people send most often, with their token, each time with something to write. Processor
time of the worker and of its database process, as for pages.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from bench.figures import Figure
from bench.measuring import processor_clock, times_in_turn
from bench.organizations import mayo
from bench.visits import clients_of, queries_of
from people.models import Notification
from surveys.built_in import CONFIDENCE_PULSE
from surveys.pulse_calendar import open_quarters
from tenancy.models import Membership, Organization
from tenancy.scope import tenant_transaction

RUNS = 15


def measure() -> Iterator[Figure]:
    organization = mayo()
    with override_settings(ROOT_URLCONF="bench.floor", ALLOWED_HOSTS=["*"]):
        clients = clients_of(organization)
        clock = own_clock()
        forms = {
            "answering the confidence pulse": pulse(organization, clients["resident"]),
            "marking notifications as read": notifications(organization, clients["resident"]),
        }
        for name, send in forms.items():
            send()
            log: list[tuple[str, object]] = []
            with queries_of(log):
                send()
            floor, form = times_in_turn(
                lambda: clients["hr_admin"].get("/three/"),
                send,
                runs=RUNS,
                warm=2,
                clock=clock,
                between=lambda: one_unread(organization),
            )
            yield Figure.of_times(
                f"{name} / page with three queries",
                floor,
                form,
                target=2,
                limit=3,
                note=f"{len(log)} queries, {statistics.median(form) * 1000:.0f} ms of processor here",
            )


def own_clock() -> Callable[[], float]:
    """Processor time, with one database process from here to the end."""
    connection.settings_dict["CONN_MAX_AGE"] = None
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # whose time nobody would count
        cursor.execute("SELECT pg_backend_pid()")
        return processor_clock(cursor.fetchone()[0])


def pulse(organization: Organization, client: Client) -> Callable[[], None]:
    """Ten answers, each time others."""
    quarter = open_quarters(timezone.localdate())[-1].quarter
    address = reverse("surveys:pulse", args=[organization.slug, quarter])
    answers = itertools.cycle([2, 4])

    def send() -> None:
        answer = next(answers)
        post(client, address, {f"item{place}": answer for place in range(len(CONFIDENCE_PULSE.wordings))})

    client.get(address)
    return send


def notifications(organization: Organization, client: Client) -> Callable[[], None]:
    address = reverse("people:notifications_read", args=[organization.slug])
    client.get(reverse("people:notifications", args=[organization.slug]))
    return lambda: post(client, address, {})


@contextmanager
def one_unread(organization: Organization) -> Iterator[None]:
    """Something new for the first of the people who can sign in: the resident."""
    reader = Membership.objects.filter(organization=organization).order_by("user_id")[0].person_id
    with tenant_transaction(organization.pk, reason="bench"):
        Notification.objects.create(person_id=reader, title="News", path="today/")
    yield


def post(client: Client, address: str, values: dict[str, int]) -> None:
    """Send a form as a browser does, with the token of the page before; it leads on to the next page."""
    client.handler.enforce_csrf_checks = True
    response = client.post(address, {**values, "csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    if response.status_code != 302:
        raise RuntimeError(f"{address} answered {response.status_code}.")
