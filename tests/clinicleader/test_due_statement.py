"""What could wait for members alike is one statement: everybody gets their own answers from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from clinicleader.today import ROOMS
from people.due_statement import waiting_told, what_waits
from people.enums import Role
from people.member import Member
from people.models import Person
from people.today import Room, Source
from tenancy.scope import tenant_transaction
from tests.factories.sponsors import make_sponsorship
from tests.kept import as_sent, as_written
from tests.members import member_of
from tests.world import NAMES, World

TODAY = dt.date(2026, 11, 23)
DAYS = (TODAY, dt.date(2026, 10, 5), dt.date(2027, 1, 1))  # in the middle of a quarter, and in days of grace


def room(waiting: Callable[[Member], QuerySet[Person]]) -> tuple[Room, ...]:
    return (lambda member, _slug, _on: [Source(partial(waiting, member), lambda _found: [])],)


def same_as_written(member: Member, on: dt.date) -> bool:
    """Whether the kept statement is, to the last parameter, what Django writes for this member alone."""
    return as_sent(waiting_told, ROOMS, member, on) == as_written(waiting_told, ROOMS, member, on)


class TestKept:
    @pytest.mark.parametrize("on", DAYS, ids=str)
    def test_it_is_what_django_writes_for_each_member(
        self, mercy: World, fenwick: World, on: dt.date
    ) -> None:
        for world in (mercy, fenwick):
            with tenant_transaction(world.organization.pk):
                members = [member_of(world.people[name], on=on) for name in NAMES]
                assert all(same_as_written(member, on) for member in members)

    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("directed", [0, 1, 3])
    def test_of_every_role_with_many_reports(self, mercy: World, role: Role, directed: int) -> None:
        with tenant_transaction(mercy.organization.pk):
            someone = member_of(mercy.mara)
        many = replace(
            someone,
            roles=frozenset({role}),
            reports=frozenset(uuid4() for _ in range(7)),
            led_units=frozenset({someone.unit_id, uuid4()}),
            directed_cohorts=frozenset(uuid4() for _ in range(directed)),
        )
        with tenant_transaction(mercy.organization.pk):
            assert same_as_written(many, TODAY)

    def test_in_another_time_zone_and_language_it_is_another(self, mercy: World) -> None:
        with tenant_transaction(mercy.organization.pk):
            someone = member_of(mercy.colin)
        for zone in ("Asia/Tokyo", "America/Chicago"):
            with (
                tenant_transaction(mercy.organization.pk),
                timezone.override(zone),
                translation.override("en-gb"),
            ):
                assert same_as_written(someone, TODAY)


class TestAnswers:
    def test_two_members_alike_each_get_their_own(self, mercy: World) -> None:
        with tenant_transaction(mercy.organization.pk):
            make_sponsorship(mercy.colin, mercy.ada, state="asked")
            ada, colin = member_of(mercy.ada), member_of(mercy.colin)
            sponsors = (ROOMS[1],)
            assert any(what_waits(sponsors, colin, TODAY))
            assert not any(what_waits(sponsors, ada, TODAY))

    def test_nothing_of_another_organisation_waits(self, mercy: World, fenwick: World) -> None:
        waits = room(lambda member: Person.objects.filter(pk__in=[member.person_id, mercy.colin.pk]))
        for world, own in ((mercy, True), (fenwick, True)):
            with tenant_transaction(world.organization.pk):
                assert what_waits(waits, member_of(world.ada), TODAY) == (own,)
        only_his = room(lambda _member: Person.objects.filter(pk=mercy.colin.pk))
        for world, there in ((mercy, True), (fenwick, False)):
            with tenant_transaction(world.organization.pk):
                assert what_waits(only_his, member_of(world.ada), TODAY) == (there,)

    def test_another_day_has_its_own(self, mercy: World) -> None:
        ends = (lambda _member, _slug, on: [Source(partial(leavers, on), lambda _found: [])],)
        with tenant_transaction(mercy.organization.pk):
            Person.objects.filter(pk=mercy.colin.pk).update(end_date=TODAY)
            ada = member_of(mercy.ada)
            tomorrow = TODAY + dt.timedelta(days=1)
            assert [what_waits(ends, ada, on) for on in (TODAY, tomorrow, TODAY)] == [
                (False,),
                (True,),
                (False,),
            ]

    def test_it_is_one_query_from_the_first_time_on(self, mercy: World) -> None:
        with tenant_transaction(mercy.organization.pk):
            ada = member_of(mercy.ada)
            for _ in range(2):
                with CaptureQueriesContext(connection) as asked:
                    what_waits(ROOMS, ada, TODAY)
                assert sum("EXISTS" in query["sql"] for query in asked) == 1


def leavers(on: dt.date) -> QuerySet[Person]:
    return Person.objects.filter(end_date__lt=on)
