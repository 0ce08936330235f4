"""Questions about people, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from people.enums import Role
from people.member import Member
from people.models import Notification, Person
from tenancy.kept import kept
from tenancy.scope import current_organization_id

MEMBER = (Path(__file__).resolve().parent / "sql" / "member.sql").read_text()


def in_force(on: dt.date) -> Q:
    """Rows whose half-open interval [start_date, end_date) contains the day."""
    return Q(start_date__lte=on) & (Q(end_date__isnull=True) | Q(end_date__gt=on))


def employed(on: dt.date) -> Q:
    """People who have not left before a day. Their `end_date` is the last day, not the first one without."""
    return Q(end_date__isnull=True) | Q(end_date__gte=on)


def gone(on: dt.date) -> QuerySet[Person]:
    """Who has left before a day: few, and an index has them. To leave them out of rows that name people costs
    less than to ask for everybody who is employed."""
    return Person.objects.filter(end_date__lt=on)


def member_for(person_id: UUID, *, on: dt.date) -> Member | None:
    """The member behind a person of this organisation, in one query; None for strangers, leavers."""
    organization_id = current_organization_id()
    asked: dict[str, Any] = {
        "organization": organization_id,
        "person": person_id,
        "director": Role.PROGRAMME_DIRECTOR.value,
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEMBER, asked)
        row = cursor.fetchone()
    if row is None:
        return None
    given_name, family_name, unit_id, locale, roles, directorships, reports, led_units, unread = row
    return Member(
        person_id=person_id,
        organization_id=organization_id,
        name=Person(given_name=given_name, family_name=family_name).name,
        given_name=given_name,
        unit_id=unit_id,
        locale=locale,
        roles=frozenset(map(Role, roles)),
        # One grant without a cohort is a grant for all of them.
        directed_cohorts=frozenset() if None in directorships else frozenset(directorships),
        reports=frozenset(reports),
        led_units=frozenset(led_units),
        unread=unread,
    )


def notifications_of(member: Member) -> QuerySet[Notification]:
    """A member's notifications, newest first."""
    return Notification.objects.filter(person_id=member.person_id).order_by("-created_at", "-pk")


def people_beginning_with(text: str) -> QuerySet[Person]:
    """Everybody, also of former times, whose name begins with a text."""
    return with_name_starting(Person.objects.all(), text)


def colleague_with_address(text: str, *, on: dt.date) -> Person | None:
    """The one person here on a day with an e-mail address, however it is capitalised; None also where two
    people share it."""
    found = Person.objects.filter(employed(on), ~Q(email=""), email_key=search_text(text))[:2]
    return found[0] if len(found) == 1 else None


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of some persons, in one query."""
    return {person.pk: person.name for person in kept(_those, frozenset(person_ids))}


def _those(person_ids: frozenset[UUID]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=person_ids)


def people_in_directory(member: Member) -> QuerySet[Person]:
    """Everybody who works here today, with their unit: visible to every member of the organisation."""
    return Person.objects.filter(employed(timezone.localdate())).select_related("unit")


def with_name_starting(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Of some people those whose "family given" or "given family" name begins with a text."""
    start = search_text(text)  # each of the two is one range of an index
    end = f"{start}\U0010ffff"
    return people.filter(
        Q(search_key__gte=start, search_key__lt=end) | Q(given_key__gte=start, given_key__lt=end)
    )


def search_text(text: str) -> str:
    """The same as people_search_text() in PostgreSQL: lower case, no accents, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")
    return " ".join(plain.lower().split())
