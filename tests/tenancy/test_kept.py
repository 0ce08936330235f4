"""A statement is written once for arguments alike: everybody gets their own rows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count, cycle
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from people.enums import Role
from people.models import Notification, Person, Unit
from sponsors.enums import Domain
from sponsors.seats import Seat
from tenancy import kept as module
from tenancy.kept import NotForEverybodyError, alike, kept
from tenancy.models import Organization
from tenancy.scope import tenant_transaction
from tests.kept import as_sent, as_written
from tests.members import member_of
from tests.world import World

TODAY = dt.date(2026, 11, 23)
TURNS = cycle([True, False])
WRITTEN = count()


class Order(Enum):
    UP = "search_key"
    DOWN = "-search_key"


@dataclass(frozen=True, slots=True)
class Asked:
    """Ids, choices, flags and texts, as rooms have them."""

    one: UUID
    several: frozenset[UUID]
    roles: frozenset[Role]
    is_wide: bool
    name: str
    number: int = 7


def one_person(person_id: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=person_id).select_related("unit")


def those_of(asked: Asked, *, order: Order) -> QuerySet[Person]:
    found = Person.objects.filter(pk__in=asked.several).select_related("unit")
    return (found if asked.is_wide else found.exclude(pk=asked.one)).order_by(order.value, "pk")


def counted(person_id: UUID) -> QuerySet[Unit]:
    mine = Person.objects.filter(unit=OuterRef("pk"), pk=person_id)
    return Unit.objects.annotate(staff=Count("people"), is_mine=Exists(mine)).order_by("path")


def names_told(person_id: UUID) -> QuerySet[Person, Any]:
    return Person.objects.filter(pk=person_id).values_list("given_name", "unit__name")


def nobody(person_id: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=person_id).none()


def noted(person_id: UUID) -> QuerySet[Person]:
    next(WRITTEN)
    return Person.objects.filter(pk=person_id)


@pytest.fixture
def scope(mercy: World) -> Iterator[None]:
    with tenant_transaction(mercy.organization.pk):
        yield


def asked_of(world: World, *, is_wide: bool = False) -> Asked:
    several = frozenset(each.pk for each in world.people.values())
    return Asked(world.ada.pk, several, frozenset({Role.EXECUTIVE}), is_wide, "Ada")


@pytest.mark.usefixtures("scope")
class TestSent:
    @pytest.mark.parametrize("asks", [one_person, counted, names_told], ids=lambda each: each.__name__)
    def test_it_is_what_django_writes(self, mercy: World, asks: Callable[..., QuerySet[Any, Any]]) -> None:
        for person in (mercy.ada, mercy.colin, mercy.mara):
            assert as_sent(asks, person.pk) == as_written(asks, person.pk)
            assert kept(asks, person.pk) == list(asks(person.pk))

    @pytest.mark.parametrize("order", Order)
    @pytest.mark.parametrize("is_wide", [True, False])
    def test_of_dataclasses_with_choices(self, mercy: World, order: Order, is_wide: bool) -> None:
        asked = asked_of(mercy, is_wide=is_wide)
        assert kept(those_of, asked, order=order) == list(those_of(asked, order=order))
        fewer = replace(asked, several=frozenset({mercy.colin.pk, mercy.mara.pk}), one=mercy.mara.pk)
        assert kept(those_of, fewer, order=order) == list(those_of(fewer, order=order))

    def test_rows_come_with_what_was_selected_beside_them(self, mercy: World) -> None:
        (found,) = kept(one_person, mercy.ada.pk)
        assert "unit" in found._state.fields_cache
        assert found.unit == mercy.ada.unit

    def test_nothing_is_found_without_asking(self, mercy: World) -> None:
        assert kept(nobody, mercy.ada.pk) == []

    def test_it_is_written_once(self, mercy: World) -> None:
        before = next(WRITTEN)
        for person in (mercy.ada, mercy.colin, mercy.mara):
            assert kept(noted, person.pk) == [person]
        assert next(WRITTEN) - before - 1 == 2  # for two stand-ins

    def test_in_another_time_zone_and_language_it_is_another(self, mercy: World) -> None:
        before = next(WRITTEN)
        for zone in ("Asia/Tokyo", "America/Chicago"):
            with timezone.override(zone), translation.override("en-gb"):
                assert kept(noted, mercy.ada.pk) == [mercy.ada]
        assert next(WRITTEN) - before - 1 == 4

    def test_tomorrow_it_is_written_anew(self) -> None:
        """A query may look for today by itself."""
        today, _ = alike([])
        assert today.today == timezone.localdate()
        assert replace(today, today=TODAY) != replace(today, today=TODAY + dt.timedelta(days=1))

    def test_the_oldest_go_when_there_are_many(self, mercy: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "_kept", {})
        monkeypatch.setattr(module, "MOST_KEPT", 1)
        for asks in (one_person, counted, one_person):
            assert kept(asks, mercy.ada.pk) == list(asks(mercy.ada.pk))
        assert len(module._kept) == 1

    def test_moments_are_values(self, mercy: World) -> None:
        now = timezone.now()
        for moment in (now, now - dt.timedelta(days=400)):
            assert as_sent(told_before, moment) == as_written(told_before, moment)


def told_before(moment: dt.datetime) -> QuerySet[Person]:
    return Person.objects.filter(notifications__created_at__lt=moment)


class TestWalls:
    def test_every_organisation_gets_its_own_rows(self, mercy: World, fenwick: World) -> None:
        for world, own in ((mercy, True), (fenwick, False), (mercy, True)):
            with tenant_transaction(world.organization.pk):
                assert bool(kept(one_person, mercy.ada.pk)) is own
                assert kept(counted, world.ada.pk) == list(counted(world.ada.pk))

    def test_what_is_one_person_for_some_is_two_for_others(self, mercy: World) -> None:
        """Code that asks whether two ids are one is written anew for those of whom it is true."""
        with tenant_transaction(mercy.organization.pk):
            assert kept(others_than, mercy.ada.pk, mercy.colin.pk) == [mercy.ada]
            assert kept(others_than, mercy.ada.pk, mercy.ada.pk) == []

    def test_the_organisation_of_a_member_is_the_one_in_scope(self, mercy: World, fenwick: World) -> None:
        for world in (mercy, fenwick):
            with tenant_transaction(world.organization.pk):
                assert kept(home_of, member_of(world.ada)) == [world.organization]


def others_than(person_id: UUID, reader_id: UUID) -> QuerySet[Person]:
    found = Person.objects.filter(pk=person_id)
    return found.none() if person_id == reader_id else found


def home_of(member: Any) -> QuerySet[Organization]:
    return Organization.objects.filter(pk=member.organization_id)


@pytest.mark.usefixtures("scope")
class TestRefused:
    """What would make one's statement wrong for another is noticed when it is written."""

    @pytest.mark.parametrize(
        "asks",
        [
            lambda _seat: Person.objects.filter(notifications__created_at__lt=timezone.now()),
            lambda seat: Person.objects.filter(search_key=str(seat.leader_id)),
            lambda _seat: Person.objects.filter(pk__in=list(Notification.objects.values_list("person_id"))),
            lambda seat: Person.objects.filter(pk=seat.leader_id) if next(TURNS) else Person.objects.all(),
            lambda seat: Person.objects.filter(pk=seat.leader_id).prefetch_related("notifications"),
        ],
        ids=["a moment", "an id as text", "what the database holds", "a choice between words", "a prefetch"],
    )
    def test_what_does_not_hold_for_everybody(self, asks: Callable[[Seat], QuerySet[Person]]) -> None:
        with pytest.raises(NotForEverybodyError):
            kept(asks, Seat(uuid4(), domains=frozenset({Domain.FINANCE})))

    @pytest.mark.parametrize("given", ["board", 7, 1.5, [1], object()], ids=lambda each: type(each).__name__)
    def test_arguments_that_could_choose_words(self, given: object) -> None:
        with pytest.raises(TypeError, match=type(given).__name__):
            kept(nobody, given)  # type: ignore[arg-type]
